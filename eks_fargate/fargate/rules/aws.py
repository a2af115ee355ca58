"""The rules about clusters and about planned AWS resources, and the asking of them."""

from __future__ import annotations

from dataclasses import dataclass

from eks_fargate.fargate.cluster import Cluster
from eks_fargate.fargate.findings import Finding, sort_key
from eks_fargate.fargate.profiles import Profile
from eks_fargate.fargate.rules import all_rules
from eks_fargate.fargate.rules.base import DEFAULT_LEVELS, Levels, Rule, judge
from eks_fargate.fargate.stack import Planned, Stack

PROFILE = "aws:eks/fargateProfile:FargateProfile"


@dataclass(frozen=True, slots=True)
class ClusterRule(Rule[Cluster]):
    """A rule over a cluster and its profiles, as settings or a plan describe them."""


@dataclass(frozen=True, slots=True)
class PlannedRule(Rule[Planned]):
    """A rule over planned resources of some types."""

    types: tuple[str, ...] = ()


def judge_cluster(cluster: Cluster, object_ref: str, levels: Levels = DEFAULT_LEVELS) -> list[Finding]:
    """The findings on a cluster, sorted. object_ref: what findings name, a settings file or the cluster's URN."""
    rules = (rule for rule in all_rules() if isinstance(rule, ClusterRule))
    return sorted((found for rule in rules for found in judge(rule, cluster, object_ref, levels)), key=sort_key)


def judge_stack(stack: Stack, levels: Levels = DEFAULT_LEVELS) -> list[Finding]:
    """The findings on every planned resource of a stack, sorted; each names the resource's URN."""
    found: list[Finding] = []
    for rule in all_rules():
        if isinstance(rule, PlannedRule):
            for resource in stack.of_type(*rule.types):
                found += judge(rule, Planned(resource, stack), resource.urn, levels)
    return sorted(found, key=sort_key)


def path_of(profile: Profile) -> str:
    """Where a profile stands in settings: `profiles.NAME`."""
    return f"profiles.{profile.key or profile.name}"
