"""Subnets that settings name."""

from __future__ import annotations

from typing import Any

import pytest

from eks_fargate.live.account import Account
from eks_fargate.live.checks import State
from eks_fargate.live.demand import Demand
from eks_fargate.live.preflight.given_subnets import given_subnets
from tests.live.documented import Documented
from tests.live.telling import not_well, told

FIRST, SECOND = "subnet-0123456789abcdef0", "subnet-0123456789abcdef1"


def standing(documented: Documented, zone: str = "use1-az1", gateway: str = "nat-1") -> None:
    subnets = [
        {"SubnetId": FIRST, "VpcId": "vpc-1", "AvailabilityZoneId": zone},
        {"SubnetId": SECOND, "VpcId": "vpc-1", "AvailabilityZoneId": "use1-az2"},
    ]
    own = {"VpcId": "vpc-1", "Associations": [{"SubnetId": FIRST}], "Routes": [{"GatewayId": gateway}]}
    main = {"VpcId": "vpc-1", "Associations": [{"Main": True}], "Routes": [{"GatewayId": "local"}]}
    other = {"VpcId": "vpc-2", "Associations": [{"Main": True}], "Routes": [{"GatewayId": "igw-2"}]}
    documented.answers("ec2", "DescribeSubnets", {"Subnets": subnets})
    documented.answers("ec2", "DescribeRouteTables", {"RouteTables": [own, main, other]})


def test_private_subnets_in_zones_of_fargate_are_well(
    account: Account, documented: Documented, attached: Demand
) -> None:
    standing(documented)
    checks = given_subnets(account, attached)
    assert not_well(checks) == []
    assert len(checks) == 4


def test_a_route_to_an_internet_gateway_is_a_problem(
    account: Account, documented: Documented, attached: Demand
) -> None:
    standing(documented, gateway="igw-1")
    check = told(given_subnets(account, attached), f"{FIRST}: routes")
    assert (check.state, check.planned, check.actual) == (State.PROBLEM, "private", "a route to igw-1")


def test_a_zone_without_eks_is_a_problem(account: Account, documented: Documented, attached: Demand) -> None:
    standing(documented, zone="use1-az3")
    check = told(given_subnets(account, attached), f"{FIRST}: zone")
    assert (check.state, check.why) == (State.PROBLEM, "EKS takes no cluster subnet in use1-az3")


def test_a_subnet_that_is_not_there_is_a_problem(account: Account, documented: Documented, attached: Demand) -> None:
    documented.answers("ec2", "DescribeSubnets", {"Subnets": []})
    check = told(given_subnets(account, attached), FIRST)
    assert (check.state, check.why) == (State.PROBLEM, "there is no such subnet in us-east-1")


@pytest.mark.parametrize("operation", ["DescribeSubnets", "DescribeRouteTables"])
def test_what_may_not_be_listed_is_not_checked(
    account: Account, documented: Documented, attached: Demand, operation: str
) -> None:
    standing(documented)
    documented.fails("ec2", operation, "UnauthorizedOperation")
    assert {state for state, _ in not_well(given_subnets(account, attached))} == {"not-checked"}


def test_a_plan_that_makes_its_subnets_is_given_none(account: Account, demand: Any) -> None:
    assert given_subnets(account, demand) == []
