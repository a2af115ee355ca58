"""The Fargate nodes."""

from __future__ import annotations

from eks_fargate.fargate.findings import Level
from eks_fargate.live.checks import State
from eks_fargate.live.verify.in_cluster.inside import NODES, Inside
from eks_fargate.live.verify.in_cluster.nodes import nodes
from tests.live.api_server import ApiServer
from tests.live.in_cluster import node


def test_nodes_that_are_ready_are_one_line(inside: Inside) -> None:
    (check,) = nodes(inside)
    assert (check.state, check.actual) == (State.OK, "4 ready")


def test_a_node_that_is_not_ready_is_a_problem(inside: Inside, api_server: ApiServer) -> None:
    api_server.objects[NODES] = [node("fargate-1", ready="False"), node("ip-10-0-0-1", ready="False")]
    (check,) = nodes(inside)
    assert (check.state, check.subject) == (State.PROBLEM, "fargate-1")


def test_kubelets_behind_the_control_plane_are_a_warning(inside: Inside, api_server: ApiServer) -> None:
    api_server.objects[NODES] = [node("fargate-1", version="v1.34.1-eks-2"), node("fargate-2")]
    (check,) = nodes(inside)
    assert (check.level, check.planned, check.actual) == (Level.WARNING, "1.35", "older on fargate-1")
