"""CoreDNS and the load balancer controller."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eks_fargate.live.checks import State
from eks_fargate.live.verify.in_cluster.deployments import controller, core_dns
from eks_fargate.live.verify.in_cluster.inside import DEPLOYMENTS, PODS, Inside
from tests.live.api_server import ApiServer
from tests.live.in_cluster import CORE_DNS, deployment, pod
from tests.live.telling import not_well, told

NAME = "Deployment kube-system/coredns"


def test_a_healthy_cluster_is_well(inside: Inside) -> None:
    assert not_well([*core_dns(inside), *controller(inside)]) == []


def test_replicas_that_are_not_ready_are_a_problem(inside: Inside, api_server: ApiServer) -> None:
    api_server.objects[DEPLOYMENTS] = [deployment("coredns", CORE_DNS, ready=1)]
    check = told(core_dns(inside), NAME)
    assert (check.state, check.planned, check.actual) == (State.PROBLEM, "2 ready", "1 ready")


def test_a_deployment_scaled_to_nothing_is_not_healthy(inside: Inside, api_server: ApiServer) -> None:
    scaled = deployment("coredns", CORE_DNS, ready=0)
    scaled["spec"]["replicas"] = 0
    api_server.objects[DEPLOYMENTS] = [scaled]
    assert told(core_dns(inside), NAME).actual == "scaled to 0"


def test_a_deployment_without_any_pod_is_not_healthy(inside: Inside, api_server: ApiServer) -> None:
    api_server.objects[PODS] = []
    assert told(core_dns(inside), "nodes of coredns").actual == "no pods"


def test_pods_on_other_nodes_than_planned_are_a_problem(inside: Inside, api_server: ApiServer) -> None:
    api_server.objects[PODS] = [pod("coredns-1", "kube-system", CORE_DNS, "ip-10-30-0-9.ec2.internal")]
    check = told(core_dns(inside), "nodes of coredns")
    assert (check.state, check.actual) == (State.PROBLEM, "kube-system/coredns-1 on ip-10-30-0-9.ec2.internal")
    assert check.fix == "kubectl rollout restart -n kube-system deployment coredns"


def test_a_controller_that_is_missing_is_a_problem_only_where_one_is_planned(
    inside: Inside, api_server: ApiServer
) -> None:
    api_server.objects[DEPLOYMENTS] = []
    assert [check.actual for check in controller(inside)] == ["missing"]
    assert controller(replace(inside, demand=replace(inside.demand, pods=()))) == []


@pytest.mark.parametrize("path", [DEPLOYMENTS, PODS])
def test_what_may_not_be_listed_is_not_checked(inside: Inside, api_server: ApiServer, path: str) -> None:
    api_server.statuses[path] = 403
    assert State.NOT_CHECKED in {check.state for check in core_dns(inside)}
