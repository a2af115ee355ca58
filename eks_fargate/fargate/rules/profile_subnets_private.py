"""profile-subnets-private: no subnet of a profile has a route to an internet gateway."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resource_types import PROFILE
from eks_fargate.fargate.rules.aws import PlannedRule
from eks_fargate.fargate.rules.base import Verdict
from eks_fargate.fargate.rules.private_subnets import public_subnets
from eks_fargate.fargate.stack import Planned


def _check(planned: Planned) -> Iterator[Verdict]:
    return public_subnets(planned, "the profile", "EKS takes private subnets only")


rule = PlannedRule(
    id="profile-subnets-private",
    group="B",
    level=Level.ERROR,
    statement="No subnet of a profile has a route to an internet gateway.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html",
    check=_check,
    types=(PROFILE,),
)
