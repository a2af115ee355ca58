from __future__ import annotations

from dataclasses import replace

import pytest

from eks_fargate.fargate.rules.base import Fail, Undetermined
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.compliant import NODE_GROUP, on_plan, plan, resource, stack_of

RULE = "nodes-are-private"
FAIL_MESSAGE = "subnet subnet-public has a route to an internet gateway; its nodes are within reach of the internet"
FIX = "Use a subnet whose routes lead out by a NAT gateway, a transit gateway or not at all."
LATER = "Run `eks-fargate preflight`, which reads the routes from AWS."


def test_nodes_in_a_private_subnet_pass() -> None:
    assert on_plan(RULE, stack_of(plan())) == []


@pytest.mark.parametrize(
    ("type_", "key"),
    [
        (NODE_GROUP, "subnetIds"),
        ("eks:index:ManagedNodeGroup", "subnetIds"),
        ("eks:index:NodeGroupV2", "nodeSubnetIds"),
    ],
)
def test_nodes_in_a_public_subnet_fail(type_: str, key: str) -> None:
    nodes = resource("nodes", type_, {key: [UNKNOWN]}, {key: ["subnet-public"]})
    assert on_plan(RULE, stack_of({**plan(), "nodes": nodes})) == [("nodes", Fail(key, FAIL_MESSAGE, FIX))]


def test_subnets_that_are_not_planned_are_undetermined() -> None:
    nodes = resource("nodes", NODE_GROUP, {"subnetIds": ["subnet-1"]})
    message = "the plan does not make all of the subnets, and their routes are not known"
    assert on_plan(RULE, stack_of({**plan(), "nodes": nodes})) == [("nodes", Undetermined("subnetIds", message, LATER))]


def test_a_component_whose_node_group_is_in_the_plan_is_left_to_that() -> None:
    behind = {"subnetIds": ["subnet-public"]}
    component = resource("eks", "eks:index:ManagedNodeGroup", {"subnetIds": [UNKNOWN]}, behind)
    nodes = replace(plan()["nodes"], parent="eks")
    assert on_plan(RULE, stack_of({**plan(), "eks": component, "nodes": nodes})) == []
