"""The shape of a pod spec: which of its parts are mappings, lists, texts; and how to leave out what is not.

Parts that no code here looks at are kept as they are written. Source:
https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from operator import is_
from typing import Any, Final, TypeAlias

from eks_fargate.fargate.pods import UNKNOWN_MAPPING
from eks_fargate.fargate.unknown import UNKNOWN, Unknown

TEXT: Final = "a string"
BOOLEAN: Final = "a boolean"
INTEGER: Final = "a whole number"
TEXTS_BY_KEY: Final = "a mapping of strings"
MAPPING: Final = "a mapping"

# A shape is one of the words above, a list of one shape (a list whose entries have it), or a mapping of shapes (a
# mapping in which these keys have them).
Shape: TypeAlias = str | list["Shape"] | dict[str, "Shape"]

# Python refuses to write out a number of thousands of digits, and nobody would read one.
_LONGEST_QUOTED: Final = 10**15

Report = Callable[[str, str], None]

_RESOURCES: Final[Shape] = {"requests": MAPPING, "limits": MAPPING}
_SECURITY_CONTEXT: Final[dict[str, Shape]] = {
    "allowPrivilegeEscalation": BOOLEAN,
    "appArmorProfile": {"type": TEXT},
    "capabilities": {"add": [TEXT], "drop": [TEXT]},
    "privileged": BOOLEAN,
    "procMount": TEXT,
    "readOnlyRootFilesystem": BOOLEAN,
    "runAsNonRoot": BOOLEAN,
    "runAsUser": INTEGER,
    "seLinuxOptions": {"type": TEXT, "user": TEXT, "role": TEXT},
    "seccompProfile": {"type": TEXT},
    "windowsOptions": {"hostProcess": BOOLEAN},
}
_HANDLER: Final[Shape] = {"httpGet": MAPPING, "tcpSocket": MAPPING, "exec": MAPPING, "grpc": MAPPING}
_CONTAINER: Final[Shape] = {
    "name": TEXT,
    "image": TEXT,
    "restartPolicy": TEXT,
    "env": [{"name": TEXT, "value": TEXT, "valueFrom": MAPPING}],
    "envFrom": [MAPPING],
    "ports": [{"name": TEXT, "containerPort": INTEGER, "hostPort": INTEGER, "hostIP": TEXT, "protocol": TEXT}],
    "resources": _RESOURCES,
    "securityContext": _SECURITY_CONTEXT,
    "volumeDevices": [MAPPING],
    "volumeMounts": [MAPPING],
    "lifecycle": {"postStart": _HANDLER, "preStop": _HANDLER},
    "livenessProbe": _HANDLER,
    "readinessProbe": _HANDLER,
    "startupProbe": _HANDLER,
}
_NODE_TERMS: Final[Shape] = [{"matchExpressions": [{"key": TEXT, "operator": TEXT, "values": [TEXT]}]}]
POD_SPEC: Final[Shape] = {
    "containers": [_CONTAINER],
    "initContainers": [_CONTAINER],
    "ephemeralContainers": [_CONTAINER],
    "affinity": {
        "nodeAffinity": {
            "requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": _NODE_TERMS},
            "preferredDuringSchedulingIgnoredDuringExecution": [MAPPING],
        },
        "podAffinity": MAPPING,
        "podAntiAffinity": MAPPING,
    },
    "automountServiceAccountToken": BOOLEAN,
    "hostIPC": BOOLEAN,
    "hostNetwork": BOOLEAN,
    "hostPID": BOOLEAN,
    "hostUsers": BOOLEAN,
    "nodeName": TEXT,
    "nodeSelector": TEXTS_BY_KEY,
    "os": {"name": TEXT},
    "overhead": MAPPING,
    "resources": _RESOURCES,
    "restartPolicy": TEXT,
    "schedulerName": TEXT,
    "securityContext": {**_SECURITY_CONTEXT, "sysctls": [{"name": TEXT}]},
    "serviceAccount": TEXT,
    "serviceAccountName": TEXT,
    "tolerations": [{"key": TEXT, "operator": TEXT, "value": TEXT, "effect": TEXT}],
    "topologySpreadConstraints": [MAPPING],
    "volumes": [{"name": TEXT}],
}


# In this order: a boolean is a whole number to Python.
_IN_WORDS: Final = (
    (type(None), "null"),
    (bool, BOOLEAN),
    ((int, float), "a number"),
    (str, TEXT),
    (Mapping, MAPPING),
    ((list, tuple), "a list"),
    (date, "a date"),
)


def in_words(value: object) -> str:
    """What kind of value YAML or JSON has given: "null", "a string", "a mapping". The value itself is not quoted."""
    words = (word for types, word in _IN_WORDS if isinstance(value, types))
    return next(words, f"a value of type {type(value).__name__}")


def well_shaped(value: Any, shape: Shape, path: str, report: Report) -> Any:
    """`value` without its parts that do not have `shape`; None where it has not itself.

    report: called with path and message for each part left out. Null counts as "not given", as Kubernetes reads it,
    but is reported as an entry of a list or as a text. Unknown values stay. A value without faults is returned itself.
    """
    if value is UNKNOWN or value is None:
        return value
    if isinstance(shape, dict) and isinstance(value, Mapping):
        return _mapping(value, shape, path, report)
    if isinstance(shape, list) and isinstance(value, (list, tuple)):
        return _list(value, shape[0], path, report)
    if shape == TEXTS_BY_KEY and isinstance(value, Mapping):
        return _texts(value, path, report)
    if isinstance(shape, str) and _is_of(value, shape):
        return value
    report(path, f"is {in_words(value)}, where {_wanted(shape)} belongs")
    return None


def _wanted(shape: Shape) -> str:
    if isinstance(shape, str):
        return shape
    return "a list" if isinstance(shape, list) else MAPPING


def _is_of(value: object, word: str) -> bool:
    if word == INTEGER:
        whole = isinstance(value, int) or (isinstance(value, float) and math.isfinite(value) and value.is_integer())
        return whole and not isinstance(value, bool)
    return word == in_words(value)


def _mapping(value: Mapping[Any, Any], shape: dict[str, Shape], path: str, report: Report) -> Mapping[str, Any]:
    changed: dict[str, Any] = {}
    for key, part in value.items():
        if key not in shape:
            continue
        kept = well_shaped(part, shape[key], f"{path}.{key}" if path else key, report)
        if kept is not part or part is None:
            changed[key] = kept
    if not changed:
        return value
    return {key: part for key, part in {**value, **changed}.items() if key not in changed or part is not None}


def _list(value: list[Any] | tuple[Any, ...], shape: Shape, path: str, report: Report) -> list[Any]:
    """The entries that have `shape`; a list without faults is returned itself."""
    kept = []
    for index, entry in enumerate(value):
        if entry is None:
            report(f"{path}[{index}]", f"is null, where {_wanted(shape)} belongs")
        else:
            kept.append(well_shaped(entry, shape, f"{path}[{index}]", report))
    if isinstance(value, list) and len(kept) == len(value) and all(map(is_, kept, value)):
        return value
    return [entry for entry in kept if entry is not None]


def _texts(value: Mapping[Any, Any], path: str, report: Report) -> Mapping[str, Any]:
    kept = {}
    for key, text in value.items():
        if not isinstance(key, str):
            report(path, f"has a key that is {in_words(key)}; Kubernetes takes text only: write it in quotes")
        elif text is UNKNOWN or isinstance(text, str):
            kept[key] = text
        else:
            report(f"{path}[{key}]", _not_text(text))
    return value if len(kept) == len(value) else kept


def _not_text(value: object) -> str:
    if isinstance(value, bool):
        return f'is the boolean {str(value).lower()}; Kubernetes takes text only: write "{str(value).lower()}"'
    if isinstance(value, (int, float)) and abs(value) < _LONGEST_QUOTED:
        return f'is the number {value}; Kubernetes takes text only: write "{value}"'
    return f"is {in_words(value)}; Kubernetes takes text only: write it in quotes"


class Reader:
    """Reads the parts of one object, and keeps what it had to leave out."""

    def __init__(self) -> None:
        self.faults: list[tuple[str, str]] = []

    def report(self, path: str, message: str) -> None:
        self.faults.append((path, message))

    def part(self, parent: Mapping[str, Any], key: str, shape: Shape, path: str) -> Any:
        """What of the value at `key` has `shape`; None where it is not given."""
        return well_shaped(parent.get(key), shape, path, self.report)

    def mapping(self, parent: Mapping[str, Any], key: str, path: str, shape: Shape = MAPPING) -> Mapping[str, Any]:
        """The mapping at `key`; empty where it is not given, `UNKNOWN_MAPPING` where it is unknown."""
        value = self.part(parent, key, shape, path)
        return UNKNOWN_MAPPING if value is UNKNOWN else value or {}

    def needed(
        self, parent: Mapping[str, Any], key: str, path: str, shape: Shape = MAPPING
    ) -> Mapping[str, Any] | None:
        """As `mapping`, but None, and reported, where it is not given."""
        if parent.get(key) is None:
            self.report(path, "is null, where a mapping belongs" if key in parent else "is missing")
            return None
        value = self.part(parent, key, shape, path)
        return UNKNOWN_MAPPING if value is UNKNOWN else value

    def count(self, parent: Mapping[str, Any], key: str, path: str) -> int | Unknown:
        """The number of pods at `key`; 1 where none is given."""
        value = self.part(parent, key, INTEGER, path)
        if isinstance(value, Unknown):
            return value
        if value is not None and value < 0:
            self.report(path, "is negative, where a number of pods belongs")
            return 1
        return 1 if value is None else int(value)
