"""The Fargate nodes: ready, and not behind the control plane."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.versions import version_key
from eks_fargate.live.checks import Check, State, in_words, not_checked, ok
from eks_fargate.live.failures import Failure
from eks_fargate.live.verify.in_cluster.inside import FARGATE_NODE, NODES, Inside

_AREA: Final = "Fargate nodes"
_MINOR: Final = re.compile(r"v?(\d+\.\d+)")


def nodes(inside: Inside) -> list[Check]:
    """Each Fargate node that is not ready, and those whose kubelet is older than the control plane."""
    listed = inside.api.list(NODES)
    if isinstance(listed, Failure):
        return [not_checked(_AREA, "nodes", listed)]
    fargate = [one for one in listed if one["metadata"]["name"].startswith(FARGATE_NODE)]
    checks = [*_not_ready(fargate), *_behind(fargate, str(inside.cluster.get("version", "")))]
    return checks or [ok(_AREA, "nodes", actual=f"{len(fargate)} ready")]


def _not_ready(fargate: list[Mapping[str, Any]]) -> Iterator[Check]:
    for node in fargate:
        conditions = node.get("status", {}).get("conditions") or []
        if not any(one.get("type") == "Ready" and one.get("status") == "True" for one in conditions):
            name = str(node["metadata"]["name"])
            why, fix = "its pod does not run", "delete its pod, so that it gets another node"
            yield Check(_AREA, name, State.PROBLEM, "Ready", "not ready", why, fix)


def _behind(fargate: list[Mapping[str, Any]], version: str) -> Iterator[Check]:
    behind = sorted(
        str(node["metadata"]["name"])
        for node in fargate
        if (found := _MINOR.match(str(node.get("status", {}).get("nodeInfo", {}).get("kubeletVersion", ""))))
        and version
        and version_key(found[1]) < version_key(version)
    )
    if behind:
        why = "an upgrade of the control plane does not touch the pods on Fargate"
        fix = "kubectl rollout restart the Deployments of their pods"
        actual = f"older on {in_words(behind)}"
        yield Check(_AREA, "kubelet", State.PROBLEM, version, actual, why, fix, Level.WARNING)
