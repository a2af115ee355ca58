"""Pulumi's AWS resources as CloudFormation spells them, through the table in `cloudformation.json`.

A property in the table is one of: the CloudFormation name; `to` and `as`, a name and a conversion; `to` and
`properties`, a nested object (`list`: CloudFormation has a list where Pulumi has one object); `provider`, never sent to
AWS as a property; `unchecked`, no counterpart, with the reason; `elsewhere`, part of another resource, in `also`.
A dotted name is a nested place, a number in it an index.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from eks_fargate.fargate.unknown import UNKNOWN, is_unknown
from eks_fargate.offline.lint.paths import Place, dotted

POLICIES = ("identityPolicy", "trustPolicy", "resourcePolicy")


@cache
def table() -> Mapping[str, Any]:
    """Pulumi type -> its row.

    A row is `type`, `properties`, `filled` (required properties that need not be given, each with the reason) and
    `also` (further rows, each in force `where` that input is given); or `unchecked`, why the type has no counterpart.
    """
    text = (Path(__file__).parent / "cloudformation.json").read_text(encoding="utf-8")
    types: Mapping[str, Any] = json.loads(text)["types"]
    return types


@dataclass(frozen=True, slots=True)
class Refused:
    """An input that cannot be converted: a property that the row does not name, or a value of another shape.

    known: what the row names there; empty where the value is at fault. why: what is wrong with the value.
    """

    path: str
    known: tuple[str, ...] = ()
    why: str = ""


@dataclass(slots=True)
class Converted:
    """A CloudFormation resource made from a Pulumi one.

    origins: place in `properties` -> Pulumi's path. names: place of an object -> CloudFormation name -> Pulumi's.
    policies: place of an IAM policy document -> its kind. filled: names that may be missing.
    """

    type: str
    filled: Mapping[str, str]
    properties: dict[str, Any] = field(default_factory=dict)
    origins: dict[Place, str] = field(default_factory=lambda: {(): ""})
    names: dict[Place, dict[str, str]] = field(default_factory=dict)
    policies: dict[Place, str] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)

    def origin(self, place: Place) -> str:
        """Pulumi's path of a place in `properties`: as recorded, else that of the nearest place above and the rest."""
        for length in range(len(place), -1, -1):
            if place[:length] in self.origins:
                return dotted(place[length:], self.origins[place[:length]])
        return dotted(place)

    def name(self, place: Place, name: str) -> str:
        """Pulumi's name of a property of the object at `place`; the name itself where Pulumi has none."""
        return self.names.get(place, {}).get(name, name)


def convert(row: Mapping[str, Any], inputs: Mapping[str, Any]) -> Converted:
    """The CloudFormation resource that `row` makes of Pulumi's inputs; inputs that are None count as not given."""
    made = Converted(row["type"], row.get("filled", {}))
    _level(made, row["properties"], inputs, (), "")
    return made


def unchecked(properties: Mapping[str, Any], inputs: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, str]]:
    """The path and the reason of every input given that has no counterpart in CloudFormation."""
    for name, value in sorted(inputs.items()):
        spec = properties.get(name)
        if value is None or not isinstance(spec, dict):
            continue
        path = dotted((name,), at)
        if "unchecked" in spec:
            yield path, spec["unchecked"]
        elif "properties" in spec:
            parts = [(dotted((i,), path), part) for i, part in enumerate(value)] if isinstance(value, list) else []
            for where, part in parts or [(path, value)]:
                if isinstance(part, Mapping):
                    yield from unchecked(spec["properties"], part, where)


def _level(made: Converted, properties: Mapping[str, Any], inputs: Mapping[str, Any], place: Place, at: str) -> None:
    """Convert one object: the inputs at Pulumi's path `at` into the object at `place`."""
    for name, spec in properties.items():
        target = spec if isinstance(spec, str) else spec.get("to")
        if target:
            *above, last = _steps(target)
            made.names.setdefault((*place, *above), {})[str(last)] = name
    for name, value in sorted(inputs.items()):
        path = dotted((name,), at)
        if value is None or name.startswith("__"):
            continue
        spec = properties.get(name)
        if spec is None:
            made.refused.append(Refused(path, known=tuple(sorted(properties))))
        elif isinstance(spec, str):
            _put(made, place, spec, value, path)
        elif "properties" in spec:
            _nested(made, spec, value, place, path)
        elif "to" in spec:
            _convert(made, spec, value, place, path)


def _steps(target: str) -> Place:
    return tuple(int(step) if step.isdigit() else step for step in target.split("."))


def _put(made: Converted, place: Place, target: str, value: Any, path: str) -> Place:
    """Set `value` at `target` under `place`, making the objects and lists on the way; the place it then has."""
    full = (*place, *_steps(target))
    for length in range(len(place) + 1, len(full)):
        made.origins.setdefault(full[:length], made.origins[place])
    here: Any = made.properties
    for step, following in pairwise(full):
        empty: Any = [] if isinstance(following, int) else {}
        if isinstance(step, int):
            if step == len(here):
                here.append(empty)
            here = here[step]
        else:
            here = here.setdefault(step, empty)
    if isinstance(full[-1], int):
        here.append(value)
    else:
        here[full[-1]] = value
    made.origins[full] = path
    return full


def _nested(made: Converted, spec: Mapping[str, Any], value: Any, place: Place, path: str) -> None:
    """Convert a nested object, or every object of a list; what is neither goes as it is, for the schema to refuse."""
    if isinstance(value, Mapping):
        full = _put(made, place, spec["to"], [{}] if spec.get("list") else {}, path)
        if spec.get("list"):
            full = (*full, 0)
            made.origins[full] = path
        _level(made, spec["properties"], value, full, path)
    elif isinstance(value, list):
        full = _put(made, place, spec["to"], [{} if isinstance(part, Mapping) else part for part in value], path)
        for index, part in enumerate(value):
            here, inner = (*full, index), dotted((index,), path)
            made.origins[here] = inner
            if isinstance(part, Mapping):
                _level(made, spec["properties"], part, here, inner)
    else:
        _put(made, place, spec["to"], value, path)


def _convert(made: Converted, spec: Mapping[str, Any], value: Any, place: Place, path: str) -> None:
    kind = spec["as"]
    full = (*place, *_steps(spec["to"]))
    if is_unknown(value):
        _put(made, place, spec["to"], value, path)
        return
    try:
        converted = _CONVERSIONS[kind](value)
    except ValueError as error:
        made.refused.append(Refused(path, why=str(error)))
        _put(made, place, spec["to"], UNKNOWN, path)
        return
    _put(made, place, spec["to"], converted, path)
    if kind == "pairs":
        for index, key in enumerate(sorted(value)):
            made.origins[(*full, index)] = made.origins[(*full, index, "Key")] = dotted((key,), path)
            made.origins[(*full, index, "Value")] = dotted((key,), path)
    elif kind == "types":
        made.origins |= {(*full, index, "Type"): dotted((index,), path) for index in range(len(converted))}
    elif kind == "list":
        made.origins[(*full, 0)] = path
    elif kind in POLICIES:
        made.policies[full] = kind


def _pairs(value: Any) -> Any:
    if not isinstance(value, Mapping):
        msg = "must be a mapping of names to text"
        raise ValueError(msg)
    return [{"Key": key, "Value": value[key]} for key in sorted(value)]


def _types(value: Any) -> Any:
    if not isinstance(value, list):
        msg = "must be a list of names"
        raise ValueError(msg)
    return [{"Type": part} for part in value]


def _document(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        msg = "is not valid JSON"
        raise ValueError(msg) from error


def _boolean(value: Any) -> Any:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def _text(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def _list(value: Any) -> Any:
    return [value]


_CONVERSIONS: Mapping[str, Callable[[Any], Any]] = {
    "pairs": _pairs,  # a mapping, as a list of Key and Value
    "types": _types,  # names, as a list of objects with a Type
    "boolean": _boolean,  # the provider takes "true" and "false" as text
    "text": _text,  # the provider takes a boolean where AWS has text
    "list": _list,  # one, as a list of one
    "json": _document,  # JSON in text, as what it says
    **dict.fromkeys(POLICIES, _document),
}
