"""Pods that are Pending."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from eks_fargate.fargate.placement import DataPlane
from eks_fargate.live.checks import Check, State
from eks_fargate.live.verify.in_cluster.inside import PODS, Inside
from eks_fargate.live.verify.in_cluster.pending import pending
from tests.live.api_server import ApiServer
from tests.live.in_cluster import pod


def stuck(server: ApiServer, message: str = "", **changes: Any) -> None:
    """Let the cluster hold one Pending pod of profile apps, with the event that says why."""
    server.objects[PODS] = [pod("web-1", "app-shop", {"app": "web"}, **changes)]
    event = {"involvedObject": {"uid": "uid-web-1"}, "message": message, "lastTimestamp": "2026-11-21T11:59:00Z"}
    server.objects["/api/v1/events"] = [event] if message else []


def only(inside: Inside) -> Check:
    (check,) = pending(inside)
    return check


def test_without_pending_pods_one_line_says_so(inside: Inside) -> None:
    check = only(inside)
    assert (check.state, check.actual) == (State.OK, "none of 4 pods is Pending that Fargate should run")


def test_a_pod_from_before_its_profile_is_told_with_the_command_that_frees_it(
    inside: Inside, api_server: ApiServer
) -> None:
    stuck(api_server, spec={"schedulerName": "default-scheduler"})
    check = only(inside)
    assert (check.state, check.subject) == (State.PROBLEM, "app-shop/web-1")
    assert check.planned.startswith("on Fargate by profile apps--")
    assert check.why == "it was created before the profile was: its scheduler is not Fargate's, and never will be"
    assert check.fix == "kubectl delete pod -n app-shop web-1"


@pytest.mark.parametrize(
    ("message", "fix"),
    [
        (
            "Your AWS account has reached the limit on the number of Fargate pods it can run concurrently",
            "ask Service Quotas for more of L-3032A538, then delete the pod",
        ),
        (
            "Pod not supported on Fargate: fields not supported: HostNetwork",
            "change the pod: `eks-fargate explain` says which field",
        ),
        (
            "Fargate is not supported in the requested availability zone: ca-central-1d",
            "give the profile subnets in zones that run Fargate",
        ),
        ("something new", "kubectl delete pod -n app-shop web-1"),
    ],
)
def test_the_event_is_the_reason_and_has_its_own_fix(
    inside: Inside, api_server: ApiServer, message: str, fix: str
) -> None:
    stuck(api_server, message)
    check = only(inside)
    assert (check.state, check.why, check.fix) == (State.PROBLEM, message, fix)


def test_a_young_pod_may_still_be_starting(inside: Inside, api_server: ApiServer) -> None:
    stuck(api_server, metadata={"creationTimestamp": "2026-11-21T11:58:00Z"})
    assert (only(inside).state, only(inside).why) == (State.UNKNOWN, "it may still be starting")


def test_an_old_pod_without_an_event_is_a_problem(inside: Inside, api_server: ApiServer) -> None:
    stuck(api_server)
    assert (only(inside).state, only(inside).why) == (State.PROBLEM, "for 30 minutes, and no event says why")


def test_events_that_may_not_be_listed_are_told(inside: Inside, api_server: ApiServer) -> None:
    stuck(api_server)
    api_server.statuses["/api/v1/events"] = 403
    expected = "for 30 minutes; GET /api/v1/events is not allowed to these credentials (status 403)"
    assert only(inside).why == expected


def test_a_pod_that_no_profile_takes_is_a_problem_where_there_are_no_nodes(
    inside: Inside, api_server: ApiServer
) -> None:
    api_server.objects[PODS] = [pod("web-1", "elsewhere", {}, spec={"schedulerName": "default-scheduler"})]
    assert only(inside).state is State.OK  # mixed: the nodes' scheduler has it
    alone = replace(inside, data_plane=DataPlane.FARGATE)
    assert (only(alone).state, only(alone).fix) == (
        State.PROBLEM,
        "let a profile select it, then kubectl delete pod -n elsewhere web-1",
    )


def test_containers_that_wait_on_a_fargate_node_are_told_with_their_reason(
    inside: Inside, api_server: ApiServer
) -> None:
    waiting = {"containerStatuses": [{"state": {"waiting": {"reason": "ImagePullBackOff"}}}], "phase": "Pending"}
    made = pod("web-1", "app-shop", {}, "fargate-ip-10-30-0-1.ec2.internal", status=waiting)
    api_server.objects[PODS] = [made]
    assert (only(inside).state, only(inside).why) == (State.PROBLEM, "its containers wait: ImagePullBackOff")
