"""The network beside the planned one."""

from __future__ import annotations

from typing import Any

import pytest

from eks_fargate.live.checks import State
from eks_fargate.live.demand import Demand
from eks_fargate.live.verify.network import network
from tests.live.conftest import Live
from tests.live.telling import not_well, told

PRIVATE = "network-private-use1-az1 (10.30.0.0/19)"


def test_a_network_as_planned_is_well(live: Live, demand: Demand) -> None:
    assert not_well(network(live.account, demand)) == []


def routed(live: Live, route: dict[str, Any] | None) -> None:
    """Let the first private subnet have a route table of its own with this route."""
    assert live.environment.subnets is not None
    subnet = live.environment.subnets["network-private-use1-az1"]
    table = {"Associations": [{"SubnetId": subnet}], "Routes": [] if route is None else [route]}
    main = {"Associations": [{"Main": True}], "Routes": []}
    live.documented.answers("ec2", "DescribeRouteTables", {"RouteTables": [main, table]})


@pytest.mark.parametrize(
    ("route", "actual"),
    [
        ({"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1"}, "a route to igw-1"),
        ({"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "n", "State": "blackhole"}, "0.0.0.0/0 is a blackhole"),
        (None, "none"),
    ],
)
def test_a_private_subnet_without_a_working_way_out_is_a_problem(
    live: Live, demand: Demand, route: dict[str, Any] | None, actual: str
) -> None:
    routed(live, route)
    check = told(network(live.account, demand), f"{PRIVATE}: routes")
    assert (check.state, check.actual) == (State.PROBLEM, actual)


@pytest.mark.parametrize("gateway", ["vgw-1", "eigw-1", "tgw-1"])
def test_a_gateway_that_is_not_the_internets_leaves_a_subnet_private(live: Live, demand: Demand, gateway: str) -> None:
    routed(live, {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": gateway})
    assert told(network(live.account, demand), f"{PRIVATE}: routes").state is State.OK


def test_a_subnet_that_is_gone_is_a_problem(live: Live, demand: Demand) -> None:
    live.documented.answers("ec2", "DescribeSubnets", {"Subnets": []})
    check = told(network(live.account, demand), PRIVATE)
    assert (check.state, check.why) == (State.PROBLEM, "the VPC has no such subnet")


def test_a_nat_gateway_that_failed_is_told_with_how_many_are_left(live: Live, demand: Demand) -> None:
    named = [{"Key": "Name", "Value": "nat-2"}]
    gateways = [{"State": "available"}, {"State": "failed", "Tags": named}]
    live.documented.answers("ec2", "DescribeNatGateways", {"NatGateways": gateways})
    check = told(network(live.account, demand), "NAT gateways")
    assert (check.planned, check.actual, check.why) == ("2 available", "1 available", "1 too few; nat-2 is failed")


def test_dns_that_was_switched_off_is_a_problem(live: Live, demand: Demand) -> None:
    attributes = {"EnableDnsSupport": {"Value": True}, "EnableDnsHostnames": {"Value": False}}
    live.documented.answers("ec2", "DescribeVpcAttribute", attributes)
    check = told(network(live.account, demand), f"{live.environment.vpc_id}: enableDnsHostnames")
    assert (check.state, check.planned, check.actual) == (State.PROBLEM, "on", "off")


def test_an_endpoint_that_is_gone_is_a_problem(live: Live, demand: Demand) -> None:
    live.documented.answers("ec2", "DescribeVpcEndpoints", {"VpcEndpoints": []})
    check = told(network(live.account, demand), "endpoint of com.amazonaws.us-east-1.s3")
    assert (check.state, check.planned, check.actual) == (State.PROBLEM, "available", "does not exist")
