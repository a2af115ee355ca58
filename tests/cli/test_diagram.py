"""The diagram of a plan: what stands for what, and which edges are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eks_fargate.cli.diagram import diagram
from eks_fargate.fargate.resources import Resource
from eks_fargate.offline.plan import Plan

STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev"


def urn(type_: str, name: str) -> str:
    return f"urn:pulumi:dev::shop::{type_}::{name}"


def component(name: str) -> Resource:
    return Resource(urn(f"demo:index:{name}", name), f"demo:index:{name}", name, STACK, {}, custom=False)


def resource(
    type_: str,
    name: str,
    inputs: Mapping[str, Any] | None = None,
    *,
    inside: Resource | None = None,
    after: tuple[str, ...] = (),
) -> Resource:
    return Resource(urn(type_, name), type_, name, inside.urn if inside else STACK, inputs or {}, dependencies=after)


def drawn(*resources: Resource) -> list[str]:
    stack = Resource(STACK, "pulumi:pulumi:Stack", "shop-dev", "", {}, custom=False)
    return diagram(Plan("dev", "shop", "eu-west-1", (stack, *resources), {})).splitlines()


def test_a_component_stands_for_what_is_in_it() -> None:
    network = component("Network")
    vpc = resource("aws:ec2/vpc:Vpc", "vpc", {"cidrBlock": "10.0.0.0/16"}, inside=network)
    subnets = [resource("aws:ec2/subnet:Subnet", name, inside=network) for name in ("a", "b")]
    assert drawn(network, vpc, *subnets) == [
        "flowchart LR",
        '  n0["Network Network (3)<br>ec2 Vpc 10.0.0.0/16<br>ec2 Subnet: 2"]',
    ]


def test_resources_in_no_component_stand_together_by_their_type() -> None:
    queues = [resource("aws:sqs/queue:Queue", name) for name in ("a", "b")]
    assert drawn(*queues) == ["flowchart LR", '  n0["sqs Queue (2)"]']


def test_an_edge_that_follows_from_others_is_left_out() -> None:
    first, second, third = component("A"), component("B"), component("C")
    one = resource("aws:sqs/queue:Queue", "one", inside=first)
    two = resource("aws:sqs/queue:Queue", "two", inside=second, after=(one.urn,))
    three = resource("aws:sqs/queue:Queue", "three", inside=third, after=(one.urn, two.urn))
    assert drawn(first, second, third, one, two, three)[4:] == ["  n0 --> n1", "  n1 --> n2"]


def test_nodes_that_wait_for_each_other_stay_joined() -> None:
    first, second = component("A"), component("B")
    one = resource("aws:sqs/queue:Queue", "one", inside=first)
    two = resource("aws:sqs/queue:Queue", "two", inside=second, after=(one.urn,))
    three = resource("aws:sqs/queue:Queue", "three", inside=first, after=(two.urn,))
    assert drawn(first, second, one, two, three)[3:] == ["  n0 --> n1", "  n1 --> n0"]


def test_of_many_alike_the_first_are_named() -> None:
    profiles = [
        resource("aws:eks/fargateProfile:FargateProfile", f"p{number}", {"fargateProfileName": f"p{number}"})
        for number in range(10)
    ]
    (label,) = drawn(*profiles)[1:]
    assert label.endswith('<br>eks FargateProfile p7<br>and 2 more"]')


def test_text_that_mermaid_would_read_is_escaped() -> None:
    (label,) = drawn(resource("aws:ec2/vpc:Vpc", "vpc", {"cidrBlock": 'a"<b>#'}))[1:]
    assert label == '  n0["ec2 Vpc (1)<br>ec2 Vpc a#quot;#lt;b#gt;#35;"]'
