"""A look at a cloud as a comment on a pull request: a table of all that is not well, then the count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from eks_fargate.cli.live_text import label, said
from eks_fargate.cli.markdown import table, text
from eks_fargate.live.checks import Check, Report, State

# GitHub takes 65,536 characters in a comment.
_MOST_ROWS: Final = 100


def report_markdown(report: Report) -> str:
    """The report as Markdown, ending in a newline."""
    lines = [f"## {text(report.title).capitalize()}", "", report.summary(), ""]
    rows = [check for check in report.checks if check.state is not State.OK]
    if rows:
        lines += table(("State", "Area", "What", "Found", "Fix"), map(_cells, rows[:_MOST_ROWS]))
    if len(rows) > _MOST_ROWS:
        lines.append(f"\n... and {len(rows) - _MOST_ROWS} more")
    return "\n".join(lines).rstrip() + "\n"


def _cells(check: Check) -> Sequence[str]:
    return [text(cell) for cell in (label(check), check.area, check.subject, said(check), check.fix)]
