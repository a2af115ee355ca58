"""The report of check as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.cli.changes_text import changes_text
from eks_fargate.cli.cost import cost_lines, manifests_cost, monthly, prices_of
from eks_fargate.cli.findings_text import counted, findings_lines, short
from eks_fargate.cli.plan_text import plan_text
from eks_fargate.cli.report import Report
from eks_fargate.offline.gate import StackReport
from eks_fargate.offline.lint.notchecked import NotChecked


def report_text(report: Report) -> str:
    """The stacks one after the other, the verdict at the end, where a terminal shows it."""
    lines = [line for stack in report.stacks for line in (*_stack(stack, report), "")]
    verdict = "fails" if report.fails else "passes"
    return "\n".join([*lines, f"The check {verdict}: {report.counted}."]) + "\n"


def preview_text(report: Report) -> str:
    """One stack: its resources and outputs, what was found, what it costs, and what changes since a revision."""
    [stack] = report.stacks
    parts = [] if stack.plan is None else [plan_text(stack.plan)]
    parts.append("\n".join(_judged(stack)) + "\n")
    return "\n".join([*parts, *map(changes_text, report.comparisons.values())])


def _judged(report: StackReport) -> Iterator[str]:
    """What was found in a stack, what no schema was there for, and what the stack costs: each with a title."""
    yield f"Findings: {counted(report.findings)}" if report.findings else "No findings"
    yield from (f"  {line}" for line in findings_lines(report.findings))
    if report.manifests is not None:
        yield f"{manifests_cost(report.manifests)}: {counted(report.manifests.all_findings())}"
        yield from (f"  {line}" for line in findings_lines(report.manifests.all_findings()))
    if report.not_checked:
        yield "Not checked:"
        yield from (f"  {'  '.join(_not_checked(one))}" for one in report.not_checked)
    if report.cost:
        yield f"Monthly cost in USD, at prices of {prices_of()}:"
        yield from (f"  {line}" for line in cost_lines(report.cost))


def _not_checked(one: NotChecked) -> Iterator[str]:
    yield from (part for part in (short(one.object), one.path, one.reason) if part)


def _stack(report: StackReport, whole: Report) -> Iterator[str]:
    if report.plan is None:
        yield f"{report.stack}: cannot be run"
    else:
        count = sum(resource.custom for resource in report.plan.resources)
        noun = "resource" if count == 1 else "resources"
        yield f"{report.stack}: {count} {noun}, {monthly(report.cost)}, {_pack(report)}"
    comparison = whole.comparisons.get(report.stack)
    if comparison is not None:
        yield from (f"  {line}" for line in changes_text(comparison).splitlines())
    yield from (f"  {line}" for line in _judged(report))


def _pack(report: StackReport) -> str:
    violations = report.violations or ()
    mandatory = sum(one.mandatory for one in violations)
    return f"policy pack: {mandatory} mandatory, {len(violations) - mandatory} advisory"
