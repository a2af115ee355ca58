"""Whether a planned subnet is public: it has a route to an internet gateway.

Decided by the plan's own routes, followed through property dependencies: the ids themselves are not known yet.
Source: https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html#subnet-types
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eks_fargate.fargate.resource_types import VPC
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.stack import Stack
from eks_fargate.fargate.unknown import UNKNOWN, Unknown

_GATEWAY = "aws:ec2/internetGateway:InternetGateway"
_ROUTE = "aws:ec2/route:Route"
_TABLE = "aws:ec2/routeTable:RouteTable"
_DEFAULT_TABLE = "aws:ec2/defaultRouteTable:DefaultRouteTable"
_ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation"
_MAIN_ASSOCIATION = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation"


def is_public(subnet: Resource, stack: Stack) -> bool | Unknown:
    """Whether the subnet's route table leads to an internet gateway; unknown where the plan does not have it all."""
    tables = _tables(subnet, stack)
    if tables is None:
        return UNKNOWN
    answers = [answer for table in tables for answer in _leads_out(table, stack)]
    if True in answers:
        return True
    return UNKNOWN if UNKNOWN in answers else False


def _tables(subnet: Resource, stack: Stack) -> list[Resource] | None:
    """What routes lead from: the subnet's own tables, else the VPC and its main table. None: not in the plan."""
    own = [one for one in stack.of_type(_ASSOCIATION) if subnet in stack.behind(one, "subnetId")]
    if own:
        return _associated(own, stack)
    vpcs = stack.behind(subnet, "vpcId", VPC)
    if not vpcs:
        return None
    main = [one for one in stack.of_type(_MAIN_ASSOCIATION) if vpcs[0] in stack.behind(one, "vpcId")]
    if main:
        return _associated(main, stack)
    defaults = stack.of_type(_DEFAULT_TABLE)
    return [vpcs[0], *(table for table in defaults if vpcs[0] in stack.behind(table, "defaultRouteTableId"))]


def _associated(associations: list[Resource], stack: Stack) -> list[Resource] | None:
    found = [stack.behind(one, "routeTableId", _TABLE, _DEFAULT_TABLE, VPC) for one in associations]
    return [table for tables in found for table in tables] if all(found) else None


def _leads_out(table: Resource, stack: Stack) -> Iterator[bool | Unknown]:
    for route in stack.of_type(_ROUTE):
        if table in stack.behind(route, "routeTableId"):
            yield _is_internet_gateway(route.inputs.get("gatewayId"), stack.behind(route, "gatewayId"))
    inline = table.inputs.get("routes")
    gateways = stack.behind(table, "routes")
    if isinstance(inline, Unknown):
        yield _is_internet_gateway(inline, gateways)
    elif isinstance(inline, list):
        for route in inline:
            gateway = route.get("gatewayId") if isinstance(route, dict) else route
            yield _is_internet_gateway(gateway, gateways)


def _is_internet_gateway(gateway_id: Any, sources: list[Resource]) -> bool | Unknown:
    """Whether a gateway id is an internet gateway's; where it is not known, by the resources that it comes from."""
    if not isinstance(gateway_id, Unknown):
        return isinstance(gateway_id, str) and gateway_id.startswith("igw-")
    if any(source.type == _GATEWAY for source in sources):
        return True
    return False if sources else UNKNOWN
