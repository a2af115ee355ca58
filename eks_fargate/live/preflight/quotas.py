"""The quotas that a plan counts against, with what is left of them after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from eks_fargate.fargate.resource_types import NODE_GROUP, PROFILE, SUBNET
from eks_fargate.fargate.resources import Resource
from eks_fargate.live.account import Account, at_once
from eks_fargate.live.answers import name_of
from eks_fargate.live.checks import Check
from eks_fargate.live.demand import Demand, tag_name, text
from eks_fargate.live.failures import Failure, Kind
from eks_fargate.live.preflight.fargate_vcpu import fargate_vcpu
from eks_fargate.live.preflight.quota_values import headroom, quota_of
from eks_fargate.live.tables import table

_NAT_GATEWAY: Final = "aws:ec2/natGateway:NatGateway"
_ENDPOINT: Final = "aws:ec2/vpcEndpoint:VpcEndpoint"
# Of a NAT gateway in these states none counts any more.
_GONE: Final = ("deleted", "failed")


def quotas(account: Account, demand: Demand) -> list[Check]:
    """Each quota that the plan counts against."""
    looks: list[Callable[[], list[Check]]] = [
        partial(_region_wide, account, demand, row) for row in table("quotas")["rows"]
    ]
    looks += [
        partial(look, account, demand)
        for look in (_profiles, _node_groups, _nat_gateways, _interface_endpoints, fargate_vcpu)
    ]
    return [check for found in at_once(looks) for check in found]


def _region_wide(account: Account, demand: Demand, row: Mapping[str, Any]) -> list[Check]:
    planned = demand.stack.of_type(row["type"])
    if not planned:
        return []
    used = row["used"]
    answer = account.ask(used["service"], used["operation"])
    listed = answer if isinstance(answer, Failure) else answer.get(used["key"], [])
    count = listed if isinstance(listed, Failure) else len(listed)
    return [headroom(row["what"], quota_of(account, row), count, len(_new(planned, listed)))]


def _new(planned: Sequence[Resource], listed: Sequence[Any] | Failure) -> list[Resource]:
    """The planned resources that are not there yet, told by their names or tags `Name`."""
    there = set() if isinstance(listed, Failure) else {one if isinstance(one, str) else name_of(one) for one in listed}
    return [one for one in planned if (tag_name(one) or text(one.inputs.get("name"))) not in there - {None}]


def _profiles(account: Account, demand: Demand) -> list[Check]:
    row = demand.facts.table("quotas")["fargateProfilesPerCluster"]
    planned = {text(one.inputs.get("fargateProfileName")) or one.name for one in demand.stack.of_type(PROFILE)}
    return _of_cluster(account, demand, row, planned, ("ListFargateProfiles", "fargateProfileNames"))


def _node_groups(account: Account, demand: Demand) -> list[Check]:
    row = demand.facts.table("quotas")["nodeGroupsPerCluster"]
    planned = {text(one.inputs.get("nodeGroupName")) or one.name for one in demand.stack.of_type(NODE_GROUP)}
    return _of_cluster(account, demand, row, planned, ("ListNodegroups", "nodegroups"))


def _of_cluster(
    account: Account, demand: Demand, row: Mapping[str, Any], planned: set[str], listing: tuple[str, str]
) -> list[Check]:
    """Those on the cluster, with those of the plan that are not there: a successor stands beside what it replaces."""
    if not planned or demand.cluster_name is None:
        return []
    answer = account.ask("eks", listing[0], clusterName=demand.cluster_name)
    if isinstance(answer, Failure):
        used: int | Failure = 0 if answer.kind is Kind.MISSING else answer
        return [headroom(row["what"], quota_of(account, row), used, len(planned))]
    there = {str(name) for name in answer.get(listing[1], [])}
    return [headroom(row["what"], quota_of(account, row), len(there), len(planned - there))]


def _nat_gateways(account: Account, demand: Demand) -> list[Check]:
    planned = demand.stack.of_type(_NAT_GATEWAY)
    if not planned:
        return []
    row = table("quotas")["natGatewaysPerZone"]
    quota, listed = quota_of(account, row), account.ask("ec2", "DescribeNatGateways")
    subnets = account.ask("ec2", "DescribeSubnets")
    failed = next((one for one in (listed, subnets) if isinstance(one, Failure)), None)
    used: Counter[str] = Counter()
    alive: list[Mapping[str, Any]] = []
    if not isinstance(listed, Failure) and not isinstance(subnets, Failure):
        zones = {one["SubnetId"]: str(one.get("AvailabilityZoneId")) for one in subnets.get("Subnets", [])}
        alive = [one for one in listed.get("NatGateways", []) if one.get("State") not in _GONE]
        used.update(zones.get(one.get("SubnetId"), "") for one in alive)
    wanted = Counter(_zone(one, demand) for one in _new(planned, alive))
    zones_planned = sorted({_zone(one, demand) for one in planned})
    return [headroom(f"{row['what']} {zone}", quota, failed or used[zone], wanted[zone]) for zone in zones_planned]


def _zone(nat_gateway: Resource, demand: Demand) -> str:
    subnets = demand.stack.behind(nat_gateway, "subnetId", SUBNET)
    return next((zone for one in subnets if (zone := text(one.inputs.get("availabilityZoneId")))), "not known")


def _interface_endpoints(account: Account, demand: Demand) -> list[Check]:
    planned = [one for one in demand.stack.of_type(_ENDPOINT) if one.inputs.get("vpcEndpointType") == "Interface"]
    if not planned:
        return []
    row = table("quotas")["interfaceEndpointsPerVpc"]
    # The VPC is the plan's own: it has no others.
    return [headroom(row["what"], quota_of(account, row), 0, len(planned))]
