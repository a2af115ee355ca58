"""The network: VPC, subnets, the routes of the private ones, NAT gateways and endpoints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from eks_fargate.fargate.resource_types import SUBNET, VPC
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.routes import is_public
from eks_fargate.live.account import Account, Answer
from eks_fargate.live.answers import listed, name_of, route_table_of
from eks_fargate.live.checks import Check, State, compared, not_checked, ok
from eks_fargate.live.demand import Demand, text
from eks_fargate.live.failures import Failure, Kind
from eks_fargate.live.verify.found import found, of_vpc

_AREA: Final = "network"
_UP: Final = "run `pulumi refresh`, then `pulumi up`"
_NAT_GATEWAY: Final = "aws:ec2/natGateway:NatGateway"
_ENDPOINT: Final = "aws:ec2/vpcEndpoint:VpcEndpoint"
_GATEWAY: Final = "aws:ec2/internetGateway:InternetGateway"
_DEFAULT_ROUTE: Final = "0.0.0.0/0"


def network(account: Account, demand: Demand) -> list[Check]:
    """What the plan makes of the network; that of a VPC which the plan is given is not the plan's to check."""
    if not demand.stack.of_type(VPC):
        return []
    vpc_id = found(account, demand).vpc_id
    if isinstance(vpc_id, Failure):
        if vpc_id.kind is Kind.MISSING:
            return [
                Check(_AREA, "VPC", State.PROBLEM, "exists", why="there is no VPC as planned", fix="run `pulumi up`")
            ]
        return [not_checked(_AREA, "VPC", vpc_id)]
    subnets, tables = (of_vpc(account, operation, vpc_id) for operation in ("DescribeSubnets", "DescribeRouteTables"))
    return [
        *_dns(account, vpc_id, demand),
        *_subnets(subnets, tables, demand),
        *_gateways(account, vpc_id, demand),
        *_endpoints(of_vpc(account, "DescribeVpcEndpoints", vpc_id), demand),
    ]


def _dns(account: Account, vpc_id: str, demand: Demand) -> Iterator[Check]:
    inputs = demand.stack.of_type(VPC)[0].inputs
    for key in ("enableDnsSupport", "enableDnsHostnames"):
        answer = account.ask("ec2", "DescribeVpcAttribute", VpcId=vpc_id, Attribute=key)
        if isinstance(answer, Failure):
            yield not_checked(_AREA, f"{vpc_id}: {key}", answer)
            continue
        actual = answer[key[0].upper() + key[1:]]["Value"]
        yield compared(_AREA, f"{vpc_id}: {key}", _word(inputs.get(key, key == "enableDnsSupport")), _word(actual), _UP)


def _word(value: object) -> str:
    return "on" if value is True else "off" if value is False else "not known before deployment"


def _subnets(subnets: Answer, tables: Answer, demand: Demand) -> Iterator[Check]:
    by_block = {str(one.get("CidrBlock")): one for one in listed(subnets, "Subnets")}
    for planned in demand.stack.of_type(SUBNET):
        block = text(planned.inputs.get("cidrBlock"))
        subject = f"{planned.name} ({block})"
        if isinstance(subnets, Failure):
            yield not_checked(_AREA, subject, subnets)
        elif block is None or block not in by_block:
            yield Check(
                _AREA, subject, State.PROBLEM, "exists", why="the VPC has no such subnet", fix="run `pulumi up`"
            )
        else:
            live = by_block[block]
            zone = text(planned.inputs.get("availabilityZoneId"))
            if zone is not None:
                yield compared(_AREA, f"{subject}: zone", zone, str(live.get("AvailabilityZoneId")), _UP)
            if is_public(planned, demand.stack) is False:
                yield _routes(subject, str(live["SubnetId"]), tables, planned, demand)


def _routes(subject: str, subnet_id: str, tables: Answer, planned: Resource, demand: Demand) -> Check:
    """A private subnet has no route to an internet gateway, no blackhole, and a default route where one is planned."""
    subject = f"{subject}: routes"
    if isinstance(tables, Failure):
        return not_checked(_AREA, subject, tables)
    table = route_table_of(subnet_id, listed(tables, "RouteTables"))
    if table is None:
        return not_checked(_AREA, subject, "the VPC's main route table was not listed")
    routes = table.get("Routes", [])
    out = [str(one["GatewayId"]) for one in routes if str(one.get("GatewayId", "")).startswith("igw-")]
    if out:
        why = "EKS takes only subnets without a route to an internet gateway for Fargate"
        return Check(_AREA, subject, State.PROBLEM, "private", f"a route to {out[0]}", why, _UP)
    dead = [str(one.get("DestinationCidrBlock", "a prefix list")) for one in routes if one.get("State") == "blackhole"]
    if dead:
        why = "what the route leads to is gone: pods cannot pull images"
        return Check(_AREA, subject, State.PROBLEM, "active", f"{dead[0]} is a blackhole", why, _UP)
    default = [one for one in routes if one.get("DestinationCidrBlock") == _DEFAULT_ROUTE]
    if _plans_default(planned, demand) and not default:
        why = "pods cannot pull images or reach AWS"
        return Check(_AREA, subject, State.PROBLEM, f"a route for {_DEFAULT_ROUTE}", "none", why, _UP)
    return ok(_AREA, subject, "private", "no route to an internet gateway, none that is a blackhole")


def _plans_default(subnet: Resource, demand: Demand) -> bool:
    stack = demand.stack
    tables = [
        table
        for one in stack.of_type("aws:ec2/routeTableAssociation:RouteTableAssociation")
        if subnet in stack.behind(one, "subnetId")
        for table in stack.behind(one, "routeTableId")
    ]
    return any(
        route.inputs.get("destinationCidrBlock") == _DEFAULT_ROUTE
        for route in stack.of_type("aws:ec2/route:Route")
        if any(table in stack.behind(route, "routeTableId") for table in tables)
    )


def _gateways(account: Account, vpc_id: str, demand: Demand) -> Iterator[Check]:
    planned = demand.stack.of_type(_NAT_GATEWAY)
    if planned:
        nats = account.ask("ec2", "DescribeNatGateways", Filter=[{"Name": "vpc-id", "Values": [vpc_id]}])
        yield _counted("NAT gateways", len(planned), nats, "NatGateways")
    if demand.stack.of_type(_GATEWAY):
        gateways = of_vpc(account, "DescribeInternetGateways", vpc_id, "attachment.vpc-id")
        count = len(demand.stack.of_type(_GATEWAY))
        yield _counted("internet gateways", count, gateways, "InternetGateways")


def _counted(subject: str, planned: int, answer: Answer, key: str) -> Check:
    """How many there are that work; told by number, since Pulumi names none of them."""
    if isinstance(answer, Failure):
        return not_checked(_AREA, subject, answer)
    working = [one for one in listed(answer, key) if one.get("State", "available") == "available"]
    states = [f"{name_of(one) or 'one'} is {one['State']}" for one in listed(answer, key) if one not in working]
    if len(working) >= planned:
        return ok(_AREA, subject, f"{planned} available", f"{len(working)} available")
    why = "; ".join([f"{planned - len(working)} too few", *sorted(states)])
    return Check(_AREA, subject, State.PROBLEM, f"{planned} available", f"{len(working)} available", why, _UP)


def _endpoints(answer: Answer, demand: Demand) -> Iterator[Check]:
    states = {str(one.get("ServiceName")): str(one.get("State", "")) for one in listed(answer, "VpcEndpoints")}
    for planned in demand.stack.of_type(_ENDPOINT):
        service = text(planned.inputs.get("serviceName"))
        subject = f"endpoint of {service or planned.name}"
        if isinstance(answer, Failure):
            yield not_checked(_AREA, subject, answer)
        elif service is None:
            yield not_checked(_AREA, subject, "its service is not known before deployment")
        else:
            yield compared(_AREA, subject, "available", states.get(service, "does not exist").lower(), _UP)
