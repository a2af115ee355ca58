"""Fargate's log router."""

from __future__ import annotations

from eks_fargate.fargate.findings import Level
from eks_fargate.live.checks import State
from eks_fargate.live.verify.in_cluster.inside import PODS, Inside
from eks_fargate.live.verify.in_cluster.logging import logging
from tests.live.api_server import ApiServer
from tests.live.in_cluster import pod
from tests.live.telling import not_well, told

CONFIG_MAPS = "/api/v1/namespaces/aws-observability/configmaps"
CONFIG_MAP = "ConfigMap aws-observability/aws-logging"


def test_logging_as_planned_is_well(inside: Inside) -> None:
    assert not_well(logging(inside)) == []


def test_a_namespace_without_its_label_is_a_problem(inside: Inside, api_server: ApiServer) -> None:
    api_server.objects["/api/v1/namespaces"] = [{"metadata": {"name": "aws-observability"}}]
    assert told(logging(inside), "Namespace aws-observability").actual == "no such label"


def test_a_config_map_that_is_gone_is_a_problem(inside: Inside, api_server: ApiServer) -> None:
    api_server.objects[CONFIG_MAPS] = []
    assert told(logging(inside), CONFIG_MAP).actual == "missing"


def test_a_config_map_that_drifted_is_told_by_its_keys_alone(inside: Inside, api_server: ApiServer) -> None:
    api_server.objects[CONFIG_MAPS][0]["data"]["output.conf"] = "password secret"
    check = told(logging(inside), CONFIG_MAP)
    assert (check.state, check.level, check.why) == (
        State.PROBLEM,
        Level.WARNING,
        "it differs from the plan in output.conf",
    )


def test_pods_without_a_log_router_are_named(inside: Inside, api_server: ApiServer) -> None:
    off = {"annotations": {"Logging": "LoggingDisabled: LOGGING_CONFIGMAP_NOT_FOUND"}}
    api_server.objects[PODS] = [pod(f"web-{index}", "app-shop", {}, "fargate-1", metadata=off) for index in range(7)]
    check = told(logging(inside), "pods")
    assert check.actual == (
        "off for app-shop/web-0, app-shop/web-1, app-shop/web-2, app-shop/web-3, app-shop/web-4, and 2 more"
    )
