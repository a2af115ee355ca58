"""What changes since a git revision, as a part of a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from eks_fargate.cli.changes_text import cost_change, in_order, property_text, since, summary, title, told_once
from eks_fargate.cli.findings_text import counted, short
from eks_fargate.cli.markdown import escaped
from eks_fargate.cli.shown import one_line
from eks_fargate.fargate.findings import Finding
from eks_fargate.offline.changes.against import Changes
from eks_fargate.offline.changes.change import Change
from eks_fargate.offline.changes.comparison import Comparison
from eks_fargate.offline.changes.consequences import meanings, refusals

_MOST_LINES: Final = 200
_MOST_SENTENCES: Final = 30


def changes_markdown(comparison: Comparison) -> str:
    """The comparison as Markdown, ending in a newline; the resources are folded."""
    return "\n".join(_lines(comparison)) + "\n"


def _lines(comparison: Comparison) -> Iterator[str]:
    changes = comparison.changes
    yield from (f"### {comparison.after.stack}: changes since {escaped(since(changes))}", "", f"{summary(changes)}.")
    yield from ("", f"{cost_change(comparison)}.")
    new = comparison.new_findings
    for heading, sentences in (
        ("Refused", told_once(changes.resources, refusals)),
        ("What it means", told_once(changes.resources, meanings)),
        ("To know", changes.notes),
        (f"New findings: {counted(new)}", list(map(_finding, new))),
    ):
        if sentences:
            yield from ("", f"**{heading}**", "", *_cut([f"- {escaped(one)}" for one in sentences], _MOST_SENTENCES))
    resources = [line for change in in_order(changes) for line in _resource(change, changes)]
    if resources:
        yield from ("", "<details><summary>Every resource, property by property</summary>", "", "```text")
        yield from (*_cut(resources, _MOST_LINES), "```", "", "</details>")


def _resource(change: Change, changes: Changes) -> Iterator[str]:
    for line in (title(change, changes), *(f"     {property_text(one)}" for one in change.properties)):
        yield line.replace("```", "'''")


def _finding(finding: Finding) -> str:
    place = " ".join(part for part in (short(finding.object), finding.path) if part)
    return one_line(f"{finding.level} {finding.rule}: {place}: {finding.message}. {finding.fix} See {finding.source}")


def _cut(lines: Sequence[str], most: int) -> list[str]:
    more = len(lines) - most
    return [
        *lines[:most],
        *([f"... and {more} more: `eks-fargate preview --against` shows them all"] if more > 0 else []),
    ]
