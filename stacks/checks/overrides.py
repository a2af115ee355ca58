"""Overrides of facts: each has the form of the fact that ships, so that what reads a table can rely on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from eks_fargate.fargate.facts import DEFAULT_FACTS, Facts, table_names
from eks_fargate.fargate.versions import version_key
from stacks.problems import shown, unknown_key

# Where a fact comes from; a row of one's own may leave it out.
_PROVENANCE = frozenset({"source", "date", "note"})


def override_problems(overrides: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """What is wrong with `overrides`, a sentence each; where nothing is, every table can be read with them."""
    problems: list[str] = []
    for table, over in sorted(overrides.items()):
        path = f"overrides.{table}"
        if table in table_names():
            problems += _differs(path, DEFAULT_FACTS.table(table), over, may_grow=False)
        else:
            problems.append(unknown_key(path, table, table_names()))
    return problems or list(_lost_partitions(Facts(overrides)))


def _differs(path: str, fact: Any, over: Any, *, may_grow: bool = True) -> Iterator[str]:
    """Where `over` has not the form of `fact`. may_grow: whether a mapping of like rows takes another row."""
    if isinstance(fact, Mapping):
        if isinstance(over, Mapping):
            yield from _mapping_differs(path, fact, over, may_grow=may_grow)
        else:
            yield f"{path}: got {shown(over)}; a mapping is wanted"
    elif isinstance(fact, list):
        if isinstance(over, list) and (over or not fact):
            for index, entry in enumerate(over):
                yield from _row_differs(f"{path}[{index}]", fact, entry)
        else:
            yield f"{path}: got {shown(over)}; a list is wanted, with one entry at least"
    elif fact is not None:
        wanted, is_so = _form(path, fact)
        if not is_so(over):
            yield f"{path}: got {shown(over)}; {wanted} is wanted, as {shown(fact)} is"


def _mapping_differs(path: str, fact: Mapping[str, Any], over: Mapping[str, Any], *, may_grow: bool) -> Iterator[str]:
    rows = [value for key, value in fact.items() if key not in _PROVENANCE]
    grows = may_grow and (_all(rows, Mapping) or _all(rows, list) or all(row is None or _is_plain(row) for row in rows))
    versions = all(_is_version(key) for key in fact)
    for key, value in sorted(over.items()):
        if key in fact:
            yield from _differs(f"{path}.{key}", fact[key], value)
        elif not grows:
            yield unknown_key(f"{path}.{key}", key, fact)
        elif versions and not _is_version(key):
            yield f"{path}.{key}: the keys here are Kubernetes versions, such as '1.35' in quotes"
        else:
            yield from _row_differs(f"{path}.{key}", rows, value)


def _row_differs(path: str, rows: list[Any], row: Any) -> Iterator[str]:
    """Where a new row has not the form of the others: what each of them has, it has."""
    if not rows:
        return
    if isinstance(row, Mapping) and _all(rows, Mapping):
        needed = set.intersection(*(set(other) for other in rows)) - _PROVENANCE
        for key in sorted(needed - set(row)):
            yield f"{path}.{key}: it is missing; each entry here has one"
        rows = [{key: value for other in rows for key, value in other.items()}]
    yield from _differs(path, rows[0], row)


def _form(path: str, fact: Any) -> tuple[str, Callable[[Any], bool]]:
    """The form of a single value, in words and as a question."""
    if isinstance(fact, bool):
        return "true or false", lambda value: isinstance(value, bool)
    if isinstance(fact, (int, float)):
        return "a number", lambda value: isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0
    if _is_date(fact):
        return "a date", _is_date
    if path.endswith(".version") and _is_version(fact):
        return "a Kubernetes version in quotes", _is_version
    if _is_decimal(fact):
        return "a number in quotes", _is_decimal
    return "text", lambda value: isinstance(value, str)


def _is_plain(value: Any) -> bool:
    return isinstance(value, str) and not _is_date(value) and not _is_decimal(value)


def _is_date(value: Any) -> bool:
    try:
        return bool(date.fromisoformat(value).isoformat() == value)
    except (TypeError, ValueError):
        return False


def _is_version(value: Any) -> bool:
    try:
        return version_key(value) > (0, 0)
    except (TypeError, ValueError):
        return False


def _is_decimal(value: Any) -> bool:
    try:
        return isinstance(value, str) and Decimal(value).is_finite()
    except InvalidOperation:
        return False


def _all(values: list[Any], kind: type) -> bool:
    return all(isinstance(value, kind) for value in values)


def _lost_partitions(facts: Facts) -> Iterator[str]:
    zones = facts.table("zones")
    for name, region in sorted(zones["regions"].items()):
        if region["partition"] not in zones["partitions"]:
            yield (
                f"overrides.zones.regions.{name}.partition: got {shown(region['partition'])}; allowed: "
                f"{', '.join(sorted(zones['partitions']))}"
            )
