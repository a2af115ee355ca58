"""A look at a cloud as a comment on a pull request: a table of all that is not well, then the count."""

from __future__ import annotations

from typing import Final

from eks_fargate.cli.live_text import label, said
from eks_fargate.cli.shown import one_line
from eks_fargate.live.checks import Report, State

# GitHub takes 65,536 characters in a comment.
_MOST_ROWS: Final = 100
_ESCAPED: Final = str.maketrans({one: f"\\{one}" for one in "\\|*_[]<>#~`"})


def report_markdown(report: Report) -> str:
    """The report as Markdown, ending in a newline."""
    lines = [f"## {_cell(report.title).capitalize()}", "", report.summary(), ""]
    rows = [check for check in report.checks if check.state is not State.OK]
    if rows:
        lines += ["| State | Area | What | Found | Fix |", "| --- | --- | --- | --- | --- |"]
    for check in rows[:_MOST_ROWS]:
        cells = (label(check), check.area, check.subject, said(check), check.fix)
        lines.append(f"| {' | '.join(map(_cell, cells))} |")
    if len(rows) > _MOST_ROWS:
        lines.append(f"\n... and {len(rows) - _MOST_ROWS} more")
    return "\n".join(lines).rstrip() + "\n"


def _cell(text: str) -> str:
    return one_line(text).translate(_ESCAPED)
