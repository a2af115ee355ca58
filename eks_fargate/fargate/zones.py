"""Regions, partitions and Availability Zones: where Fargate runs, and in which zones it does not.

Zones are told by their ids (`use1-az1`), which mean the same place in every account; names (`us-east-1a`) do not.
Source: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from eks_fargate.fargate.facts import DEFAULT_FACTS, Facts


@dataclass(frozen=True, slots=True)
class Region:
    """A region: its partition (`aws`, `aws-cn`, `aws-us-gov`), the suffix of its host names, whether it has Fargate
    on EKS, the prefix of its zone ids (`use1`), and those ids; none where the table has no list.
    """

    name: str
    partition: str
    dns_suffix: str
    fargate: bool
    zone_prefix: str
    zone_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ZoneProblem:
    """Why a zone cannot be used, or (known: False) why that cannot be told."""

    message: str
    known: bool = True


def region_names(facts: Facts = DEFAULT_FACTS) -> list[str]:
    """The names of all regions of the table, sorted."""
    return sorted(facts.table("zones")["regions"])


def region_of(name: str, facts: Facts = DEFAULT_FACTS) -> Region | None:
    """The region called `name`; None where the table has none."""
    table = facts.table("zones")
    row = table["regions"].get(name)
    if row is None:
        return None
    partition = table["partitions"][row["partition"]]
    return Region(
        name,
        row["partition"],
        partition["dnsSuffix"],
        bool(partition["fargate"]),
        row["zonePrefix"],
        tuple(row["zoneIds"]),
    )


def fargate_regions(facts: Facts = DEFAULT_FACTS) -> list[str]:
    """The names of the regions that run EKS on Fargate, sorted."""
    regions = (region_of(name, facts) for name in region_names(facts))
    return [region.name for region in regions if region is not None and region.fargate]


def is_zone_name(text: str) -> bool:
    """Whether `text` is written as a zone's name (`us-east-1a`), which stands for another zone in another account."""
    return re.fullmatch(r"[a-z]{2,4}(-[a-z]+)+-\d[a-z]", text) is not None


def is_zone_of_region(zone_id: str, region: Region) -> bool:
    """Whether a zone id is one of the region's, by its prefix."""
    return re.fullmatch(rf"{region.zone_prefix}-az\d+", zone_id) is not None


def allowed_zone_ids(region: Region, facts: Facts = DEFAULT_FACTS) -> list[str]:
    """The region's zone ids that both EKS and Fargate take, sorted."""
    return [zone_id for zone_id in sorted(region.zone_ids) if not problems_of_zone(zone_id, region, facts)]


def problems_of_zone(zone_id: str, region: Region, facts: Facts = DEFAULT_FACTS) -> list[ZoneProblem]:
    """What keeps a cluster with Fargate profiles in `region` from using the zone; nothing where it can."""
    if is_zone_name(zone_id):
        return [ZoneProblem(f"{zone_id} is a zone name, which each account maps to another zone", known=False)]
    if not is_zone_of_region(zone_id, region):
        return [
            ZoneProblem(f"{zone_id} is no Availability Zone id of {region.name}: those begin {region.zone_prefix}-az")
        ]
    table = facts.table("zones")
    if zone_id in table["eksExcludes"]["zoneIds"]:
        return [ZoneProblem(f"EKS takes no cluster subnet in {zone_id}")]
    only = table["fargateOnly"].get(region.name)
    if only is not None and zone_id not in only["zoneIds"]:
        return [ZoneProblem(f"Fargate runs in {region.name} in {', '.join(only['zoneIds'])} only, not in {zone_id}")]
    if zone_id not in region.zone_ids:
        return [ZoneProblem(f"{zone_id} is not among the known zones of {region.name}", known=False)]
    return []
