"""What changes since a git revision, as text: what is refused, each resource with its properties, what it means."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from eks_fargate.cli.cost import usd
from eks_fargate.cli.findings_text import counted, findings_lines
from eks_fargate.cli.plan_text import type_name, value_text
from eks_fargate.cli.shown import one_line
from eks_fargate.fargate.pricing import total
from eks_fargate.offline.changes.against import Changes
from eks_fargate.offline.changes.change import REGION, Change, Op, PropertyChange, Why
from eks_fargate.offline.changes.comparison import Comparison
from eks_fargate.offline.changes.consequences import meanings, refusals
from eks_fargate.offline.changes.differences import ABSENT

SYMBOLS: Final[Mapping[Op, str]] = {Op.REPLACE: "+-", Op.DELETE: "-", Op.UPDATE: "~", Op.CREATE: "+"}
"""What stands before a resource, in the order in which they are told: the most dangerous first."""

_DONE: Final[Mapping[Op, str]] = {
    Op.REPLACE: "replaced",
    Op.DELETE: "deleted",
    Op.UPDATE: "updated",
    Op.CREATE: "created",
}
_SOURCES: Final[Mapping[Why, str]] = {
    Why.REPLACED: "comes from what is replaced",
    Why.ADDED: "comes now from",
    Why.GONE: "comes no longer from",
}
_MOST_CHARACTERS = 120


def changes_text(comparison: Comparison) -> str:
    """The comparison as text, ending in a newline."""
    return "\n".join(_lines(comparison)) + "\n"


def _lines(comparison: Comparison) -> Iterator[str]:
    changes = comparison.changes
    yield f"Changes since {since(changes)}: {summary(changes)}"
    for change in in_order(changes):
        yield f"  {title(change, changes)}"
        yield from (f"       {property_text(one)}" for one in change.properties)
    new = comparison.new_findings
    for heading, lines in (
        ("Refused:", told_once(changes.resources, refusals)),
        ("What it means:", told_once(changes.resources, meanings)),
        ("To know:", changes.notes),
        (f"New findings: {counted(new)}", list(findings_lines(new))),
    ):
        if lines:
            yield heading
            yield from (f"  {line}" for line in lines)
    yield cost_change(comparison)


def since(changes: Changes) -> str:
    """The revision and its commit: `main (0123456789ab)`."""
    return f"{changes.revision} ({changes.commit[:12]})"


def summary(changes: Changes) -> str:
    """`1 replaced, 2 created, 30 unchanged`."""
    parts = [f"{changes.count(op)} {_DONE[op]}" for op in SYMBOLS if changes.count(op)]
    return ", ".join([*parts, f"{changes.unchanged} unchanged"])


def in_order(changes: Changes) -> list[Change]:
    """The changes: replaced, deleted, updated, created; then by URN."""
    order = list(SYMBOLS)
    return sorted(changes.resources, key=lambda change: (order.index(change.op), change.resource.urn))


def title(change: Change, changes: Changes) -> str:
    """A resource with its symbol, and how and why it is replaced."""
    parts = []
    if change.op is Op.REPLACE:
        parts.append("the old one goes first" if change.deletes_first else "the new one comes first")
    former = changes.renamed.get(change.resource.urn)
    if former is not None:
        parts.append(f"formerly {_named(former)}")
    parts += _because(change.because)
    told = f": {'; '.join(parts)}" if parts else ""
    return f"{SYMBOLS[change.op]:2} {_named(change.resource.urn)}{told}"


def property_text(one: PropertyChange) -> str:
    """`path: old -> new`, with what it replaces, and where an unknown value comes from."""
    if one.hidden:
        values = "changed (secret)" if one.hidden == "secret" else "changed (not shown)"
    else:
        old, new = (_clipped(_value_text(value)) for value in (one.old, one.new))
        if old != new:
            values = f"{old} -> {new}"
        else:
            # The same to look at: a value that comes from elsewhere, or text in the place of a number.
            values = new if one.because else f"{json.dumps(one.old)} -> {json.dumps(one.new)}"
    notes = "; ".join([*(["replaces"] if one.replaces else []), *_because(one.because)])
    return f"{one.path}: {values}" + (f"  ({notes})" if notes else "")


def told_once(found: Sequence[Change], sentences: Callable[[Change], list[str]]) -> list[str]:
    """Each sentence once, after the resources that it is about, in the order of the first of them."""
    about: dict[str, list[str]] = {}
    for change in found:
        for sentence in sentences(change):
            about.setdefault(sentence, []).append(_named(change.resource.urn))
    return [f"{', '.join(names)}: {sentence}" for sentence, names in about.items()]


def cost_change(comparison: Comparison) -> str:
    """`Cost: 100.00 -> 120.00 USD a month (+20.00)`; of what is known."""
    before, after = (total(() if report is None else report.cost) for report in (comparison.before, comparison.after))
    more = after.monthly_usd - before.monthly_usd
    known = ", without what is not known" if before.not_known or after.not_known else ""
    return f"Cost: {usd(before.monthly_usd)} -> {usd(after.monthly_usd)} USD a month ({more:+.2f}){known}"


def _because(because: Mapping[str, Why]) -> list[str]:
    grouped: dict[Why, list[str]] = {}
    for urn, why in because.items():
        grouped.setdefault(why, []).append(_named(urn))
    return [f"{_SOURCES[why]}: {', '.join(grouped[why])}" for why in Why if why in grouped]


def _named(urn: str) -> str:
    """A resource by its type and name; the region by its own."""
    if urn == REGION:
        return REGION
    _, _, types, name = urn.split("::", 3)
    return one_line(f"{type_name(types.rpartition('$')[2])} {name}")


def _value_text(value: Any) -> str:
    return "not set" if value is ABSENT else value_text(value)


def _clipped(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= _MOST_CHARACTERS else f"{text[: _MOST_CHARACTERS - 1]}…"
