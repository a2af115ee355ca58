from __future__ import annotations

from dataclasses import replace

import pytest

from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.rules.base import Fail, Undetermined, Verdict
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.compliant import IN_USE, ROUTE, on_plan, plan, profile, resource, stack_of

RULE = "profile-subnets-private"
DEFAULT_TABLE = "aws:ec2/defaultRouteTable:DefaultRouteTable"
PUBLIC = Fail(
    "subnetIds",
    "subnet subnet-a has a route to an internet gateway; EKS takes private subnets only",
    "Use a subnet whose routes lead out by a NAT gateway, a transit gateway or not at all.",
)


def verdicts(resources: dict[str, Resource]) -> list[Verdict]:
    """On a plan with the one profile `profile-a`."""
    return [verdict for _, verdict in on_plan(RULE, stack_of(resources))]


@pytest.fixture
def resources() -> dict[str, Resource]:
    made = plan()
    del made["profile-b"]
    return made


def routed(gateway: object, *sources: str) -> Resource:
    """The private subnets' route, by another gateway."""
    behind = {"routeTableId": ["table-private"], "gatewayId": sources}
    return resource("route-private", ROUTE, {"gatewayId": gateway}, behind)


def test_subnets_behind_a_nat_gateway_pass(resources: dict[str, Resource]) -> None:
    assert verdicts(resources) == []


def test_a_public_subnet_of_a_profile_fails(resources: dict[str, Resource]) -> None:
    resources["profile-a"] = profile("profile-a", behind={**IN_USE, "subnetIds": ("subnet-public", "subnet-b")})
    assert on_plan(RULE, stack_of(resources)) == [
        ("profile-a", replace(PUBLIC, message=PUBLIC.message.replace("-a ", "-public ")))
    ]


def test_a_route_to_a_given_internet_gateway_fails(resources: dict[str, Resource]) -> None:
    resources["route-private"] = routed("igw-0123456789abcdef0")
    assert verdicts(resources)[0] == PUBLIC


@pytest.mark.parametrize("gateway", ["vgw-0123456789abcdef0", "local", None])
def test_other_gateways_pass(resources: dict[str, Resource], gateway: str | None) -> None:
    resources["route-private"] = routed(gateway)
    assert verdicts(resources) == []


def test_a_planned_vpn_gateway_passes(resources: dict[str, Resource]) -> None:
    resources["vpn"] = resource("vpn", "aws:ec2/vpnGateway:VpnGateway", {})
    resources["route-private"] = routed(UNKNOWN, "vpn")
    assert verdicts(resources) == []


def test_a_gateway_that_the_plan_does_not_tell_is_undetermined(resources: dict[str, Resource]) -> None:
    resources["route-private"] = routed(UNKNOWN)
    assert [type(verdict) for verdict in verdicts(resources)] == [Undetermined, Undetermined]
    assert verdicts(resources)[0].message == "whether subnet subnet-a has a route to an internet gateway is not known"


@pytest.mark.parametrize(
    ("routes", "sources"),
    [
        ([{"cidrBlock": "10.1.0.0/16", "natGatewayId": "nat-1"}, {"gatewayId": "igw-1"}], ()),
        ([{"gatewayId": UNKNOWN}], ("internet",)),
        (UNKNOWN, ("internet",)),
    ],
)
def test_a_route_within_the_table_fails(
    resources: dict[str, Resource], routes: object, sources: tuple[str, ...]
) -> None:
    table = resources["table-private"]
    behind = {**table.property_dependencies, "routes": sources}
    resources["table-private"] = replace(table, inputs={"routes": routes}, property_dependencies=behind)
    assert verdicts(resources)[0] == PUBLIC


def test_a_subnet_of_no_table_of_its_own_has_the_vpc_s_main_one(resources: dict[str, Resource]) -> None:
    del resources["association-subnet-a"]
    assert verdicts(resources) == []
    resources["main"] = resource(
        "main", DEFAULT_TABLE, {"routes": [{"gatewayId": "igw-1"}]}, {"defaultRouteTableId": ["vpc"]}
    )
    assert verdicts(resources) == [PUBLIC]


def test_a_route_of_the_vpc_s_main_table_counts(resources: dict[str, Resource]) -> None:
    del resources["association-subnet-a"]
    resources["route-main"] = resource("route-main", ROUTE, {"gatewayId": "igw-1"}, {"routeTableId": ["vpc"]})
    assert verdicts(resources) == [PUBLIC]


def test_a_table_made_the_main_one_counts(resources: dict[str, Resource]) -> None:
    del resources["association-subnet-a"]
    resources["main"] = resource(
        "main",
        "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation",
        {},
        {"vpcId": ["vpc"], "routeTableId": ["table-public"]},
    )
    assert verdicts(resources) == [PUBLIC]


def test_a_table_or_vpc_that_the_plan_does_not_make_is_undetermined(resources: dict[str, Resource]) -> None:
    association = resources["association-subnet-a"]
    resources["association-subnet-a"] = replace(association, property_dependencies={"subnetId": ["subnet-a"]})
    (given_table,) = verdicts(resources)
    del resources["association-subnet-a"], resources["vpc"]
    (given_vpc,) = verdicts(resources)
    assert isinstance(given_table, Undetermined)
    assert given_table == given_vpc


def test_ids_from_a_component_stand_for_all_of_its_subnets(resources: dict[str, Resource]) -> None:
    behind = {**IN_USE, "subnetIds": ("subnet-a", "subnet-b", "subnet-public")}
    resources["profile-a"] = profile("profile-a", behind=behind, subnetIds=[UNKNOWN, UNKNOWN])
    (verdict,) = verdicts(resources)
    assert isinstance(verdict, Undetermined)
    assert verdict.message == "whether the profile has one of these subnets is not known: subnet-public"
    resources["profile-a"] = profile("profile-a", subnetIds=[UNKNOWN])
    assert verdicts(resources) == []


@pytest.mark.parametrize(
    ("given", "planned"),
    [
        (["subnet-0123456789abcdef0"], ()),
        (["subnet-0123456789abcdef0", UNKNOWN, UNKNOWN], ("subnet-a", "subnet-b")),
        (UNKNOWN, ()),
        (UNKNOWN, ("subnet-a", "subnet-b")),
    ],
)
def test_given_subnets_are_undetermined(
    resources: dict[str, Resource], given: object, planned: tuple[str, ...]
) -> None:
    resources["profile-a"] = profile("profile-a", behind={**IN_USE, "subnetIds": planned}, subnetIds=given)
    assert verdicts(resources) == [
        Undetermined(
            "subnetIds",
            "the plan does not make all of the subnets, and their routes are not known",
            "Run `eks-fargate preflight`, which reads the routes from AWS.",
        )
    ]
