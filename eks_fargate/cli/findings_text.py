"""Findings as a person reads them in a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from eks_fargate.cli.shown import one_line
from eks_fargate.fargate.findings import Finding, Level

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


def counted(findings: Iterable[Finding]) -> str:
    """`1 error, 2 warnings, 3 undetermined`; `no findings`. Those that are let off are counted apart."""
    found = list(findings)
    counts = Counter(finding.level for finding in found if not finding.suppressed)
    let_off = sum(finding.suppressed for finding in found)
    parts = [f"{counts[level]} {_noun(level, counts[level])}" for level in Level if counts[level]]
    return ", ".join([*parts, *([f"{let_off} let off"] if let_off else [])]) or "no findings"


def _noun(level: Level, count: int) -> str:
    return level.value if level is Level.UNDETERMINED or count == 1 else f"{level.value}s"


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding is an error that is not let off."""
    return any(finding.level is Level.ERROR and not finding.suppressed for finding in findings)
