"""region-has-fargate: the region runs EKS on Fargate."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.cluster import Cluster
from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.resource_types import PROFILE
from eks_fargate.fargate.rules.aws import ClusterRule
from eks_fargate.fargate.rules.base import Fail, Undetermined, Verdict, not_known
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.fargate.zones import fargate_regions


def _check(cluster: Cluster) -> Iterator[Verdict]:
    if cluster.data_plane is DataPlane.NODES:
        return
    if cluster.region is UNKNOWN:
        yield not_known("aws:region", "whether the region has Fargate")
        return
    region = cluster.region_facts
    if region is None:
        yield Undetermined(
            "aws:region",
            f"{cluster.region} is not among the known regions",
            f"Check the spelling; known regions with Fargate: {', '.join(fargate_regions(cluster.facts))}.",
        )
    elif not region.fargate:
        yield Fail(
            "aws:region",
            f"EKS has no Fargate in {region.name} (partition {region.partition})",
            "Use dataPlane: nodes there, or another region.",
        )


rule = ClusterRule(
    id="region-has-fargate",
    group="B",
    level=Level.ERROR,
    statement="The region runs EKS on Fargate.",
    source="https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-eks.html",
    check=_check,
    types=(PROFILE,),
    alone=True,
)
