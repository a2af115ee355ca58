"""What a program would deploy: its resources, outputs, messages and what could not be known."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN

SECRET_SHOWN = "[secret]"
UNKNOWN_SHOWN = "<unknown>"


@dataclass(frozen=True, slots=True, order=True)
class Log:
    """A message that the program logged. severity: info, warning or error. urn: of the resource, or empty."""

    severity: str
    message: str
    urn: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The outcome of one run of a program on one stack.

    region: `aws:region`, empty where the stack names none. resources: sorted by URN, the stack itself among them.
    outputs: of the stack, secrets unwrapped, `UNKNOWN` where unknown; secret_outputs: the paths that are secret.
    logs: by severity and message. notes: sentences on what is unknown offline, sorted.
    printed: what the program wrote to stdout.
    config: the configuration that the program was run with, as `ProjectStack.config`.
    """

    stack: str
    project: str
    region: str
    resources: tuple[Resource, ...]
    outputs: Mapping[str, Any]
    secret_outputs: Sequence[str] = ()
    logs: tuple[Log, ...] = ()
    notes: tuple[str, ...] = ()
    printed: str = ""
    config: Mapping[str, str] = field(default_factory=dict)

    def of_type(self, *types: str) -> tuple[Resource, ...]:
        """The resources of any of `types`, sorted by URN."""
        return tuple(resource for resource in self.resources if resource.type in types)

    def named(self, type_: str, name: str) -> Resource:
        """The one resource of that type and Pulumi name. Raises KeyError where there is none, or more than one."""
        found = [resource for resource in self.of_type(type_) if resource.name == name]
        if len(found) != 1:
            raise KeyError((type_, name))
        return found[0]

    def children_of(self, urn: str) -> tuple[Resource, ...]:
        """The resources whose parent is `urn`, sorted by URN."""
        return tuple(resource for resource in self.resources if resource.parent == urn)

    def depends_on(self, resource: Resource, other: Resource) -> bool:
        """Whether `resource` waits for `other`, directly or not: through dependencies and explicit providers."""
        by_urn = {each.urn: each for each in self.resources}
        seen: set[str] = set()
        waiting = [resource.urn]
        while waiting:
            at = by_urn.get(waiting.pop())
            if at is None or at.urn in seen:
                continue
            seen.add(at.urn)
            waiting += [*at.dependencies, at.provider]
        return other.urn in seen and other is not resource

    def to_json(self) -> dict[str, Any]:
        """The plan under its JSON keys: unknown values as `<unknown>`, secret ones as `[secret]`."""
        return {
            "stack": self.stack,
            "region": self.region,
            "resources": [_resource_json(resource) for resource in self.resources],
            "outputs": masked(self.outputs, self.secret_outputs),
            "logs": [{"severity": log.severity, "message": log.message, "urn": log.urn} for log in self.logs],
            "notes": list(self.notes),
        }


def _resource_json(resource: Resource) -> dict[str, Any]:
    out: dict[str, Any] = {
        "urn": resource.urn,
        "type": resource.type,
        "name": resource.name,
        "parent": resource.parent,
        "inputs": masked(resource.inputs, resource.secret_paths),
        "dependencies": list(resource.dependencies),
        "options": dict(resource.options),
    }
    return out | ({"provider": resource.provider} if resource.provider else {})


def masked(values: Mapping[str, Any], secret_paths: Sequence[str]) -> dict[str, Any]:
    """The values as they may be shown: sorted, unknown ones as `<unknown>`, those at `secret_paths` as `[secret]`."""
    secrets = frozenset(secret_paths)
    return {key: _shown(values[key], child_path("", key), secrets) for key in sorted(values)}


def _shown(value: Any, path: str, secrets: frozenset[str]) -> Any:
    if path in secrets:
        return SECRET_SHOWN
    if value is UNKNOWN:
        return UNKNOWN_SHOWN
    if isinstance(value, Mapping):
        return {key: _shown(value[key], child_path(path, key), secrets) for key in sorted(value)}
    if isinstance(value, (list, tuple)):
        return [_shown(part, child_path(path, index), secrets) for index, part in enumerate(value)]
    return value


def child_path(path: str, key: str | int) -> str:
    """The path of `key` under `path`: `a.b`, `a[0]`, and `a["b.c"]` for a key that is not a plain word."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    if not key.replace("-", "").replace("_", "").isalnum():
        return f"{path}[{json.dumps(key)}]"
    return f"{path}.{key}" if path else key
