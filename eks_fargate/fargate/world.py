"""Everything in sight of the rules: the pods with their placements, the objects and resources, indexed once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any, Literal, TypeVar

from eks_fargate.fargate.facts import DEFAULT_FACTS, Facts
from eks_fargate.fargate.label_selectors import Requirements, matches, of_labels
from eks_fargate.fargate.placement import DataPlane, Lands, Placement
from eks_fargate.fargate.pod_index import PodIndex
from eks_fargate.fargate.pods import UNKNOWN_MAPPING, Pod
from eks_fargate.fargate.profiles import Profile, Selector
from eks_fargate.fargate.requested import Reading, read_requests
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.sizing import Size, TooLarge, size
from eks_fargate.fargate.unknown import UNKNOWN, Unknown

T = TypeVar("T")

PodSecurity = Literal["off", "baseline", "restricted"]
TargetType = Literal["instance", "ip"]

# The kinds that rules look up and that live in no namespace.
_CLUSTER_SCOPED = frozenset(
    {
        "ClusterRole",
        "ClusterRoleBinding",
        "IngressClass",
        "IngressClassParams",
        "Namespace",
        "PersistentVolume",
        "StorageClass",
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class PlacedPod:
    """A pod, where it lands, what it asks for and what it gets; size is unknown where what it asks for is."""

    pod: Pod
    placement: Placement
    asked: Reading
    size: Size | TooLarge | Unknown

    @classmethod
    def of(cls, pod: Pod, placement: Placement, facts: Facts = DEFAULT_FACTS) -> PlacedPod:
        """The record of a pod whose placement is known. facts: the shipped ones where omitted."""
        asked = read_requests(pod)
        return cls(pod, placement, asked, size(asked, facts))

    @property
    def lands(self) -> Lands:
        """Where the pod lands."""
        return self.placement.lands


@dataclass(frozen=True, slots=True, eq=False)
class SeenObject:
    """A Kubernetes object, or a resource of a plan.

    kind: the Kubernetes kind, or the resource's type token. ref: `Kind/namespace/name` (`Kind/name` where the kind is
    cluster-scoped), or the URN. fields: the manifest, or the resource's inputs.
    """

    kind: str
    namespace: str | Unknown
    name: str | Unknown
    ref: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class World:
    """What the rules may look at, with the settings that they depend on.

    data_plane: unknown where not given and not to be told from the input. profiles: None where not known.
    objects: Kubernetes objects as written, lists taken apart; those that make pods may be among them.
    resources: planned resources (Helm releases, add-ons, Pod Identity associations; others are of no matter here).
    kubernetes_version: (major, minor). region: None where none is given. default_namespace: for objects that name none.
    default_target_type: of the load balancer controller; None where not known, in which case a release in sight tells.
    """

    data_plane: DataPlane | Unknown
    kubernetes_version: tuple[int, int]
    today: date
    pods: Sequence[PlacedPod] = ()
    objects: Sequence[Mapping[str, Any]] = ()
    resources: Sequence[Resource] = ()
    profiles: tuple[Profile, ...] | None = ()
    region: str | Unknown | None = None
    pod_security: PodSecurity = "off"
    default_namespace: str = "default"
    default_target_type: TargetType | Unknown | None = None
    facts: Facts = field(default=DEFAULT_FACTS)

    @cached_property
    def seen(self) -> tuple[SeenObject, ...]:
        """Every object and resource in sight."""
        return tuple(chain(map(self._object, self.objects), map(_resource, self.resources)))

    def _object(self, manifest: Mapping[str, Any]) -> SeenObject:
        kind = str(manifest.get("kind"))
        metadata = manifest.get("metadata")
        given = metadata if isinstance(metadata, Mapping) else {}
        name = UNKNOWN if metadata is UNKNOWN else _text(given.get("name", given.get("generateName", "")))
        if kind in _CLUSTER_SCOPED:
            return SeenObject(kind, "", name, f"{kind}/{name}", manifest)
        namespace = UNKNOWN if metadata is UNKNOWN else _text(given.get("namespace"))
        if namespace == "":
            namespace = self.default_namespace
        return SeenObject(kind, namespace, name, f"{kind}/{namespace}/{name}", manifest)

    @cached_property
    def _by_kind(self) -> dict[str, list[SeenObject]]:
        found: dict[str, list[SeenObject]] = {}
        for seen in self.seen:
            found.setdefault(seen.kind, []).append(seen)
        return found

    def of_kind(self, kind: str) -> Sequence[SeenObject]:
        """The objects of a Kubernetes kind, or the resources of a type, in the order of the input."""
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_name(self) -> dict[tuple[str, str | Unknown, str | Unknown], SeenObject]:
        return {(seen.kind, seen.namespace, seen.name): seen for seen in self.seen}

    def find(self, kind: str, name: object, namespace: object = "") -> SeenObject | None:
        """The object of that kind and name, in that namespace unless the kind has none; None if not in sight."""
        return self._by_name.get((kind, _text(namespace), _text(name)))

    @cached_property
    def _index(self) -> PodIndex[PlacedPod]:
        return PodIndex((placed, placed.pod.namespace, placed.pod.labels) for placed in self.pods)

    def select(self, namespace: str | Unknown, asked: Requirements) -> Iterator[tuple[PlacedPod, bool]]:
        """The pods that a selector in `namespace` selects, each with whether that is certain."""
        for placed in self._index.candidates(namespace, asked):
            answer = matches(asked, placed.pod.labels)
            if answer is UNKNOWN:
                yield placed, False
            elif answer:
                yield placed, UNKNOWN not in (namespace, placed.pod.namespace)

    def selected_by(self, service: SeenObject) -> Iterator[tuple[PlacedPod, bool]]:
        """The pods that a Service selects, each with whether that is certain; none where it has no selector."""
        spec = service.fields.get("spec")
        selector = spec.get("selector") if isinstance(spec, Mapping) else spec
        asked = of_labels(selector)
        return self.select(service.namespace, asked) if asked else iter(())

    @cached_property
    def services_of(self) -> Mapping[int, Sequence[tuple[SeenObject, bool]]]:
        """For the `id` of a pod, the Services that select it, each with whether that is certain."""
        found: dict[int, list[tuple[SeenObject, bool]]] = {}
        for service in self.of_kind("Service"):
            for placed, certain in self.selected_by(service):
                found.setdefault(id(placed.pod), []).append((service, certain))
        return found

    def first_on_fargate(self, selected: Iterable[tuple[PlacedPod, bool]]) -> tuple[PlacedPod, bool] | None:
        """The first of `selected` that is on Fargate for certain, else the first that may be, else None."""
        first: tuple[PlacedPod, bool] | None = None
        for placed, certain in selected:
            if placed.lands is Lands.NODES:
                continue
            if certain and placed.lands is not Lands.UNDETERMINED:
                return placed, True
            first = first or (placed, False)
        return first

    def lands_on_fargate(self, namespace: str | Unknown, labels: Mapping[str, Any] = UNKNOWN_MAPPING) -> bool | Unknown:
        """Whether pods that are not in sight, of a namespace and of labels known or not, land on Fargate.

        True where there are no nodes, or some profile takes them whatever is not known of them.
        """
        if self.data_plane in (DataPlane.FARGATE, DataPlane.NODES):
            return self.data_plane is DataPlane.FARGATE
        if self.profiles is None:
            return UNKNOWN
        answers = [profile.answer(namespace, labels) for profile in self.profiles]
        if any(isinstance(answer, Selector) for answer in answers):
            return True
        return UNKNOWN if UNKNOWN in (self.data_plane, *answers) else False

    def once(self, build: Callable[[World], T]) -> T:
        """What `build` makes of this world, made once: how a rule keeps an index of its own."""
        if build not in self._built:
            self._built[build] = build(self)
        made: T = self._built[build]
        return made

    @cached_property
    def _built(self) -> dict[Any, Any]:
        return {}


def _resource(resource: Resource) -> SeenObject:
    inputs = resource.inputs
    return SeenObject(resource.type, _text(inputs.get("namespace")), resource.name, resource.urn, inputs)


def _text(value: object) -> str | Unknown:
    """A name as given; empty where it is none, or no text, which Kubernetes refuses."""
    return value if isinstance(value, (str, Unknown)) else ""
