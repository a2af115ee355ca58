"""What a destroy would leave behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from eks_fargate.fargate.findings import Level
from eks_fargate.live.before_destroy import before_destroy
from eks_fargate.live.checks import Check, State
from eks_fargate.live.demand import Demand
from tests.live.api_server import ApiServer
from tests.live.conftest import Live
from tests.live.telling import not_well, told

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
INGRESSES = "/apis/networking.k8s.io/v1/ingresses"
BALANCER = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/k8s-shop/1"


@pytest.fixture
def inside(live: Live, api_server: ApiServer) -> Live:
    """The environment with its API server, in which nothing was made by hand."""
    live.cluster |= {"endpoint": api_server.url, "certificateAuthority": {"data": api_server.authority}}
    live.documented.answers("ec2", "DescribeNetworkInterfaces", {"NetworkInterfaces": []})
    live.documented.answers("resourcegroupstaggingapi", "GetResources", {"ResourceTagMappingList": []})
    return live


def looked(live: Live, demand: Demand) -> tuple[Check, ...]:
    return before_destroy(live.account, demand, NOW).checks


def test_where_nothing_was_made_besides_the_plan_nothing_is_left(inside: Live, demand: Demand) -> None:
    assert not_well(looked(inside, demand)) == []


def test_what_is_protected_stops_a_destroy(inside: Live, demand: Demand) -> None:
    resources = [
        replace(one, options={"protect": True}) if one.name == "network-vpc" else one for one in demand.stack.resources
    ]
    inside.cluster["deletionProtection"] = True
    found = looked(inside, replace(demand, stack=replace(demand.stack, resources=resources)))
    assert told(found, "protect").actual == "network-vpc"
    assert told(found, "deletion protection").why == "EKS refuses to delete the cluster"


def test_an_ingress_is_told_with_its_finalizers_and_how_to_go_about_it(
    inside: Live, api_server: ApiServer, demand: Demand
) -> None:
    metadata = {"namespace": "shop", "name": "web", "finalizers": ["ingress.k8s.aws/resources"]}
    api_server.objects[INGRESSES] = [{"metadata": metadata}]
    check = told(looked(inside, demand), "Ingress/shop/web")
    assert check.state is State.PROBLEM
    assert check.why.endswith("finalizers: ingress.k8s.aws/resources")
    assert check.fix == "kubectl delete ingress -n shop web, and wait until it is gone"


def test_only_services_with_a_load_balancer_leave_one(inside: Live, api_server: ApiServer, demand: Demand) -> None:
    api_server.objects["/api/v1/services"] = [
        {"metadata": {"namespace": "shop", "name": name}, "spec": {"type": type_}}
        for name, type_ in (("open", "LoadBalancer"), ("shut", "ClusterIP"))
    ]
    assert not_well(looked(inside, demand)) == [("problem", "Service/shop/open")]


def test_a_load_balancer_is_found_by_the_clusters_tag(inside: Live, demand: Demand) -> None:
    def answer(given: Mapping[str, Any]) -> dict[str, Any]:
        (tag,) = given["TagFilters"]
        mine = tag == {"Key": "elbv2.k8s.aws/cluster", "Values": ["eks-fargate-whole"]}
        return {"ResourceTagMappingList": [{"ResourceARN": BALANCER, "Tags": []}] if mine else []}

    inside.documented.answers("resourcegroupstaggingapi", "GetResources", answer)
    assert told(looked(inside, demand), BALANCER).state is State.PROBLEM


def test_the_security_group_that_eks_makes_goes_with_the_cluster(inside: Live, demand: Demand) -> None:
    tags = [{"Key": "aws:eks:cluster-name", "Value": "eks-fargate-whole"}]
    arn = "arn:aws:ec2:us-east-1:123456789012:security-group/sg-1"
    answer = {"ResourceTagMappingList": [{"ResourceARN": arn, "Tags": tags}]}
    inside.documented.answers("resourcegroupstaggingapi", "GetResources", answer)
    assert not_well(looked(inside, demand)) == []


@pytest.mark.parametrize(
    ("interface", "fix"),
    [
        ({"Status": "available", "Description": "Amazon EKS old"}, "delete it"),
        (
            {"Status": "in-use", "InterfaceType": "interface", "Attachment": {"InstanceId": "i-1"}},
            "delete what it belongs to (i-1)",
        ),
    ],
)
def test_interfaces_that_stay_block_the_network(
    inside: Live, demand: Demand, interface: dict[str, Any], fix: str
) -> None:
    interfaces = [{"NetworkInterfaceId": "eni-1", **interface}]
    inside.documented.answers("ec2", "DescribeNetworkInterfaces", {"NetworkInterfaces": interfaces})
    check = told(looked(inside, demand), "eni-1")
    assert (check.state, check.fix) == (State.PROBLEM, fix)


@pytest.mark.parametrize(
    "interface",
    [
        {"InterfaceType": "nat_gateway"},
        {"InterfaceType": "vpc_endpoint"},
        {"Description": "Amazon EKS eks-fargate-whole"},
        {"TagSet": [{"Key": "eks:nodegroup-name", "Value": "general"}]},
    ],
)
def test_interfaces_that_go_with_the_plan_are_well(inside: Live, demand: Demand, interface: dict[str, Any]) -> None:
    interfaces = [{"NetworkInterfaceId": "eni-1", "Status": "in-use", **interface}]
    inside.documented.answers("ec2", "DescribeNetworkInterfaces", {"NetworkInterfaces": interfaces})
    assert not_well(looked(inside, demand)) == []


def test_a_log_group_that_is_not_planned_stays(inside: Live, demand: Demand) -> None:
    groups = [{"logGroupName": "/aws/eks/eks-fargate-whole/by-hand"}]
    inside.documented.answers("logs", "DescribeLogGroups", {"logGroups": groups})
    check = told(looked(inside, demand), "/aws/eks/eks-fargate-whole/by-hand")
    assert (check.state, check.level) == (State.PROBLEM, Level.WARNING)


@pytest.mark.parametrize(
    ("service", "operation"),
    [
        ("ec2", "DescribeNetworkInterfaces"),
        ("eks", "DescribeCluster"),
        ("logs", "DescribeLogGroups"),
        ("resourcegroupstaggingapi", "GetResources"),
    ],
)
def test_any_single_call_may_fail_and_is_told(inside: Live, demand: Demand, service: str, operation: str) -> None:
    inside.documented.fails(service, operation, "AccessDeniedException")
    found = [check for check in looked(inside, demand) if f"{service}:{operation} " in check.why]
    assert found
    assert {check.state for check in found} == {State.NOT_CHECKED}
