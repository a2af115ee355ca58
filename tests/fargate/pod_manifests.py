"""Pods for the tests of what pods ask for and get: compliant, and as small as they can be."""

from __future__ import annotations

from typing import Any

from eks_fargate.fargate import sizing
from eks_fargate.fargate.facts import DEFAULT_FACTS, Facts
from eks_fargate.fargate.pods import Pod
from eks_fargate.fargate.requested import Requested, read_requests
from eks_fargate.fargate.sizing import Size, TooLarge
from eks_fargate.fargate.unknown import Unknown
from eks_fargate.fargate.workloads import pods_of

MIB, GIB, VCPU = 2**20, 2**30, 10**9


def container(name: str = "a", **fields: Any) -> dict[str, Any]:
    return {"name": name, "image": "a:1", **fields}


def asking(name: str = "a", limits: dict[str, Any] | None = None, **requests: Any) -> dict[str, Any]:
    resources = {"requests": {key.replace("_", "-"): value for key, value in requests.items()}}
    return container(name, resources=resources | ({"limits": limits} if limits else {}))


def sidecar(**requests: Any) -> dict[str, Any]:
    return asking(**requests) | {"restartPolicy": "Always"}


def pod(*containers: Any, **spec: Any) -> Pod:
    manifest = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "web", "namespace": "shop"},
        "spec": {"containers": list(containers) or [container()], **spec},
    }
    (made,), problems = pods_of(manifest)
    assert problems == []
    return made


def requested(made: Pod) -> Requested | Unknown:
    return read_requests(made).requested


def size(made: Pod, facts: Facts = DEFAULT_FACTS) -> Size | TooLarge | Unknown:
    return sizing.size(read_requests(made), facts)
