"""Pods that are Pending although a profile should have taken them, each with the reason and what frees it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from eks_fargate.fargate.placement import Lands, place
from eks_fargate.fargate.workloads import pods_of
from eks_fargate.live.checks import Check, State, not_checked, ok
from eks_fargate.live.failures import Failure
from eks_fargate.live.kubernetes_api import Objects
from eks_fargate.live.verify.in_cluster.inside import PODS, Inside, ref

_AREA: Final = "pending pods"
_EVENTS: Final = "/api/v1/events"
_FARGATE_SCHEDULER: Final = "fargate-scheduler"
# A Fargate pod takes a minute or two to start; what is younger is not stuck yet.
_STARTING_MINUTES: Final = 5
_LONGEST_MESSAGE: Final = 200

# Part of an event's text -> what frees the pod.
_FIXES: Final = {
    "reached the limit": "ask Service Quotas for more of L-3032A538, then delete the pod",
    "currently blocked": "open a case with AWS support",
    "not supported on Fargate": "change the pod: `eks-fargate explain` says which field",
    "not supported in the requested": "give the profile subnets in zones that run Fargate",
    "timed out": "wait for the retry; see the routes of the profile's subnets",
}


def pending(inside: Inside) -> list[Check]:
    """Each Pending pod of Fargate's, and of nobody's; one line where there is none."""
    pods = inside.api.list(PODS)
    if isinstance(pods, Failure):
        return [not_checked(_AREA, "pods", pods)]
    waiting = [pod for pod in pods if pod.get("status", {}).get("phase") == "Pending"]
    events = inside.api.list(_EVENTS, fieldSelector="reason=FailedScheduling") if waiting else []
    checks = [check for pod in waiting if (check := _check(pod, events, inside)) is not None]
    return checks or [ok(_AREA, "pods", actual=f"none of {len(pods)} pods is Pending that Fargate should run")]


def _check(pod: Mapping[str, Any], events: Objects, inside: Inside) -> Check | None:
    read = pods_of({"apiVersion": "v1", "kind": "Pod", **pod}).pods
    if not read or pod["spec"].get("nodeName"):
        return _starting(pod, inside) if read else None
    placement = place(read[0], inside.profiles, inside.data_plane)
    if placement.lands is Lands.NODES:
        return None
    delete = f"kubectl delete pod -n {pod['metadata']['namespace']} {pod['metadata']['name']}"
    if placement.lands is not Lands.FARGATE:
        state = State.PROBLEM if placement.lands is Lands.PENDING else State.UNKNOWN
        fix = f"let a profile select it, then {delete}"
        return Check(_AREA, ref(pod), state, actual="Pending", why=placement.reason, fix=fix)
    planned = f"on Fargate by profile {placement.profile.name}" if placement.profile else "on Fargate"
    if pod["spec"].get("schedulerName", "default-scheduler") != _FARGATE_SCHEDULER:
        why = "it was created before the profile was: its scheduler is not Fargate's, and never will be"
        return Check(_AREA, ref(pod), State.PROBLEM, planned, "Pending", why, delete)
    message = _event(pod, events)
    if message:
        fix = next((fix for part, fix in _FIXES.items() if part in message), delete)
        return Check(_AREA, ref(pod), State.PROBLEM, planned, "Pending", message, fix)
    return _by_age(pod, planned, delete, events, inside.now)


def _by_age(pod: Mapping[str, Any], planned: str, fix: str, events: Objects, now: datetime) -> Check:
    minutes = _minutes(pod, now)
    if minutes is None or minutes < _STARTING_MINUTES:
        return Check(_AREA, ref(pod), State.UNKNOWN, planned, "Pending", "it may still be starting")
    unsaid = f"; {events}" if isinstance(events, Failure) else ", and no event says why"
    return Check(_AREA, ref(pod), State.PROBLEM, planned, "Pending", f"for {minutes} minutes{unsaid}", fix)


def _starting(pod: Mapping[str, Any], inside: Inside) -> Check | None:
    """A pod that has its Fargate node, and waits for its containers."""
    minutes = _minutes(pod, inside.now)
    if not str(pod["spec"]["nodeName"]).startswith("fargate-") or minutes is None or minutes < _STARTING_MINUTES:
        return None
    statuses = [
        status
        for key in ("initContainerStatuses", "containerStatuses")
        for status in pod.get("status", {}).get(key) or []
    ]
    reasons = sorted({str(one["state"]["waiting"].get("reason")) for one in statuses if one["state"].get("waiting")})
    why = f"its containers wait: {', '.join(reasons)}" if reasons else f"for {minutes} minutes"
    fix = f"kubectl describe pod -n {pod['metadata']['namespace']} {pod['metadata']['name']}"
    return Check(_AREA, ref(pod), State.PROBLEM, "running on Fargate", "Pending", why, fix)


def _event(pod: Mapping[str, Any], events: Objects) -> str:
    """The text of the latest event on the pod; empty where there is none."""
    mine = [
        (str(one.get("lastTimestamp") or one.get("eventTime") or ""), str(one.get("message", "")))
        for one in (() if isinstance(events, Failure) else events)
        if one.get("involvedObject", {}).get("uid") == pod["metadata"].get("uid")
    ]
    return max(mine, default=("", ""))[1][:_LONGEST_MESSAGE]


def _minutes(pod: Mapping[str, Any], now: datetime) -> int | None:
    created = pod["metadata"].get("creationTimestamp")
    if not isinstance(created, str):
        return None
    return int((now - datetime.fromisoformat(created)).total_seconds() // 60)
