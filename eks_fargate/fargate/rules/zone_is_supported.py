"""zone-is-supported: no subnet lies in a zone that EKS or Fargate excludes."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.cluster import Cluster
from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resource_types import SUBNET
from eks_fargate.fargate.rules.aws import ClusterRule
from eks_fargate.fargate.rules.base import Fail, Undetermined, Verdict, not_known
from eks_fargate.fargate.unknown import Unknown
from eks_fargate.fargate.zones import allowed_zone_ids, problems_of_zone


def _check(cluster: Cluster) -> Iterator[Verdict]:
    region = cluster.region_facts
    for index, zone_id in enumerate(cluster.zone_ids):
        path = f"network.zones[{index}]"
        if isinstance(zone_id, Unknown):
            yield not_known(path, "whether EKS and Fargate run in the zone")
        elif region is None:
            yield Undetermined(
                path,
                "the region is not known, and decides which zones EKS and Fargate run in",
                "Set aws:region to a known region.",
            )
        else:
            for problem in problems_of_zone(zone_id, region, cluster.facts):
                allowed = allowed_zone_ids(region, cluster.facts)
                fix = "Name zones by their ids" + (f"; {region.name} has {', '.join(allowed)}." if allowed else ".")
                yield Fail(path, problem.message, fix) if problem.known else Undetermined(path, problem.message, fix)


rule = ClusterRule(
    id="zone-is-supported",
    group="B",
    level=Level.ERROR,
    statement="No subnet lies in a zone id that EKS or Fargate excludes.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html",
    check=_check,
    types=(SUBNET,),
)
