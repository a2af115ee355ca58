"""Findings as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from eks_fargate.cli.shown import one_line
from eks_fargate.fargate.findings import Finding

_INDENT = "    "


def findings_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """Level, rule and place of each finding, and below it what is so, what to do, and where the fact is from."""
    for finding in findings:
        level = f"{finding.level} (let off)" if finding.suppressed else finding.level.value
        yield "  ".join(one_line(part) for part in (level, finding.rule, short(finding.object), finding.path) if part)
        place = f"{finding.file}:{finding.line or 1}: " if finding.file not in (None, finding.object) else ""
        yield f"{_INDENT}{one_line(f'{place}{finding.message}')}"
        if finding.event:
            yield f"{_INDENT}Event: {one_line(finding.event)}"
        if finding.would_be and finding.would_be is not finding.level:
            yield f"{_INDENT}If it does not hold: {finding.would_be}"
        yield f"{_INDENT}Fix: {one_line(finding.fix)}"
        yield f"{_INDENT}See {finding.source}"


def short(ref: str) -> str:
    """An object as a person tells it apart: a URN by its last type and its name, anything else as it is."""
    if not ref.startswith("urn:pulumi:"):
        return ref
    _, _, types, name = ref.split("::", 3)
    return f"{types.rpartition('$')[2]} {name}"
