"""probes-are-set: a Service sends requests to a pod as soon as it is ready, and without a probe that is at once."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.rules.base import Fail, Verdict, not_known, read
from eks_fargate.fargate.rules.subjects import PodRule, PodSubject, unknown_containers
from eks_fargate.fargate.unknown import UNKNOWN

_QUESTION = "whether every container that a Service reaches has a readiness probe"


def _check(subject: PodSubject) -> Iterator[Verdict]:
    services = subject.world.services_of.get(id(subject.pod), ())
    if not services:
        return
    by = next((service for service, certain in services if certain), None)
    yield from unknown_containers(subject, _QUESTION, "containers")
    for container in subject.containers:
        path = f"{container.path}.readinessProbe"
        probe = read(container.fields, "readinessProbe")
        if not (container.kind == "containers" or container.is_sidecar):
            continue
        if probe is UNKNOWN or (probe is None and by is None):
            yield not_known(path if probe is UNKNOWN else subject.at_labels(), _QUESTION)
        elif probe is None and by is not None:
            yield Fail(
                path,
                f"container {container.name} has no readiness probe, and {by.ref} sends requests to its pod",
                "Set readinessProbe.",
            )


rule = PodRule(
    id="probes-are-set",
    group="E",
    level=Level.WARNING,
    statement="Every long-running container of a workload that a Service in sight selects has a readiness probe.",
    source="https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
    check=_check,
    alone=False,
)
