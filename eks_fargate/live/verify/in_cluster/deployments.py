"""CoreDNS and the load balancer controller: ready, and on Fargate where the plan puts them there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from eks_fargate.fargate.placement import Lands
from eks_fargate.live.checks import Check, State, in_words, not_checked, ok
from eks_fargate.live.demand import Demand
from eks_fargate.live.failures import Failure
from eks_fargate.live.verify.in_cluster.inside import DEPLOYMENTS, FARGATE_NODE, PODS, Inside, named, pods_with, ref

_CORE_DNS: Final = ("CoreDNS", "kube-system", "coredns")
_CONTROLLER: Final = ("load balancer controller", "kube-system", "aws-load-balancer-controller")


def core_dns(inside: Inside) -> list[Check]:
    """CoreDNS, which every cluster needs."""
    return list(_checks(_CORE_DNS, inside))


def controller(inside: Inside) -> list[Check]:
    """The load balancer controller, where one is planned."""
    planned = any(placed.pod.name == _CONTROLLER[2] for placed in inside.demand.pods)
    return list(_checks(_CONTROLLER, inside)) if planned else []


def _checks(what: tuple[str, str, str], inside: Inside) -> Iterator[Check]:
    area, namespace, name = what
    deployments, pods = inside.api.list(DEPLOYMENTS), inside.api.list(PODS)
    if isinstance(deployments, Failure):
        yield not_checked(area, f"Deployment {namespace}/{name}", deployments)
        return
    deployment = named(deployments, name, namespace)
    if deployment is None:
        why, fix = "there is no such Deployment", "run `pulumi up`"
        yield Check(area, f"Deployment {namespace}/{name}", State.PROBLEM, "ready", "missing", why, fix)
        return
    yield _ready(area, f"Deployment {namespace}/{name}", deployment)
    if not _planned_on_fargate(name, inside.demand):
        return
    if isinstance(pods, Failure):
        yield not_checked(area, f"pods of {name}", pods)
        return
    labels = deployment.get("spec", {}).get("selector", {}).get("matchLabels") or {}
    yield _on_fargate(area, name, pods_with(pods, namespace, labels))


def _ready(area: str, subject: str, deployment: Mapping[str, Any]) -> Check:
    wanted = int(deployment.get("spec", {}).get("replicas", 1))
    ready = int(deployment.get("status", {}).get("readyReplicas") or 0)
    planned, actual = f"{wanted} ready", f"{ready} ready"
    if wanted == 0:
        return Check(area, subject, State.PROBLEM, "at least 1", "scaled to 0", "nothing of it runs", "scale it up")
    if ready < wanted:
        fix = "see its pods below, and the events of those that are not ready"
        return Check(area, subject, State.PROBLEM, planned, actual, f"{wanted - ready} not ready", fix)
    return ok(area, subject, planned, actual)


def _planned_on_fargate(name: str, demand: Demand) -> bool:
    return any(placed.pod.name == name and placed.lands is Lands.FARGATE for placed in demand.pods)


def _on_fargate(area: str, name: str, pods: list[Mapping[str, Any]]) -> Check:
    subject = f"nodes of {name}"
    if not pods:
        why, fix = "it has no pods at all", "see the events of its ReplicaSet"
        return Check(area, subject, State.PROBLEM, "Fargate", "no pods", why, fix)
    elsewhere = [pod for pod in pods if not str(pod["spec"].get("nodeName", "")).startswith(FARGATE_NODE)]
    if elsewhere:
        actual = in_words(sorted(f"{ref(pod)} on {pod['spec'].get('nodeName', 'no node')}" for pod in elsewhere))
        why = "these pods were created before a profile took them, or are annotated compute-type ec2"
        fix = f"kubectl rollout restart -n {pods[0]['metadata']['namespace']} deployment {name}"
        return Check(area, subject, State.PROBLEM, "Fargate", actual, why, fix)
    return ok(area, subject, "Fargate", f"{len(pods)} on Fargate")
