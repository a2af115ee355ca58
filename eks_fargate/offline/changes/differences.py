"""The values that differ between two versions of one resource's inputs, as they may be shown."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.changes.replacing import plain, unordered_inputs
from eks_fargate.offline.plan import SECRET_SHOWN, child_path, masked
from eks_fargate.offline.wire import UNKNOWN_TEXT

ABSENT: Final = object()
"""Stands for the value of an input that is not set."""

_DATA: Final = ("binaryData", "data", "stringData")


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """One value that differs, as it may be shown: `ABSENT` where it is not set.

    path: `a.b[0].c`. hidden: why the values themselves are not shown: `secret`, `data`, or empty where they are.
    """

    path: str
    old: Any
    new: Any
    hidden: str = ""


@dataclass(frozen=True, eq=False)
class Inputs:
    """The inputs of a resource, with JSON texts of AWS resources taken apart, so that policies compare by meaning."""

    resource: Resource

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """Top-level input -> its value."""
        inputs = self.resource.inputs
        if not self.resource.type.startswith("aws:"):
            return inputs
        return {key: _parsed(value) for key, value in inputs.items()}

    @cached_property
    def shown(self) -> Mapping[str, Any]:
        """The same as they may be shown, without secrets, environment variables and the data of ConfigMaps."""
        return masked(self.values, [*self.resource.secret_paths, *self.data_paths])

    @cached_property
    def data_paths(self) -> frozenset[str]:
        """The paths of values that are the user's data, of which nothing is known but that they may be private."""
        if not self.resource.type.startswith("kubernetes:"):
            return frozenset()
        found = {child_path(key, name) for key in _DATA for name in _keys(self.values.get(key))}
        return frozenset(found | set(_environment(self.values, "")))

    def unknown_paths(self, key: str) -> frozenset[str]:
        """The paths, without indices, of what is unknown in the input `key`."""
        return frozenset(map(plain, _unknown(self.values.get(key), key)))


def differences(old: Inputs, new: Inputs) -> list[Difference]:
    """What differs, sorted by path. An unknown value equals an unknown one: where each comes from is not looked at."""
    secret = {*old.resource.secret_paths, *new.resource.secret_paths}
    walk = _Walk(secret, old.data_paths | new.data_paths, unordered_inputs(new.resource.type))
    found = walk.mappings(old.values, new.values, old.shown, new.shown, "")
    return sorted(found, key=lambda difference: difference.path)


@dataclass(frozen=True, slots=True)
class _Walk:
    secret: Collection[str]
    data: Collection[str]
    unordered: Collection[str]

    def mappings(
        self, old: Mapping[str, Any], new: Mapping[str, Any], old_shown: Any, new_shown: Any, path: str
    ) -> Iterator[Difference]:
        for key in sorted({*old, *new}, key=str):
            yield from self._values(
                old.get(key, ABSENT),
                new.get(key, ABSENT),
                old_shown.get(key, ABSENT),
                new_shown.get(key, ABSENT),
                child_path(path, key),
            )

    def _values(self, old: Any, new: Any, old_shown: Any, new_shown: Any, path: str) -> Iterator[Difference]:
        if path in self.secret or path in self.data:
            if not _equal(old, new):
                hidden = "secret" if path in self.secret else "data"
                yield Difference(path, _veiled(old), _veiled(new), hidden)
        elif _is_mapping_or_absent(old) and _is_mapping_or_absent(new):
            old, new, old_shown, new_shown = (
                {} if part is ABSENT else part for part in (old, new, old_shown, new_shown)
            )
            yield from self.mappings(old, new, old_shown, new_shown, path)
        elif isinstance(old, (list, tuple)) and isinstance(new, (list, tuple)) and self._by_item(old, new, path):
            for index in range(max(len(old), len(new))):
                was, is_, was_shown, is_shown = (_at(items, index) for items in (old, new, old_shown, new_shown))
                yield from self._values(was, is_, was_shown, is_shown, child_path(path, index))
        elif not _equal(*((_sorted(old), _sorted(new)) if plain(path) in self.unordered else (old, new))):
            yield Difference(path, old_shown, new_shown)

    def _by_item(self, old: Any, new: Any, path: str) -> bool:
        """Whether two lists are compared item by item: lists of objects, where order counts."""
        return plain(path) not in self.unordered and any(isinstance(part, (Mapping, list)) for part in (*old, *new))


def _equal(old: Any, new: Any) -> bool:
    if ABSENT in (old, new):
        return old is new
    # Unlike Python, JSON tells true from 1.
    return _canonical(old) == _canonical(new)


def _sorted(value: Any) -> Any:
    return sorted(value, key=_canonical) if isinstance(value, (list, tuple)) else value


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=lambda _unknown: UNKNOWN_TEXT)


def _veiled(value: Any) -> Any:
    return ABSENT if value is ABSENT else SECRET_SHOWN


def _is_mapping_or_absent(value: Any) -> bool:
    return value is ABSENT or isinstance(value, Mapping)


def _at(items: Any, index: int) -> Any:
    return items[index] if index < len(items) else ABSENT


def _keys(value: Any) -> Collection[str]:
    return value.keys() if isinstance(value, Mapping) else ()


def _parsed(value: Any) -> Any:
    if not isinstance(value, str) or not value.startswith("{"):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _environment(value: Any, path: str) -> Iterator[str]:
    """The paths of the values of environment variables, wherever containers stand."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            inner = child_path(path, key)
            if key == "env" and isinstance(part, list):
                yield from (f"{inner}[{index}].value" for index in range(len(part)))
            else:
                yield from _environment(part, inner)
    elif isinstance(value, (list, tuple)):
        for index, part in enumerate(value):
            yield from _environment(part, child_path(path, index))


def _unknown(value: Any, path: str) -> Iterator[str]:
    if value is UNKNOWN:
        yield path
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _unknown(part, child_path(path, key))
    elif isinstance(value, (list, tuple)):
        for index, part in enumerate(value):
            yield from _unknown(part, child_path(path, index))
