"""A pod as a workload will make it: the one record that placement, size, cost and rules look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from eks_fargate.fargate.unknown import UNKNOWN, Unknown

ContainerKind = Literal["containers", "initContainers", "ephemeralContainers"]
CONTAINER_KINDS: tuple[ContainerKind, ...] = ("containers", "initContainers", "ephemeralContainers")


class _UnknownMapping(Mapping[str, Any]):
    """Lists no keys, and has the unknown value for every key asked."""

    def __getitem__(self, _key: str) -> Unknown:
        return UNKNOWN

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return True  # so that `mapping or {}` keeps it

    def __repr__(self) -> str:
        return "<unknown mapping>"


UNKNOWN_MAPPING: Final[Mapping[str, Any]] = _UnknownMapping()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in an object that Kubernetes refuses, and that was therefore left out of what was read.

    object: `Kind/namespace/name`. path: of the field within the object, `spec.containers[0].resources.requests.cpu`;
    empty for the object as a whole. message: what was found there and what belongs there.
    """

    object: str
    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Container:
    """One container of a pod, of any kind.

    path: where it stands in the object, `spec.template.spec.initContainers[0]`.
    """

    kind: ContainerKind
    name: str
    path: str
    fields: Mapping[str, Any]

    @property
    def is_sidecar(self) -> bool:
        """An init container that keeps running (`restartPolicy: Always`)."""
        return self.kind == "initContainers" and self.fields.get("restartPolicy") == "Always"


@dataclass(frozen=True, slots=True, eq=False)
class Pod:
    """The pods that one workload makes; they are alike, so one record stands for all.

    kind, name, namespace: of the workload (namespace: as written, else the one given for objects that name none).
    replicas: how many run at once; unknown where a plan does not know.
    labels, annotations: of the pod template. spec: the pod spec, as written. spec_path: where the spec stands in the
    object (`spec.template.spec`); template_path: where the pod template stands (`spec.template`; empty for a Pod).
    service_account: `default` where none is named.
    manifest: the whole object. Any value in these mappings may be unknown, and a mapping of which a plan knows nothing
    is `UNKNOWN_MAPPING`; malformed parts are dropped by the reader, which reports them.
    """

    kind: str
    name: str
    namespace: str | Unknown
    replicas: int | Unknown
    labels: Mapping[str, Any]
    annotations: Mapping[str, Any]
    spec: Mapping[str, Any]
    spec_path: str
    template_path: str
    service_account: str | Unknown
    manifest: Mapping[str, Any]

    @property
    def ref(self) -> str:
        """`Kind/namespace/name`, as findings name it."""
        return f"{self.kind}/{self.namespace}/{self.name}"

    def containers(self, *kinds: ContainerKind) -> Iterator[Container]:
        """The containers of the kinds given, or of every kind where none is given, in the order of the spec."""
        for kind in kinds or CONTAINER_KINDS:
            listed = self.spec.get(kind)
            if not isinstance(listed, list):
                continue
            for index, fields in enumerate(listed):
                if isinstance(fields, Mapping):
                    yield Container(kind, str(fields.get("name", index)), f"{self.spec_path}.{kind}[{index}]", fields)
