"""requests-are-set, requests-equal-limits and limits-fit-the-size: what a container asks for is what it gets."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.pods import Container
from eks_fargate.fargate.rules.amounts import RESOURCES, amount, nanos_of, smallest_and_largest
from eks_fargate.fargate.rules.base import Fail, Verdict, not_known, read
from eks_fargate.fargate.rules.subjects import PodRule, PodSubject, over_containers, unknown_containers
from eks_fargate.fargate.sizing import Size, TooLarge
from eks_fargate.fargate.unknown import UNKNOWN, Unknown

_SOURCE = "https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html"
_SET = "whether a container has cpu and memory requests"
_EQUAL = "whether a container's limits equal its requests"
_FIT = "whether a container's limits fit the size provisioned"


def _check_set(subject: PodSubject) -> Iterator[Verdict]:
    yield from unknown_containers(subject, _SET, "containers", "initContainers")
    size = subject.placed.size
    gets = f"; the pod gets {size}" if isinstance(size, Size) else ""
    for container in subject.containers:
        if container.kind == "ephemeralContainers":
            continue
        for resource in RESOURCES:
            asked = [read(container.fields, "resources", field, resource) for field in ("requests", "limits")]
            path = f"{container.path}.resources.requests.{resource}"
            if asked == [None, None]:
                yield Fail(
                    path,
                    f"container {container.name} has no {resource} request, so Fargate does not count it{gets}",
                    f"Set {resource} under resources.requests, and the same under resources.limits.",
                )
            elif all(value is None or value is UNKNOWN for value in asked):
                yield not_known(path, _SET)


def _check_equal(container: Container) -> Iterator[Verdict]:
    for resource in RESOURCES:
        request, limit = (amount(container, field, resource) for field in ("requests", "limits"))
        path = f"{container.path}.resources.limits.{resource}"
        # Kubernetes copies a limit into a request that is not given; what is below zero is no amount.
        if request is None or (not isinstance(request, Unknown) and request < 0):
            continue
        if UNKNOWN in (request, limit):
            yield not_known(path, _EQUAL)
        elif request != limit:
            given = read(container.fields, "resources", "requests", resource)
            allowed = read(container.fields, "resources", "limits", resource)
            differs = f"no {resource} limit" if limit is None else f"the {resource} limit {allowed}"
            yield Fail(
                path,
                f"container {container.name} has the {resource} request {given} and {differs}; they have to be equal",
                f"Set resources.limits.{resource} to {given}."
                if request
                else f"Set resources.requests.{resource} and resources.limits.{resource} to the same, above 0.",
            )


def _check_fit(subject: PodSubject) -> Iterator[Verdict]:
    yield from unknown_containers(subject, _FIT, "containers", "initContainers")
    size = subject.placed.size
    if isinstance(size, TooLarge):
        return
    # A limit above the largest size exceeds whatever the pod gets.
    most = smallest_and_largest(subject.world)[1] if isinstance(size, Unknown) else size
    for container in subject.containers:
        for resource in RESOURCES:
            limit = amount(container, "limits", resource)
            path = f"{container.path}.resources.limits.{resource}"
            if isinstance(limit, Unknown):
                yield not_known(path, _FIT)
            elif limit is not None and limit > nanos_of(most, resource):
                yield _too_high(container, resource, path, most)
            elif limit is not None and isinstance(size, Unknown):
                yield not_known(subject.placed.asked.unknown_paths[0], _FIT)


def _too_high(container: Container, resource: str, path: str, size: Size) -> Fail:
    limit = read(container.fields, "resources", "limits", resource)
    return Fail(
        path,
        f"container {container.name} has the {resource} limit {limit}, more than the {size} that Fargate provisions, "
        "and may not start",
        f"Raise the {resource} request to the limit, or lower the limit to the request.",
    )


requests_are_set = PodRule(
    id="requests-are-set",
    group="D",
    level=Level.WARNING,
    statement="Every container has cpu and memory requests, its own or by its limits.",
    source=_SOURCE,
    check=_check_set,
)

requests_equal_limits = PodRule(
    id="requests-equal-limits",
    group="D",
    level=Level.WARNING,
    statement="Limits equal requests.",
    source=_SOURCE,
    check=over_containers(_check_equal, _EQUAL, "containers", "initContainers"),
)

limits_fit_the_size = PodRule(
    id="limits-fit-the-size",
    group="D",
    level=Level.ERROR,
    statement="No container's limit exceeds the size provisioned.",
    source="https://github.com/awsdocs/amazon-eks-user-guide/issues/677",
    check=_check_fit,
)
