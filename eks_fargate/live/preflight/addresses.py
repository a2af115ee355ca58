"""Whether the address space is large enough for the pods, and free of overlap with networks that it may join."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from ipaddress import IPv4Network, ip_network
from typing import Any, Final

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resource_types import CLUSTER, PROFILE, SUBNET, VPC
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import Unknown
from eks_fargate.live.account import Account
from eks_fargate.live.answers import listed, name_of
from eks_fargate.live.checks import Check, State, in_words, not_checked, ok
from eks_fargate.live.demand import Demand, tag_name, text
from eks_fargate.live.failures import Failure

_AREA: Final = "addresses"
# Source: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
_RESERVED_BY_VPC: Final = 5
# Source: https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
_LEAST_FOR_EKS: Final = 6


def addresses(account: Account, demand: Demand) -> list[Check]:
    """Free addresses of the subnets of each profile and of the cluster; overlap of the planned VPC with others."""
    return [*_subnets(account, demand), *_overlaps(account, demand)]


def _subnets(account: Account, demand: Demand) -> Iterator[Check]:
    free = _Free(account, demand)
    for cluster in demand.stack.of_type(CLUSTER):
        for subnet, count in sorted(free.of(cluster, "vpcConfig").items()):
            yield _room(f"{subnet} for the control plane", count, _LEAST_FOR_EKS)
    for profile in demand.stack.of_type(PROFILE):
        name = text(profile.inputs.get("fargateProfileName")) or profile.name
        counts = free.of(profile, "subnetIds")
        failed = next((one for one in counts.values() if isinstance(one, Failure)), None)
        total = failed or sum(one for one in counts.values() if isinstance(one, int))
        if counts:
            yield _room(f"subnets of profile {name}", total, _pods_of(name, demand))


def _pods_of(profile: str, demand: Demand) -> int:
    """How many pods, of one address each, the profile takes; those of which the number is not known count as one."""
    replicas = [
        placed.pod.replicas
        for placed in demand.on_fargate
        if placed.placement.profile is not None and placed.placement.profile.name == profile
    ]
    return sum(1 if isinstance(count, Unknown) else count for count in replicas)


def _room(subject: str, free: int | Failure, needed: int) -> Check:
    if isinstance(free, Failure):
        return not_checked(_AREA, subject, free)
    planned, actual = f"{needed} addresses", f"{free} free"
    if free < needed:
        why, fix = f"{needed - free} too few", "use larger or more subnets"
        return Check(_AREA, subject, State.PROBLEM, planned, actual, why, fix)
    return ok(_AREA, subject, planned, actual)


class _Free:
    """The free addresses of subnets: counted by AWS where they exist, else by their size."""

    def __init__(self, account: Account, demand: Demand) -> None:
        self._demand = demand
        self._answer = account.ask("ec2", "DescribeSubnets")

    def of(self, resource: Resource, key: str) -> dict[str, int | Failure]:
        """By name, for the subnets that an input of `resource` names."""
        planned = self._demand.stack.behind(resource, key, SUBNET)
        found = {tag_name(one) or one.name: self._of_planned(one) for one in planned}
        value = resource.inputs.get(key)
        listed = value.get("subnetIds") if isinstance(value, Mapping) else value
        for subnet_id in listed if isinstance(listed, list) else []:
            if isinstance(subnet_id, str):
                found[subnet_id] = self._by("SubnetId", subnet_id, 0)
        return found

    def _of_planned(self, subnet: Resource) -> int | Failure:
        block, name = text(subnet.inputs.get("cidrBlock")), tag_name(subnet)
        size = IPv4Network(block).num_addresses - _RESERVED_BY_VPC if block else 0
        if isinstance(self._answer, Failure):
            return size
        for live in self._answer.get("Subnets", []):
            if live.get("CidrBlock") == block and name is not None and name == name_of(live):
                return int(live["AvailableIpAddressCount"])
        return size

    def _by(self, key: str, value: str, default: int) -> int | Failure:
        if isinstance(self._answer, Failure):
            return self._answer
        live = next((one for one in self._answer.get("Subnets", []) if one.get(key) == value), None)
        return default if live is None else int(live["AvailableIpAddressCount"])


def _overlaps(account: Account, demand: Demand) -> Iterator[Check]:
    planned = [(one, block) for one in demand.stack.of_type(VPC) if (block := text(one.inputs.get("cidrBlock")))]
    if not planned:
        return
    vpcs, peerings, attachments = (
        account.ask("ec2", operation)
        for operation in ("DescribeVpcs", "DescribeVpcPeeringConnections", "DescribeTransitGatewayVpcAttachments")
    )
    for vpc, block in planned:
        subject = f"VPC {tag_name(vpc) or vpc.name}"
        for failure in (one for one in (vpcs, peerings, attachments) if isinstance(one, Failure)):
            yield not_checked(_AREA, f"{subject}: overlap with other networks", failure, Level.WARNING)
        joined = _joined(vpcs, peerings, attachments, tag_name(vpc))
        network = IPv4Network(block)
        overlapping = sorted(f"{name} ({other})" for name, other in joined if network.overlaps(other))
        if overlapping:
            why = "networks that are peered or attached to a transit gateway cannot be joined with one that overlaps"
            fix = "set another network.cidr, unless the two are never to reach each other"
            actual = in_words(overlapping)
            yield Check(_AREA, subject, State.PROBLEM, block, actual, why, fix, Level.WARNING)
        else:
            yield ok(_AREA, subject, block, "overlaps with no network that is peered or attached")


def _joined(
    vpcs: Mapping[str, Any] | Failure,
    peerings: Mapping[str, Any] | Failure,
    attachments: Mapping[str, Any] | Failure,
    own_name: str | None,
) -> set[tuple[str, IPv4Network]]:
    """The VPCs with their blocks that are peered or attached, but for the plan's own."""
    standing = listed(vpcs, "Vpcs")
    own = {str(vpc["VpcId"]) for vpc in standing if own_name is not None and name_of(vpc) == own_name}
    found: set[tuple[str, IPv4Network]] = set()
    ids = {str(one["VpcId"]) for one in listed(attachments, "TransitGatewayVpcAttachments") if "VpcId" in one}
    for peering in listed(peerings, "VpcPeeringConnections"):
        if peering.get("Status", {}).get("Code") == "active":
            for side in (peering.get("AccepterVpcInfo", {}), peering.get("RequesterVpcInfo", {})):
                ids.add(str(side.get("VpcId")))
                blocks = [str(one["CidrBlock"]) for one in side.get("CidrBlockSet", [])]
                found |= _blocks(str(side.get("VpcId")), [*blocks, side.get("CidrBlock")])
    for vpc in standing:
        if vpc["VpcId"] in ids:
            blocks = [str(one["CidrBlock"]) for one in vpc.get("CidrBlockAssociationSet", [])]
            found |= _blocks(str(vpc["VpcId"]), [*blocks, vpc.get("CidrBlock")])
    return {(vpc_id, block) for vpc_id, block in found if vpc_id not in own}


def _blocks(vpc_id: str, blocks: Sequence[str | None]) -> set[tuple[str, IPv4Network]]:
    networks = (ip_network(block) for block in blocks if block)
    return {(vpc_id, network) for network in networks if isinstance(network, IPv4Network)}
