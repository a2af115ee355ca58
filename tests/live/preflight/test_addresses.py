"""Address space and overlap."""

from __future__ import annotations

from typing import Any

import pytest

from eks_fargate.fargate.findings import Level
from eks_fargate.live.account import Account
from eks_fargate.live.checks import State
from eks_fargate.live.demand import Demand
from eks_fargate.live.preflight.addresses import addresses
from tests.live.documented import Documented
from tests.live.telling import not_well, told

VPC = "VPC network-vpc"
CONTROL_PLANE = "network-private-use1-az1 for the control plane"


@pytest.fixture
def alone(documented: Documented) -> Documented:
    """An account without a VPC, a peering or an attachment."""
    documented.answers("ec2", "DescribeVpcs", {"Vpcs": []})
    documented.answers("ec2", "DescribeSubnets", {"Subnets": []})
    documented.answers("ec2", "DescribeVpcPeeringConnections", {"VpcPeeringConnections": []})
    documented.answers("ec2", "DescribeTransitGatewayVpcAttachments", {"TransitGatewayVpcAttachments": []})
    return documented


def subnet(free: int) -> dict[str, Any]:
    return {
        "SubnetId": "subnet-1",
        "CidrBlock": "10.30.0.0/19",
        "AvailableIpAddressCount": free,
        "Tags": [{"Key": "Name", "Value": "network-private-use1-az1"}],
    }


def test_planned_subnets_have_their_size_but_for_what_the_vpc_keeps(
    account: Account, alone: Documented, demand: Demand
) -> None:
    checks = addresses(account, demand)
    assert not_well(checks) == []
    assert told(checks, CONTROL_PLANE).actual == "8187 free"  # 2^13 - 5
    (core_dns,) = [check for check in checks if check.subject.startswith("subnets of profile core-dns--")]
    assert (core_dns.planned, core_dns.actual) == ("2 addresses", "16374 free")


def test_subnets_that_stand_have_what_aws_counts(account: Account, alone: Documented, demand: Demand) -> None:
    alone.answers("ec2", "DescribeSubnets", {"Subnets": [subnet(5)]})
    check = told(addresses(account, demand), CONTROL_PLANE)
    assert (check.state, check.planned, check.actual) == (State.PROBLEM, "6 addresses", "5 free")
    assert check.why == "1 too few"


def peering(code: str, block: str = "10.30.128.0/17") -> dict[str, Any]:
    side = {"VpcId": "vpc-far", "CidrBlock": block}
    return {"VpcPeeringConnections": [{"Status": {"Code": code}, "AccepterVpcInfo": side}]}


def test_overlap_with_a_network_that_is_peered_is_a_warning(
    account: Account, alone: Documented, demand: Demand
) -> None:
    alone.answers("ec2", "DescribeVpcPeeringConnections", peering("active"))
    check = told(addresses(account, demand), VPC)
    assert (check.state, check.level, check.actual) == (State.PROBLEM, Level.WARNING, "vpc-far (10.30.128.0/17)")


@pytest.mark.parametrize("answer", [peering("deleted"), peering("active", "10.31.0.0/16")])
def test_what_does_not_overlap_or_is_not_peered_any_more_is_well(
    account: Account, alone: Documented, demand: Demand, answer: dict[str, Any]
) -> None:
    alone.answers("ec2", "DescribeVpcPeeringConnections", answer)
    assert told(addresses(account, demand), VPC).state is State.OK


def test_overlap_with_a_vpc_attached_to_a_transit_gateway_is_a_warning(
    account: Account, alone: Documented, demand: Demand
) -> None:
    alone.answers("ec2", "DescribeVpcs", {"Vpcs": [{"VpcId": "vpc-2", "CidrBlock": "10.30.0.0/24"}]})
    assert told(addresses(account, demand), VPC).state is State.OK
    account.forget()
    attached = {"TransitGatewayVpcAttachments": [{"VpcId": "vpc-2"}]}
    alone.answers("ec2", "DescribeTransitGatewayVpcAttachments", attached)
    assert told(addresses(account, demand), VPC).actual == "vpc-2 (10.30.0.0/24)"


def test_the_plans_own_vpc_does_not_overlap_with_itself(account: Account, alone: Documented, demand: Demand) -> None:
    own = {"VpcId": "vpc-1", "CidrBlock": "10.30.0.0/16", "Tags": [{"Key": "Name", "Value": "network-vpc"}]}
    alone.answers("ec2", "DescribeVpcs", {"Vpcs": [own]})
    alone.answers("ec2", "DescribeTransitGatewayVpcAttachments", {"TransitGatewayVpcAttachments": [{"VpcId": "vpc-1"}]})
    assert told(addresses(account, demand), VPC).state is State.OK


def test_what_may_not_be_listed_is_not_checked(account: Account, alone: Documented, demand: Demand) -> None:
    alone.fails("ec2", "DescribeTransitGatewayVpcAttachments", "UnauthorizedOperation")
    assert ("not-checked", f"{VPC}: overlap with other networks") in not_well(addresses(account, demand))
