"""Starts the policy pack; the constructor serves it and does not return."""

from pack import DESCRIPTION, NAME, POLICIES
from pulumi_policy import PolicyPack

PolicyPack(NAME, POLICIES, description=DESCRIPTION)
