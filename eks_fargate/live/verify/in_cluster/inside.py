"""What the looks into a cluster share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.profiles import Profile
from eks_fargate.fargate.unknown import Unknown
from eks_fargate.live.demand import Demand
from eks_fargate.live.failures import Failure
from eks_fargate.live.kubernetes_api import KubernetesApi, Objects

DEPLOYMENTS: Final = "/apis/apps/v1/deployments"
PODS: Final = "/api/v1/pods"
NODES: Final = "/api/v1/nodes"
FARGATE_NODE: Final = "fargate-"
"""What the name of a Fargate node begins with."""


@dataclass(frozen=True, slots=True)
class Inside:
    """A cluster from inside. profiles: that it has, or the planned ones where those cannot be read. now: in UTC."""

    api: KubernetesApi
    demand: Demand
    profiles: tuple[Profile, ...]
    data_plane: DataPlane | Unknown
    cluster: Mapping[str, Any]
    now: datetime


def named(objects: Objects, name: str, namespace: str = "") -> Mapping[str, Any] | None:
    """The object of that name in a list; None where there is none."""
    for one in () if isinstance(objects, Failure) else objects:
        metadata = one.get("metadata", {})
        if metadata.get("name") == name and metadata.get("namespace", "") == namespace:
            return one
    return None


def pods_with(pods: Sequence[Mapping[str, Any]], namespace: str, labels: Mapping[str, str]) -> list[Mapping[str, Any]]:
    """The pods of a namespace that have these labels."""
    return [
        pod
        for pod in pods
        if pod["metadata"].get("namespace") == namespace
        and labels.items() <= (pod["metadata"].get("labels") or {}).items()
    ]


def ref(pod: Mapping[str, Any]) -> str:
    """`namespace/name`."""
    return f"{pod['metadata'].get('namespace', '')}/{pod['metadata'].get('name', '')}"
