"""profile-label-count: a selector has no more label pairs than EKS takes."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.cluster import Cluster
from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resource_types import PROFILE
from eks_fargate.fargate.rules.aws import ClusterRule, path_of
from eks_fargate.fargate.rules.base import Fail, Verdict


def _check(cluster: Cluster) -> Iterator[Verdict]:
    most = cluster.facts.table("quotas")["labelPairsPerSelector"]["default"]
    for profile in cluster.profiles:
        for index, selector in enumerate(profile.selectors):
            if len(selector.labels) > most:
                yield Fail(
                    f"{path_of(profile)}.selectors[{index}].labels",
                    f"the selector has {len(selector.labels)} labels; EKS takes {most} a selector",
                    f"Keep the {most} that tell these pods from others. If AWS has raised the quota L-23414FF3 for the "
                    "account, set overrides.quotas.labelPairsPerSelector.default.",
                )


rule = ClusterRule(
    id="profile-label-count",
    group="B",
    level=Level.ERROR,
    statement="A selector has at most 5 label pairs.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html",
    check=_check,
    types=(PROFILE,),
    alone=True,
)
