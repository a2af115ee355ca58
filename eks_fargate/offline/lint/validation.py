"""JSON Schema validation of documents that hold unknown values: every problem, in records that name no value."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jsonschema_rs import Draft202012Validator, ValidationError

from eks_fargate.fargate.unknown import is_unknown
from eks_fargate.offline.lint.paths import Place

# Their verdict on a value hangs on what is inside it; with an unknown inside there is none.
_HANG_ON_PARTS = frozenset({"anyOf", "oneOf", "not", "const", "enum"})

# No schema here nests half as deep; YAML can make a mapping that holds itself.
_DEEPEST = 100

# The validator takes whole numbers out of all bounds, and numbers that are not finite, for null, which much may be.
_LARGEST = 2**62


class KeywordBrokenError(ValueError):
    """Raised by a keyword of our own: `names` are the properties that it is about."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = tuple(names)


@dataclass(frozen=True, slots=True)
class Problem:
    """One place where a document breaks its schema.

    place, value: of what is at fault. keyword: the schema's. limit: what the keyword asks for, as the schema says it.
    names: the properties missing, not allowed or in conflict, for a keyword that is about properties.
    known: the properties that the schema has there, where it can name them all.
    alternatives: for `anyOf` and `oneOf`, what each branch lacks. schema_place: where the keyword stands in its schema.
    """

    place: Place
    value: Any
    keyword: str
    limit: Any
    names: tuple[str, ...]
    known: tuple[str, ...]
    alternatives: tuple[Problem, ...]
    schema_place: Place


@dataclass(frozen=True, slots=True)
class Schema:
    """A compiled schema, and the documents that it is written in (its own first), for what it knows at a place."""

    validator: Draft202012Validator
    documents: Sequence[Mapping[str, Any]]

    def problems(self, document: Any) -> Iterator[Problem]:
        """Every problem of `document` that does not hang on an unknown value in it."""
        unknown: list[Place] = []
        try:
            plain = _masked(document, (), unknown)
        except RecursionError:
            yield Problem((), None, "depth", _DEEPEST, (), (), (), ())
            return
        for error in self.validator.iter_errors(plain):
            place = tuple(error.instance_path)
            if any(place[: len(each)] == each for each in unknown):
                continue
            if error.kind.name in _HANG_ON_PARTS and any(each[: len(place)] == place for each in unknown):
                continue
            yield self._problem(error)

    def _problem(self, error: ValidationError) -> Problem:
        keyword, detail = error.kind.name, error.kind.as_dict()
        names: tuple[str, ...] = ()
        limit: Any = None
        cause = error.__cause__
        if isinstance(cause, KeywordBrokenError):
            names = cause.names
        elif keyword == "required":
            names = (detail["property"],)
        elif keyword == "additionalProperties":
            names = tuple(sorted(detail["unexpected"]))
        elif keyword not in ("anyOf", "oneOf"):
            limit = next(iter(detail.values()), None)
        branches = detail["context"] if keyword in ("anyOf", "oneOf") else ()
        return Problem(
            tuple(error.instance_path),
            error.instance,
            keyword,
            limit,
            names,
            self._known(error.schema_path[:-1]) if keyword == "additionalProperties" else (),
            tuple(self._problem(each) for branch in branches for each in branch),
            tuple(error.schema_path),
        )

    def _known(self, place: Sequence[str | int]) -> tuple[str, ...]:
        for document in self.documents:
            here: Any = document
            for step in place:
                here = here.get(step) if isinstance(here, dict) else None
            if isinstance(here, dict):
                return () if "patternProperties" in here else tuple(sorted(here.get("properties", {})))
        return ()


def _masked(value: Any, place: Place, unknown: list[Place]) -> Any:
    """`value` as plain JSON; an unknown becomes a text unlike any other, its place is added to `unknown`."""
    if len(place) > _DEEPEST:
        raise RecursionError
    if is_unknown(value):
        unknown.append(place)
        return f"unknown value {len(unknown)}"
    if isinstance(value, Mapping):
        return {str(key): _masked(part, (*place, str(key)), unknown) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_masked(part, (*place, index), unknown) for index, part in enumerate(value)]
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return max(-_LARGEST, min(value, _LARGEST))
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    return str(value)  # YAML reads an unquoted date as a date
