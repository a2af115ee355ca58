"""What changes between two sets of inputs, and whether the provider updates in place or replaces."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from eks_fargate.fargate.unknown import has_unknown
from tests.engine.checks import DEFAULTS_KEY

_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Change:
    """One changed value. path: such as `selectors[0].namespace`. kind: ADD, DELETE or UPDATE. replaces: whether the
    object must be replaced for it.
    """

    path: str
    kind: str
    replaces: bool


@cache
def replacing_properties(type_: str) -> frozenset[str]:
    """The inputs of `type_` whose change replaces the object, as dotted paths; each covers what lies under it."""
    every = "everyAwsType" if type_.startswith("aws:") else "everyKubernetesObject"
    table = _table("replacement")
    return frozenset([*table["types"].get(type_, {}).get("properties", []), *table[every]])


def mutable_properties(type_: str, configuration: Mapping[str, Any]) -> frozenset[str]:
    """Those that change in place after all, as the provider's configuration says."""
    row = _table("changes")["mutable"]["types"].get(type_)
    said = row is not None and str(configuration.get(row["provider"])).lower() == "true"
    return frozenset(row["properties"] if said else ())


@cache
def _table(name: str) -> dict[str, Any]:
    table: dict[str, Any] = json.loads((files("eks_fargate.offline.changes") / f"{name}.json").read_text("utf-8"))
    return table


def changes(
    type_: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    ignored: Sequence[str],
    configuration: Mapping[str, Any] = MappingProxyType({}),
) -> list[Change]:
    """The changed values, sorted by path. ignored: paths that `ignoreChanges` names. A value that is not known yet
    counts as changed. configuration: of the provider; omitted, it says nothing.
    """
    replacing = replacing_properties(type_) - mutable_properties(type_, configuration)
    when_removed = _table("replacement")["types"].get(type_, {}).get("whenRemoved", [])
    found = [
        Change(path, kind, _covered(path, replacing) or (kind == "DELETE" and path in when_removed))
        for path, kind in _differences(old, new, "")
        if not _covered(path, ignored)
    ]
    return sorted(found, key=lambda change: change.path)


def _differences(old: Any, new: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in sorted({*old, *new} - {DEFAULTS_KEY}):
            inner = f"{path}.{key}" if path else key
            yield from _differences(old.get(key, _ABSENT), new.get(key, _ABSENT), inner)
    elif isinstance(old, list) and isinstance(new, list):
        for index in range(max(len(old), len(new))):
            before, after = (items[index] if index < len(items) else _ABSENT for items in (old, new))
            yield from _differences(before, after, f"{path}[{index}]")
    elif old is _ABSENT or new is _ABSENT:
        yield path, "ADD" if old is _ABSENT else "DELETE"
    elif has_unknown(new) or old != new:
        yield path, "UPDATE"


def _covered(path: str, by: frozenset[str] | Sequence[str]) -> bool:
    """Whether `path`, or what it lies under, is among `by`."""
    return any(path == name or path.startswith((f"{name}.", f"{name}[")) for name in by)
