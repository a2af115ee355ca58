"""What a planned platform costs by the month, line by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from eks_fargate.fargate.facts import Facts
from eks_fargate.fargate.prices import NotKnown, instance_price, price
from eks_fargate.fargate.pricing import CostItem, Price, cost_item, pod_price
from eks_fargate.fargate.resource_types import CLUSTER, NODE_GROUP
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.sizing import Size
from eks_fargate.fargate.stack import Stack
from eks_fargate.fargate.unknown import Unknown
from eks_fargate.fargate.versions import Status, support

_NAT_GATEWAY = "aws:ec2/natGateway:NatGateway"
_ADDRESS = "aws:ec2/eip:Eip"
_ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
_LOAD_BALANCERS = ("aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer")
_INGRESS = "kubernetes:networking.k8s.io/v1:Ingress"
_GROUP_NAME = "alb.ingress.kubernetes.io/group.name"
# What EKS takes where a node group names no instance type.
# https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html
_DEFAULT_INSTANCE_TYPE = "t3.medium"


@dataclass(frozen=True, slots=True)
class FargatePods:
    """The pods of one workload on Fargate: what they are called, how many there are, and of what size."""

    what: str
    replicas: int | None
    size: Size


@dataclass(frozen=True, slots=True, eq=False)
class _Bill:
    stack: Stack
    region: str | Unknown
    today: date

    @property
    def facts(self) -> Facts:
        return self.stack.facts

    def hourly(self, item: str) -> Price | NotKnown:
        found = price(item, self.region, self.facts)
        return found if isinstance(found, NotKnown) else Price(found)


def platform_items(stack: Stack, region: str | Unknown, today: date, pods: Sequence[FargatePods]) -> list[CostItem]:
    """The monthly bill of a planned stack, in a fixed order: control plane, nodes, pods, network, load balancers.

    pods: those on Fargate. Traffic, log storage and disks are left out, as notes say.
    """
    bill = _Bill(stack, region, today)
    parts: tuple[Callable[[_Bill], list[CostItem]], ...] = (_control_planes, _nodes)
    items = [item for part in parts for item in part(bill)]
    items += [cost_item(one.what, one.replicas, "pod", pod_price(one.size, region, bill.facts)) for one in pods]
    return [*items, *_network(bill), *_load_balancers(bill)]


def _control_planes(bill: _Bill) -> list[CostItem]:
    return [
        cost_item(f"EKS control plane {cluster.name}", 1, "cluster", _control_plane(cluster, bill))
        for cluster in bill.stack.of_type(CLUSTER)
    ]


def _control_plane(cluster: Resource, bill: _Bill) -> Price | NotKnown:
    what = "the price of the control plane"
    version = cluster.inputs.get("version")
    if isinstance(version, Unknown):
        return NotKnown(what, because="its version is not known before deployment")
    status = support(str(version), bill.today, bill.facts).status if version else Status.STANDARD
    if status in {Status.ENDED, Status.NEVER}:
        return NotKnown(what, because=f"AWS does not support version {version} on {bill.today}")
    return bill.hourly("clusterExtendedHour" if status is Status.EXTENDED else "clusterHour")


def _nodes(bill: _Bill) -> list[CostItem]:
    return [
        cost_item(
            f"Nodes of {group.name}", _desired(group), "node", _node(group, bill), "at the desired size; without disks"
        )
        for group in bill.stack.of_type(NODE_GROUP)
    ]


def _desired(group: Resource) -> int | None:
    scaling = group.inputs.get("scalingConfig")
    size = scaling.get("desiredSize") if isinstance(scaling, Mapping) else None
    return int(size) if isinstance(size, (int, float)) else None


def _node(group: Resource, bill: _Bill) -> Price | NotKnown:
    what = "the price of a node"
    types = group.inputs.get("instanceTypes")
    if group.inputs.get("capacityType") == "SPOT":
        return NotKnown(what, because="Spot capacity has another price every hour")
    if types is None and group.inputs.get("launchTemplate") is None:
        types = [_DEFAULT_INSTANCE_TYPE]
    if not isinstance(types, list) or len(types) != 1 or not isinstance(types[0], str):
        return NotKnown(what, because="the plan does not tell one instance type")
    found = instance_price(types[0], bill.region, bill.facts)
    return found if isinstance(found, NotKnown) else Price(found)


def _network(bill: _Bill) -> list[CostItem]:
    stack = bill.stack
    lines = [
        ("NAT gateways", len(stack.of_type(_NAT_GATEWAY)), "gateway", "natGatewayHour", "without the traffic"),
        ("Public IPv4 addresses", len(stack.of_type(_ADDRESS)), "address", "publicIpv4Hour", ""),
    ]
    items = [cost_item(what, count, unit, bill.hourly(item), note) for what, count, unit, item, note in lines if count]
    interfaces = [one for one in stack.of_type(_ENDPOINT) if one.inputs.get("vpcEndpointType") == "Interface"]
    if interfaces:
        zones = [_zones(one, stack) for one in interfaces]
        count = None if None in zones else sum(zone for zone in zones if zone is not None)
        each = bill.hourly("interfaceEndpointHour")
        items.append(cost_item("Interface endpoints", count, "endpoint and zone", each, "without the traffic"))
    return items


def _zones(endpoint: Resource, stack: Stack) -> int | None:
    subnets: Any = endpoint.inputs.get("subnetIds")
    return len(subnets) if isinstance(subnets, list) else len(stack.behind(endpoint, "subnetIds")) or None


def _load_balancers(bill: _Bill) -> list[CostItem]:
    planned = bill.stack.of_type(*_LOAD_BALANCERS)
    others = [one for one in planned if one.inputs.get("loadBalancerType", "application") != "application"]
    albs = len(planned) - len(others) + len(_ingress_groups(bill.stack))
    items = []
    if albs:
        note = "without capacity units (LCU), which follow the traffic"
        items.append(cost_item("Application Load Balancers", albs, "load balancer", bill.hourly("albHour"), note))
    if others:
        unknown = NotKnown("the price of a load balancer that is no Application Load Balancer")
        items.append(cost_item("Other load balancers", len(others), "load balancer", unknown))
    return items


def _ingress_groups(stack: Stack) -> set[str]:
    """The load balancers that Ingresses make: one for each Ingress, or for each group of them."""
    found = set()
    for ingress in stack.of_type(_INGRESS):
        metadata, spec = ingress.inputs.get("metadata"), ingress.inputs.get("spec")
        annotations = metadata.get("annotations") if isinstance(metadata, Mapping) else None
        named: Any = annotations if isinstance(annotations, Mapping) else {}
        class_name = spec.get("ingressClassName") if isinstance(spec, Mapping) else None
        if "alb" in {class_name, named.get("kubernetes.io/ingress.class")}:
            group = named.get(_GROUP_NAME)
            found.add(f"group {group}" if isinstance(group, str) else ingress.urn)
    return found
