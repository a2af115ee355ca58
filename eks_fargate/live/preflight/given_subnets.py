"""The subnets that settings name and the plan does not make: there, in zones that Fargate has, and private."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from eks_fargate.fargate.resource_types import PROFILE
from eks_fargate.fargate.zones import problems_of_zone, region_of
from eks_fargate.live.account import Account, Answer
from eks_fargate.live.answers import listed, route_table_of
from eks_fargate.live.checks import Check, State, not_checked, ok
from eks_fargate.live.demand import Demand
from eks_fargate.live.failures import Failure

_AREA: Final = "subnets"


def given_subnets(account: Account, demand: Demand) -> list[Check]:
    """Each subnet of a profile that stands already."""
    ids = sorted(
        {
            subnet
            for profile in demand.stack.of_type(PROFILE)
            if isinstance(profile.inputs.get("subnetIds"), list)
            for subnet in profile.inputs["subnetIds"]
            if isinstance(subnet, str)
        }
    )
    if not ids:
        return []
    subnets, tables = (account.ask("ec2", operation) for operation in ("DescribeSubnets", "DescribeRouteTables"))
    return [check for subnet in ids for check in _checks(subnet, subnets, tables, demand)]


def _checks(subnet_id: str, subnets: Answer, tables: Answer, demand: Demand) -> Iterator[Check]:
    if isinstance(subnets, Failure):
        yield not_checked(_AREA, subnet_id, subnets)
        return
    live = next((one for one in listed(subnets, "Subnets") if one.get("SubnetId") == subnet_id), None)
    if live is None:
        why, fix = f"there is no such subnet in {demand.region}", "correct network.existing, or aws:region"
        yield Check(_AREA, subnet_id, State.PROBLEM, "exists", why=why, fix=fix)
        return
    yield _zone(subnet_id, str(live.get("AvailabilityZoneId")), demand)
    yield _private(subnet_id, live, tables)


def _zone(subnet_id: str, zone: str, demand: Demand) -> Check:
    region = region_of(demand.region, demand.facts)
    for problem in problems_of_zone(zone, region, demand.facts) if region else ():
        state = State.PROBLEM if problem.known else State.UNKNOWN
        return Check(_AREA, f"{subnet_id}: zone", state, actual=zone, why=problem.message, fix="use another subnet")
    return ok(_AREA, f"{subnet_id}: zone", actual=zone)


def _private(subnet_id: str, live: Mapping[str, Any], tables: Answer) -> Check:
    subject = f"{subnet_id}: routes"
    if isinstance(tables, Failure):
        return not_checked(_AREA, subject, tables)
    of_vpc = [table for table in listed(tables, "RouteTables") if table.get("VpcId") == live.get("VpcId")]
    table = route_table_of(subnet_id, of_vpc)
    if table is None:
        return not_checked(_AREA, subject, "the VPC's main route table was not listed")
    gateways = [str(one.get("GatewayId", "")) for one in table.get("Routes", [])]
    out = next((gateway for gateway in gateways if gateway.startswith("igw-")), None)
    if out is not None:
        why = "EKS takes only subnets without a route to an internet gateway for Fargate"
        return Check(_AREA, subject, State.PROBLEM, "private", f"a route to {out}", why, "name a private subnet")
    return ok(_AREA, subject, "private", "no route to an internet gateway")
