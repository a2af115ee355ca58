from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from eks_fargate.fargate.platform_cost import FargatePods, platform_items
from eks_fargate.fargate.pricing import CostItem, total
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.sizing import Size
from eks_fargate.fargate.stack import Stack
from eks_fargate.fargate.unknown import UNKNOWN, Unknown

TODAY = date(2026, 11, 21)
CLUSTER = "aws:eks/cluster:Cluster"
NODE_GROUP = "aws:eks/nodeGroup:NodeGroup"
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
INGRESS = "kubernetes:networking.k8s.io/v1:Ingress"
LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer"


def items(
    *resources: tuple[str, Mapping[str, Any]], region: str | Unknown = "us-east-1", pods: Sequence[FargatePods] = ()
) -> list[CostItem]:
    planned = [Resource(f"urn-{n}", type_, f"name-{n}", "", inputs) for n, (type_, inputs) in enumerate(resources)]
    return platform_items(Stack(planned), region, TODAY, pods)


def test_a_platform_s_bill() -> None:
    bill = items(
        (CLUSTER, {"version": "1.35"}),
        ("aws:ec2/natGateway:NatGateway", {}),
        ("aws:ec2/eip:Eip", {}),
        (ENDPOINT, {"vpcEndpointType": "Gateway"}),
        (INGRESS, {"spec": {"ingressClassName": "alb"}}),
        pods=[FargatePods("CoreDNS", 2, Size(250, 512, 20))],
    )
    assert bill == [
        CostItem("EKS control plane name-0", 1, "cluster", Decimal("73.00"), Decimal("73.00")),
        CostItem("CoreDNS", 2, "pod", Decimal("9.010025"), Decimal("18.02005")),
        CostItem("NAT gateways", 1, "gateway", Decimal("32.85"), Decimal("32.85"), "without the traffic"),
        CostItem("Public IPv4 addresses", 1, "address", Decimal("3.65"), Decimal("3.65")),
        CostItem(
            "Application Load Balancers",
            1,
            "load balancer",
            Decimal("16.425"),
            Decimal("16.425"),
            "without capacity units (LCU), which follow the traffic",
        ),
    ]
    assert total(bill).monthly_usd == Decimal("143.94505")


def test_an_empty_plan_costs_nothing() -> None:
    assert items() == []


@pytest.mark.parametrize(
    ("version", "monthly"), [("1.35", "73.00"), ("1.37", "73.00"), (None, "73.00"), ("1.33", "438.00")]
)
def test_the_control_plane_costs_more_in_extended_support(version: str | None, monthly: str) -> None:
    (line,) = items((CLUSTER, {"version": version}))
    assert line.monthly_usd == Decimal(monthly)


@pytest.mark.parametrize(
    ("version", "because"),
    [
        ("1.20", "AWS does not support version 1.20 on 2026-11-21"),
        (UNKNOWN, "its version is not known before deployment"),
    ],
)
def test_a_control_plane_without_a_price(version: object, because: str) -> None:
    (line,) = items((CLUSTER, {"version": version}))
    assert line.monthly_usd is None
    assert line.note == f"the price of the control plane is not known, because {because}"


def test_nodes_cost_their_instances_at_the_desired_size() -> None:
    (line,) = items((NODE_GROUP, {"instanceTypes": ["m5.large"], "scalingConfig": {"desiredSize": 3}}))
    assert line == CostItem(
        "Nodes of name-0", 3, "node", Decimal("70.08"), Decimal("210.24"), "at the desired size; without disks"
    )


def test_a_node_group_that_names_no_instance_type_has_the_default_one() -> None:
    (line,) = items((NODE_GROUP, {"scalingConfig": {"desiredSize": 1}}))
    assert line.monthly_usd == Decimal("30.368")


@pytest.mark.parametrize(
    ("inputs", "note"),
    [
        ({"instanceTypes": ["m5.large"], "capacityType": "SPOT"}, "because Spot capacity has another price every hour"),
        ({"instanceTypes": ["m5.large", "m6i.large"]}, "because the plan does not tell one instance type"),
        ({"instanceTypes": UNKNOWN}, "because the plan does not tell one instance type"),
        ({"launchTemplate": {"id": UNKNOWN}}, "because the plan does not tell one instance type"),
        ({"instanceTypes": ["x9.huge"]}, 'set overrides.prices.regions.us-east-1.instanceHour."x9.huge".usd'),
    ],
)
def test_nodes_without_a_price_say_so(inputs: dict[str, Any], note: str) -> None:
    (line,) = items((NODE_GROUP, {"scalingConfig": {"desiredSize": 2}, **inputs}))
    assert (line.quantity, line.monthly_usd) == (2, None)
    assert line.note.endswith(note)


def test_an_interface_endpoint_costs_by_the_zone() -> None:
    (line,) = items(
        (ENDPOINT, {"vpcEndpointType": "Interface", "subnetIds": [UNKNOWN, UNKNOWN]}),
        (ENDPOINT, {"vpcEndpointType": "Interface", "subnetIds": [UNKNOWN]}),
    )
    assert (line.quantity, line.unit, line.monthly_usd) == (3, "endpoint and zone", Decimal("21.90"))


def test_an_endpoint_whose_zones_are_not_known_has_no_figure() -> None:
    (line,) = items((ENDPOINT, {"vpcEndpointType": "Interface", "subnetIds": UNKNOWN}))
    assert (line.quantity, line.monthly_usd) == (None, None)
    assert line.note == "how many (endpoint and zone) is not known before deployment"


def test_ingresses_of_a_group_share_a_load_balancer() -> None:
    grouped = {"alb.ingress.kubernetes.io/group.name": "shop", "kubernetes.io/ingress.class": "alb"}
    (line,) = items(
        (INGRESS, {"metadata": {"annotations": grouped}}),
        (INGRESS, {"metadata": {"annotations": grouped}}),
        (INGRESS, {"spec": {"ingressClassName": "alb"}}),
        (INGRESS, {"spec": {"ingressClassName": "nginx"}}),
        (LOAD_BALANCER, {}),
    )
    assert line.quantity == 3


def test_a_network_load_balancer_is_listed_without_a_price() -> None:
    (line,) = items((LOAD_BALANCER, {"loadBalancerType": "network"}))
    assert (line.what, line.quantity, line.monthly_usd) == ("Other load balancers", 1, None)


def test_a_region_not_known_leaves_every_line_without_a_figure() -> None:
    (line,) = items((CLUSTER, {"version": "1.35"}), region=UNKNOWN)
    assert line.monthly_usd is None
