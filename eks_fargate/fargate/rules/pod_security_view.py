"""A pod as the controls of the Pod Security Standards see it, and how they say what they do not allow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from eks_fargate.fargate.rules.base import each, read
from eks_fargate.fargate.rules.subjects import PodSubject
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.fargate.world import World


@dataclass(frozen=True, slots=True)
class Found:
    """A place that a control does not allow; text None where that is not known."""

    path: str
    text: str | None


@dataclass(frozen=True, slots=True)
class View:
    """A pod as the controls see it."""

    subject: PodSubject

    @property
    def table(self) -> Mapping[str, Any]:
        """What the controls allow."""
        return self.subject.world.facts.table("pod_security")

    def since(self, version: str) -> bool:
        """Whether the cluster's Kubernetes is of that version, `1.34`, or later."""
        return is_since(self.subject.world, version)

    def in_every_container(self, *keys: str) -> Iterator[tuple[str, Any]]:
        """The path and value of a field of every container, None where it is not set."""
        for container in self.subject.containers:
            yield ".".join((container.path, *keys)), read(container.fields, *keys)

    def in_containers(self, *keys: str) -> Iterator[tuple[str, Any]]:
        """The path and value of a field, for the containers that set it."""
        for container in self.subject.containers:
            value = read(container.fields, *keys)
            if value is not None:
                yield ".".join((container.path, *keys)), value

    def in_pod_and_containers(self, *keys: str) -> Iterator[tuple[str, Any]]:
        """The path and value of a field, for the security contexts of pod and containers that set it."""
        by_pod = read(self.subject.pod.spec, "securityContext", *keys)
        if by_pod is not None:
            yield self.subject.at("securityContext", *keys), by_pod
        yield from self.in_containers("securityContext", *keys)

    def in_pod(self, *keys: str) -> tuple[str, Any]:
        """The path and value of a field of the pod spec."""
        return self.subject.at(*keys), read(self.subject.pod.spec, *keys)


def is_since(world: World, version: str) -> bool:
    """Whether the cluster's Kubernetes is of that version, `1.34`, or later."""
    major, minor = version.split(".")
    return world.kubernetes_version >= (int(major), int(minor))


def must(places: Iterator[tuple[str, Any]], is_allowed: Callable[[Any], bool], text: str) -> Iterator[Found]:
    """The places whose value is set and not allowed. text: what is said of them, `{}` standing for the value."""
    for path, value in places:
        if value is UNKNOWN:
            yield Found(path, None)
        elif value is not None and not is_allowed(value):
            yield Found(path, text.format(value))


def listed(places: Iterator[tuple[str, Any]], *keys: str) -> Iterator[tuple[str, Any]]:
    """The entries of lists, or a field of each."""
    for path, value in places:
        for at, entry in each(value, path):
            yield ".".join((at, *keys)), read(entry, *keys)
