"""kubelet-port-is-free: the pod shares its address with its node, whose kubelet listens on 10250."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.pods import Container
from eks_fargate.fargate.rules.base import Fail, Verdict, each, not_known, read
from eks_fargate.fargate.rules.subjects import PodRule, over_containers
from eks_fargate.fargate.unknown import UNKNOWN

_KUBELET_PORT = 10250
_QUESTION = "whether a container listens on the kubelet's port"


def _check(container: Container) -> Iterator[Verdict]:
    for path, entry in each(container.fields.get("ports"), f"{container.path}.ports"):
        port = read(entry, "containerPort")
        if port is UNKNOWN:
            yield not_known(path if entry is UNKNOWN else f"{path}.containerPort", _QUESTION)
        elif port == _KUBELET_PORT and read(entry, "protocol") in (None, "TCP"):
            yield Fail(
                f"{path}.containerPort",
                f"container {container.name} listens on {_KUBELET_PORT}, which the kubelet of its Fargate node holds",
                f"Listen on another port than {_KUBELET_PORT}; in cert-manager's chart that is webhook.securePort.",
            )


rule = PodRule(
    id="kubelet-port-is-free",
    group="D",
    level=Level.WARNING,
    statement="No container listens on 10250.",
    source="https://github.com/kubernetes-sigs/metrics-server/issues/1271",
    check=over_containers(_check, _QUESTION),
)
