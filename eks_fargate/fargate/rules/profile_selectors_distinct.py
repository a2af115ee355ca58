"""profile-selectors-distinct: every selector of a profile takes pods that no winning selector takes already."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.cluster import Cluster
from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.profiles import shadowed
from eks_fargate.fargate.rules.aws import ClusterRule, path_of
from eks_fargate.fargate.rules.base import Fail, Verdict


def _check(cluster: Cluster) -> Iterator[Verdict]:
    for found in shadowed(cluster.profiles):
        path = f"{path_of(found.profile)}.selectors"
        if found.by is found.profile:
            yield Fail(
                path,
                f"selector {found.selector} takes no pod that {found.by_selector} of the same profile does not take",
                "Remove it.",
            )
        else:
            yield Fail(
                path,
                f"every pod of selector {found.selector} goes to profile {found.by.name}, whose name sorts before "
                f"{found.profile.name} and whose selector {found.by_selector} takes it too",
                "Remove the selector, narrow the other, or rename a profile so that the narrower sorts first. A pod "
                "can also pin its profile by the label eks.amazonaws.com/fargate-profile.",
            )


rule = ClusterRule(
    id="profile-selectors-distinct",
    group="B",
    level=Level.WARNING,
    statement="No selector is repeated, or shadowed by one of a profile that wins over it.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html",
    check=_check,
)
