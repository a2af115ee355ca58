"""The two kinds of subject that workload rules judge, and the rules over each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from eks_fargate.fargate.placement import Placement
from eks_fargate.fargate.pods import CONTAINER_KINDS, Container, ContainerKind, Pod
from eks_fargate.fargate.rules.base import Rule, Undetermined, Verdict, each, not_known
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.fargate.world import PlacedPod, SeenObject, World


@dataclass(frozen=True, slots=True, eq=False)
class PodSubject:
    """A placed pod, with the world around it."""

    placed: PlacedPod
    world: World
    containers: tuple[Container, ...]
    unknown_containers: tuple[tuple[ContainerKind, str], ...]

    @classmethod
    def of(cls, placed: PlacedPod, world: World) -> PodSubject:
        """The subject for a pod of `world`; its containers are listed once, those not known by kind and path alone."""
        pod = placed.pod
        unknown = tuple(
            (kind, path)
            for kind in CONTAINER_KINDS
            for path, entry in each(pod.spec.get(kind), f"{pod.spec_path}.{kind}")
            if entry is UNKNOWN
        )
        return cls(placed, world, tuple(pod.containers()), unknown)

    @property
    def pod(self) -> Pod:
        """The pod."""
        return self.placed.pod

    @property
    def placement(self) -> Placement:
        """Where it lands."""
        return self.placed.placement

    def at(self, *keys: str) -> str:
        """The path of a field of the pod spec."""
        return ".".join((self.pod.spec_path, *keys))

    def at_labels(self) -> str:
        """The path of the pod's labels."""
        return _within(self.pod.template_path, "metadata.labels")

    def at_annotations(self) -> str:
        """The path of the pod's annotations."""
        return _within(self.pod.template_path, "metadata.annotations")


def _within(path: str, field: str) -> str:
    return f"{path}.{field}" if path else field


@dataclass(frozen=True, slots=True, eq=False)
class ObjectSubject:
    """A Kubernetes object, or a resource of a plan, with the world around it."""

    seen: SeenObject
    world: World

    @property
    def fields(self) -> Any:
        """The manifest, or the resource's inputs."""
        return self.seen.fields


@dataclass(frozen=True, slots=True)
class PodRule(Rule[PodSubject]):
    """A rule over pods.

    Those of groups A, C and D are asked of pods that are on Fargate or cannot be known to be elsewhere.
    wherever: asked of pods on nodes too. alone: decided by the pod itself, so that a pod judged without the rest of
    the input gets the same answer.
    """

    wherever: bool = False
    alone: bool = True


@dataclass(frozen=True, slots=True)
class ObjectRule(Rule[ObjectSubject]):
    """A rule over objects of some kinds.

    kinds: Kubernetes kinds, or type tokens of resources. alone: decided by the object itself, so that an object judged
    without the rest of the input gets the same answer.
    """

    kinds: tuple[str, ...] = ()
    alone: bool = False


def over_containers(
    check: Callable[[Container], Iterable[Verdict]], question: str, *kinds: ContainerKind
) -> Callable[[PodSubject], Iterator[Verdict]]:
    """A check of every container of `kinds` (all kinds where none is given); one not known is undetermined.

    question: what a container decides, "whether a container is privileged".
    """
    asked = kinds or CONTAINER_KINDS

    def check_pod(subject: PodSubject) -> Iterator[Verdict]:
        yield from unknown_containers(subject, question, *asked)
        for container in subject.containers:
            if container.kind in asked:
                yield from check(container)

    return check_pod


def unknown_containers(subject: PodSubject, question: str, *kinds: ContainerKind) -> Iterator[Undetermined]:
    """The verdict for every container of `kinds` (all kinds where none is given) that is not known."""
    for kind, path in subject.unknown_containers:
        if kind in (kinds or CONTAINER_KINDS):
            yield not_known(path, question)
