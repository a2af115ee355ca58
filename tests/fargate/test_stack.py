from __future__ import annotations

from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.stack import Stack

VPC = Resource("urn-vpc", "aws:ec2/vpc:Vpc", "vpc", "", {})
SUBNET = Resource(
    "urn-subnet",
    "aws:ec2/subnet:Subnet",
    "subnet",
    "",
    {},
    property_dependencies={"vpcId": ["urn-vpc", "urn-elsewhere"]},
)
STACK = Stack([VPC, SUBNET])


def test_resources_are_found_by_urn_and_type() -> None:
    assert STACK.by_urn == {"urn-vpc": VPC, "urn-subnet": SUBNET}
    assert STACK.of_type(SUBNET.type, VPC.type) == [SUBNET, VPC]
    assert STACK.of_type("aws:eks/cluster:Cluster") == []


def test_what_an_input_comes_from_is_followed_within_the_plan() -> None:
    assert STACK.behind(SUBNET, "vpcId") == [VPC]
    assert STACK.behind(SUBNET, "vpcId", VPC.type) == [VPC]
    assert STACK.behind(SUBNET, "vpcId", SUBNET.type) == []
    assert STACK.behind(SUBNET, "cidrBlock") == []


def test_the_components_above_a_resource_are_told_the_nearest_first() -> None:
    outer = Resource("urn-outer", "shop:index:Outer", "outer", "urn-of-the-stack-itself", {})
    inner = Resource("urn-inner", "shop:index:Inner", "inner", "urn-outer", {})
    part = Resource("urn-part", "aws:ec2/vpc:Vpc", "part", "urn-inner", {})
    stack = Stack([part, inner, outer])
    assert list(stack.above(part)) == [inner, outer]
    assert list(stack.above(outer)) == []
    assert stack.parents == {"urn-inner", "urn-outer", "urn-of-the-stack-itself"}
