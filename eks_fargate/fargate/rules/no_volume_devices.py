"""no-volume-devices: Fargate gives a pod no block device."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.pods import Container
from eks_fargate.fargate.rules.base import Fail, Verdict, not_known
from eks_fargate.fargate.rules.events import refused
from eks_fargate.fargate.rules.subjects import PodRule, over_containers
from eks_fargate.fargate.unknown import UNKNOWN

_QUESTION = "whether a container asks for a block device"


def _check(container: Container) -> Iterator[Verdict]:
    path = f"{container.path}.volumeDevices"
    devices = container.fields.get("volumeDevices")
    if devices is UNKNOWN:
        yield not_known(path, _QUESTION)
    elif devices:
        yield Fail(
            path,
            f"container {container.name} asks for volumeDevices, and Fargate gives no block device",
            "Use volumeMounts over a claim on Amazon EFS, or run the pod on nodes.",
            refused("volumeDevices not supported"),
        )


rule = PodRule(
    id="no-volume-devices",
    group="A",
    level=Level.ERROR,
    statement="No container asks for volumeDevices.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/fargate.html",
    check=over_containers(_check, _QUESTION),
)
