"""profiles-one-at-a-time: of any two profiles of a cluster one depends directly on the other."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resource_types import PROFILE
from eks_fargate.fargate.rules.aws import PlannedRule
from eks_fargate.fargate.rules.base import Fail, Undetermined, Verdict
from eks_fargate.fargate.rules.planned_profiles import same_cluster
from eks_fargate.fargate.stack import Planned
from eks_fargate.fargate.unknown import UNKNOWN

_PATH = "options.dependsOn"
# Pulumi orders deletions by direct dependencies alone, so a chain is not enough.
_FIX = "Let each profile depend directly on every earlier one."


def _check(planned: Planned) -> Iterator[Verdict]:
    profile, stack = planned.resource, planned.stack
    for other in stack.of_type(PROFILE):
        # Each pair once, at the later of the two.
        if other.urn >= profile.urn or other.urn in profile.dependencies or profile.urn in other.dependencies:
            continue
        same = same_cluster(profile, other, stack)
        if same is UNKNOWN:
            yield Undetermined(
                _PATH,
                f"neither this profile nor {other.name} depends directly on the other, and whether they are of one "
                "cluster is not known before deployment",
                _FIX,
                soft=not stack.ours,
            )
        elif same:
            yield Fail(
                _PATH,
                f"neither this profile nor {other.name} depends directly on the other; EKS creates and deletes one "
                "profile of a cluster at a time",
                _FIX,
                soft=not stack.ours,
            )


rule = PlannedRule(
    id="profiles-one-at-a-time",
    group="B",
    level=Level.ERROR,
    statement="Of any two profiles of a cluster one depends directly on the other.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html",
    check=_check,
    types=(PROFILE,),
)
