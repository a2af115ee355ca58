"""Whether the region and its zones, as this account sees them, take the planned subnets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resource_types import SUBNET
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.zones import problems_of_zone, region_of
from eks_fargate.live.account import Account
from eks_fargate.live.checks import Check, State, in_words, not_checked, ok
from eks_fargate.live.demand import Demand, text
from eks_fargate.live.failures import Failure

_AREA: Final = "zones"


def zones(account: Account, demand: Demand) -> list[Check]:
    """The region, and each zone that a planned subnet stands in."""
    return [_region(account, demand), *_zones(account, demand)]


def _region(account: Account, demand: Demand) -> Check:
    subject = f"region {demand.region}"
    facts = region_of(demand.region, demand.facts)
    if facts is not None and not facts.fargate:
        fix = "choose a region that runs EKS on Fargate"
        return Check(_AREA, subject, State.PROBLEM, why=f"partition {facts.partition} has no EKS on Fargate", fix=fix)
    answer = account.ask("ec2", "DescribeRegions", RegionNames=[demand.region], AllRegions=True)
    if isinstance(answer, Failure):
        return not_checked(_AREA, subject, answer)
    status = next((str(one.get("OptInStatus", "")) for one in answer.get("Regions", [])), "")
    if status == "not-opted-in":
        fix = f"enable region {demand.region} for the account"
        return Check(_AREA, subject, State.PROBLEM, actual=status, why="the account has not enabled it", fix=fix)
    return ok(_AREA, subject, actual=status)


def _zones(account: Account, demand: Demand) -> Iterator[Check]:
    planned = {zone for subnet in demand.stack.of_type(SUBNET) if (zone := _zone(subnet))}
    if not planned:
        return
    answer = account.ask("ec2", "DescribeAvailabilityZones", AllAvailabilityZones=True)
    for zone in sorted(planned):
        if isinstance(answer, Failure):
            yield not_checked(_AREA, zone, answer)
        else:
            yield _checked(zone, answer.get("AvailabilityZones", []), demand)


def _zone(subnet: Resource) -> str | None:
    return text(subnet.inputs.get("availabilityZoneId")) or text(subnet.inputs.get("availabilityZone"))


def _checked(zone: str, known: list[Mapping[str, Any]], demand: Demand) -> Check:
    found = next((one for one in known if zone in (one.get("ZoneId"), one.get("ZoneName"))), None)
    if found is None:
        ids = sorted(str(one.get("ZoneId")) for one in known)
        fix = f"use zones that the account has: {in_words(ids)}"
        return Check(_AREA, zone, State.PROBLEM, planned=zone, why="the account has no such zone", fix=fix)
    zone_id, actual = str(found["ZoneId"]), f"{found.get('ZoneName')} is {found.get('ZoneId')} in this account"
    if found.get("ZoneType", "availability-zone") != "availability-zone":
        why, fix = f"EKS on Fargate does not run in a {found['ZoneType']}", "use an Availability Zone"
        return Check(_AREA, zone, State.PROBLEM, zone, actual, why, fix)
    if found.get("State", "available") != "available":
        why, fix = f"its state is {found['State']}", "use a zone that is available"
        return Check(_AREA, zone, State.PROBLEM, zone, actual, why, fix)
    region = region_of(demand.region, demand.facts)
    problems = problems_of_zone(zone_id, region, demand.facts) if region else []
    for problem in problems:
        state = State.PROBLEM if problem.known else State.UNKNOWN
        level = Level.ERROR if problem.known else Level.WARNING
        return Check(_AREA, zone, state, zone, actual, problem.message, "use another zone", level)
    return ok(_AREA, zone, zone, actual)
