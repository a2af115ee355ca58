"""A look at a cloud as a person reads it: what is wrong first, by area; what is well in a line of its own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from eks_fargate.cli.shown import one_line
from eks_fargate.live.checks import Check, Report, State


def report_text(report: Report) -> str:
    """The report as text, ending in a newline."""
    lines = [report.title, ""]
    for area, checks in groupby(report.checks, key=lambda check: check.area):
        lines.append(area)
        for check in checks:
            lines += _lines(check)
    calls = "call" if report.calls == 1 else "calls"
    lines += ["", f"{report.summary()} ({report.calls} {calls} to AWS)"]
    return "\n".join(map(one_line, lines)) + "\n"


def label(check: Check) -> str:
    """The state in a word; the level of a problem."""
    return check.level.value if check.state is State.PROBLEM else check.state.value


def said(check: Check) -> str:
    """What is planned beside what is, and what that means, in a line."""
    differs = check.planned and check.actual and check.planned != check.actual
    values = f"planned {check.planned}, actual {check.actual}" if differs else check.actual or check.planned
    return "; ".join(part for part in (values, check.why) if part)


def _lines(check: Check) -> Iterator[str]:
    told = said(check)
    yield f"  {label(check):11} {check.subject}" + (f": {told}" if told else "")
    if check.fix:
        yield f"  {'':11} fix: {check.fix}"
