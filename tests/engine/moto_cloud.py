"""A cloud whose AWS objects live in an AWS API on loopback, as far as that API goes, and the rest in a file.

The file keeps a record of everything: names, phases, and the inputs that the API does not tell. What the API does tell
wins, so that what others change over the API is found, and an object that they take away is gone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.engine.cloud import CloudError, CloudObject, Properties
from tests.engine.file_cloud import FileCloud
from tests.engine.moto_calls import Calls, table


class MotoCloud(FileCloud):
    """The cloud behind the AWS API at `endpoint`, with `folder` for the rest."""

    def __init__(self, folder: Path, endpoint: str) -> None:
        super().__init__(folder)
        self._calls = Calls(endpoint)

    def _make(self, made: CloudObject, scope: str) -> CloudObject:
        if made.type not in table():
            return made
        known = _known(made)
        id_ = self._calls.create(made.type, known, scope)
        if id_ is not None:
            made = _renamed(made, id_)
        self._calls.settle(made.type, _identity(made), _known(made), scope, "set")
        # Some services tag by ARN, and theirs is known from here on.
        observed = self._observe(made, scope) or made
        named = replace(made, computed=observed.computed)
        self._calls.settle(named.type, _identity(named), _known(named), scope, "tags")
        return self._checked(named, scope)

    def _change(self, old: CloudObject, changed: CloudObject, scope: str) -> CloudObject:
        if old.type not in table():
            return changed
        self._calls.settle(old.type, _known(old), _known(changed), scope, "set", "change", "tags")
        return self._checked(changed, scope)

    def _unmake(self, found: CloudObject, scope: str) -> None:
        if found.type in table():
            self._calls.delete(found.type, _known(found), scope)

    def _observe(self, found: CloudObject, scope: str) -> CloudObject | None:
        if found.type not in table():
            return found
        told = self._calls.read(found.type, _known(found), scope)
        return None if told is None else _overlaid(found, told)

    def _checked(self, made: CloudObject, scope: str) -> CloudObject:
        """The object as the API tells it; raises CloudError where it is not what was asked for."""
        observed = self._observe(made, scope)
        if observed is None or observed.inputs != made.inputs:
            message = f"asked for {made.inputs}, got {None if observed is None else observed.inputs}"
            raise CloudError(message, "NotImplemented")
        return observed


def _known(found: CloudObject) -> Properties:
    return {**found.outputs, "id": found.id}


def _identity(made: CloudObject) -> Properties:
    """What is known of an object before its inputs count."""
    return {**made.computed, "id": made.id}


def _renamed(made: CloudObject, id_: str) -> CloudObject:
    """`made` under the id that the API gave, also where that stands in its computed outputs."""
    computed = json.loads(json.dumps(made.computed).replace(json.dumps(made.id)[1:-1], json.dumps(id_)[1:-1]))
    return replace(made, id=id_, computed=computed)


def _overlaid(found: CloudObject, told: Properties) -> CloudObject:
    """`found` with what the API tells of the inputs that were given and of the outputs that are computed."""
    kept = {key: value for key, value in found.inputs.items() if told.get(key, value) is not None}
    inputs = {key: _observed(value, told[key]) if key in told else value for key, value in kept.items()}
    computed = {key: told.get(key, value) for key, value in found.computed.items()}
    added = {"tags": told["tags"]} if told.get("tags") and "tags" not in inputs else {}
    return replace(found, inputs=inputs | added, computed=computed)


def _observed(given: Any, told: Any) -> Any:
    """What the API tells, in the form that was given: the same order, policies as text, the keys that were given."""
    if isinstance(given, str) and isinstance(told, Mapping):
        return given if json.loads(given) == told else json.dumps(told)
    if isinstance(given, Mapping) and isinstance(told, Mapping):
        # Labels and tags are maps of text: what was added to them counts.
        added = {key: value for key, value in told.items() if isinstance(value, str) and _is_text(given)}
        return {**{key: _observed(given[key], told[key]) for key in given if key in told}, **added}
    if isinstance(given, list) and isinstance(told, list):
        return given if _sorted(given) == _sorted(told) else told
    return told


def _is_text(given: Mapping[str, Any]) -> bool:
    return all(isinstance(value, str) for value in given.values())


def _sorted(items: list[Any]) -> list[str]:
    return sorted(json.dumps(item, sort_keys=True) for item in items)
