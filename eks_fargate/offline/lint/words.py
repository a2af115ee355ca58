"""A broken schema in words: what is so, and what to do. Values are quoted only where the caller allows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from eks_fargate.offline.lint.formats import WORDS
from eks_fargate.offline.lint.validation import Problem

_TYPES = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "null",
    "number": "a number",
    "object": "a mapping",
    "string": "text",
}
_MOST_LISTED = 12
_LONGEST_QUOTED = 200
_LARGEST_QUOTED = 10**15  # Python refuses to write out a number of thousands of digits


@dataclass(frozen=True, slots=True)
class Words:
    """A message and what to do about it."""

    message: str
    fix: str


def describe(problem: Problem, subject: str, *, quote: bool) -> Words:
    """`problem` in words. subject: what is at fault, as the message begins.

    quote: whether the value may stand in the message; otherwise only its type does.
    """
    if problem.keyword in _ABOUT_PROPERTIES:
        return _ABOUT_PROPERTIES[problem.keyword](problem.names)
    words = _predicate(problem, _got(problem.value, quote=quote))
    return Words(f"{subject} {words.message}", words.fix)


def refused(name: str, known: Sequence[str], owner: str) -> Words:
    """A property that `owner` does not have, with the one probably meant, or those that it has."""
    close = get_close_matches(name, known, n=1)
    if close:
        return Words(f"{name} is no field of {owner}", f"Write {close[0]}")
    allowed = f"Remove it; allowed: {listed(known)}" if known else "Remove it"
    return Words(f"{name} is no field of {owner}", allowed)


def listed(names: Sequence[Any]) -> str:
    """The names with commas between them, the first dozen of a long list."""
    shown = [str(name) for name in names[:_MOST_LISTED]]
    return ", ".join(shown) + (f" and {len(names) - _MOST_LISTED} more" if len(names) > _MOST_LISTED else "")


def _got(value: Any, *, quote: bool) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return f"the boolean {str(value).lower()}" if quote else "a boolean"
    if isinstance(value, (int, float)):
        return f"the number {value}" if quote and abs(value) < _LARGEST_QUOTED else "a number"
    if isinstance(value, str):
        return f'the text "{value}"' if quote and len(value) < _LONGEST_QUOTED else "text"
    return "a list" if isinstance(value, list) else "a mapping"


def _predicate(problem: Problem, got: str) -> Words:
    phrase = _PREDICATES.get(problem.keyword)
    return phrase(problem, got) if phrase else Words(f"breaks the schema's {problem.keyword}", "See the reference")


def _type(problem: Problem, got: str) -> Words:
    allowed = [kind for kind in problem.limit if kind != "null"] or problem.limit
    wanted = " or ".join(_TYPES[kind] for kind in allowed)
    fix = f"Give {wanted}"
    if isinstance(problem.value, str) and {"boolean", "integer", "number"} & set(allowed):
        fix += ", without quotes"
    elif isinstance(problem.value, (bool, int, float)) and "string" in allowed:
        fix += ": write it in quotes"
    return Words(f"is {got}, allowed is {wanted}", fix)


def _enum(problem: Problem, got: str) -> Words:
    return Words(f"is {got}, which is none of the values allowed", f"Give one of: {listed(problem.limit)}")


def _alternatives(problem: Problem, got: str) -> Words:
    ways = dict.fromkeys(describe(each, "", quote=False).fix for each in problem.alternatives)
    return Words(f"is {got}, which takes none of the forms allowed", "; or: ".join(ways) or "See the reference")


def _pattern(problem: Problem, got: str) -> Words:
    return Words(f"is {got}, which does not match {problem.limit}", f"Give text that matches {problem.limit}")


def _format(problem: Problem, got: str) -> Words:
    wanted = WORDS.get(problem.limit, problem.limit)
    return Words(f"is {got}, allowed is {wanted}", f"Give {wanted}")


def _bound(words: str) -> Callable[[Problem, str], Words]:
    def phrase(problem: Problem, got: str) -> Words:
        allowed = f"{words} {problem.limit}"
        return Words(f"is {got}, allowed is {allowed}", f"Give {allowed}")

    return phrase


def _count(words: str, unit: str) -> Callable[[Problem, str], Words]:
    def phrase(problem: Problem, _got: str) -> Words:
        allowed = f"{words} {problem.limit} {unit}"
        return Words(f"has {len(problem.value)} {unit}, allowed are {allowed}", f"Give {allowed}")

    return phrase


def _fixed(message: str, fix: str) -> Callable[[Problem, str], Words]:
    return lambda _problem, _got: Words(message, fix)


_PREDICATES: dict[str, Callable[[Problem, str], Words]] = {
    "type": _type,
    "enum": _enum,
    "enumCaseInsensitive": lambda problem, got: _enum(replace(problem, limit=problem.names), got),
    "const": lambda problem, got: Words(f"is {got}, allowed is only {problem.limit}", f"Give {problem.limit}"),
    "pattern": _pattern,
    "format": _format,
    "anyOf": _alternatives,
    "oneOf": _alternatives,
    "minimum": _bound("at least"),
    "maximum": _bound("at most"),
    "exclusiveMinimum": _bound("more than"),
    "exclusiveMaximum": _bound("less than"),
    "minLength": _count("at least", "characters"),
    "maxLength": _count("at most", "characters"),
    "minItems": _count("at least", "entries"),
    "maxItems": _count("at most", "entries"),
    "minProperties": _count("at least", "entries"),
    "maxProperties": _count("at most", "entries"),
    "depth": lambda problem, _got: Words(
        f"is nested deeper than {problem.limit} levels, or holds itself", "Write it out without an alias of itself"
    ),
    "uniqueItems": _fixed("has an entry twice", "Remove one of the two"),
    "uniqueKeys": _fixed("has two entries of one Sid", "Give each statement a Sid of its own, or none"),
}

_ABOUT_PROPERTIES: dict[str, Callable[[Sequence[str]], Words]] = {
    "required": lambda names: Words(f"{names[0]} is missing", f"Set {names[0]}"),
    "requiredOr": lambda names: Words(f"none of {listed(names)} is set", "Set at least one of them"),
    "requiredXor": lambda names: Words(f"exactly one of {listed(names)} is needed", "Set one of them, and no other"),
    "dependentExcluded": lambda names: Words(f"{' and '.join(names)} exclude each other", "Keep one of them"),
}
