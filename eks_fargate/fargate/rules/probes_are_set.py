"""probes-are-set: a Service sends requests to a pod as soon as it is ready, and without a probe that is at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.pods import Container
from eks_fargate.fargate.rules.base import Fail, Verdict, each, not_known, read
from eks_fargate.fargate.rules.subjects import PodRule, PodSubject, unknown_containers
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.fargate.world import SeenObject

_QUESTION = "whether every container that a Service reaches has a readiness probe"


def _check(subject: PodSubject) -> Iterator[Verdict]:
    services = subject.world.services_of.get(id(subject.pod), ())
    if not services:
        return
    by = next((service for service, certain in services if certain), None)
    yield from unknown_containers(subject, _QUESTION, "containers")
    for container in _reached(subject, [service for service, _ in services]):
        path = f"{container.path}.readinessProbe"
        probe = read(container.fields, "readinessProbe")
        if probe is UNKNOWN or (probe is None and by is None):
            yield not_known(path if probe is UNKNOWN else subject.at_labels(), _QUESTION)
        elif probe is None and by is not None:
            yield Fail(
                path,
                f"container {container.name} has no readiness probe, and {by.ref} sends requests to its pod",
                "Set readinessProbe.",
            )


def _reached(subject: PodSubject, services: Sequence[SeenObject]) -> list[Container]:
    """The long-running containers that list a port which a Service sends requests to; all, where none lists one."""
    running = [one for one in subject.containers if one.kind == "containers" or one.is_sidecar]
    ports = [port for service in services for _, port in each(read(service.fields, "spec", "ports"), "")]
    targets = [read(port, "port") if read(port, "targetPort") is None else read(port, "targetPort") for port in ports]
    return [one for one in running if _lists_one(one, targets)] or running


def _lists_one(container: Container, targets: Sequence[Any]) -> bool:
    listed = [port for _, port in each(container.fields.get("ports"), "")]
    values = [read(port, field) for port in listed for field in ("containerPort", "name")]
    return UNKNOWN in values or UNKNOWN in targets or any(value in targets for value in values if value is not None)


rule = PodRule(
    id="probes-are-set",
    group="E",
    level=Level.WARNING,
    statement="Every long-running container that a Service in sight sends requests to has a readiness probe.",
    source="https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
    check=_check,
    alone=False,
)
