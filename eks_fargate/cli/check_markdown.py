"""The report of check as a comment on a pull request: verdict, changes, findings, cost; the rest is folded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from eks_fargate.cli.changes_markdown import changes_markdown
from eks_fargate.cli.cost import cost_rows, manifests_cost, monthly, prices_of
from eks_fargate.cli.diagram import diagram
from eks_fargate.cli.findings_text import counted, short
from eks_fargate.cli.markdown import code, table, text
from eks_fargate.cli.plan_text import plan_text
from eks_fargate.cli.report import Report
from eks_fargate.fargate.findings import Finding, Level
from eks_fargate.offline.gate import StackReport

# GitHub takes 65,536 characters in a comment.
_MOST_CHARACTERS: Final = 60_000
_MOST_FINDINGS: Final = 50
_LEVELS: Final = [level.value for level in Level]


def report_markdown(report: Report) -> str:
    """The comment, ending in a newline; where it would grow too long, without the trees of resources."""
    whole = _comment(report, with_trees=True)
    return whole if len(whole) <= _MOST_CHARACTERS else _comment(report, with_trees=False)


def _comment(report: Report, *, with_trees: bool) -> str:
    verdict = "fails" if report.fails else "passes"
    lines = [f"## EKS on Fargate: {verdict}", "", f"{report.counted}.".capitalize(), ""]
    lines += table(("Stack", "Findings", "Resources", "Cost"), [_row(stack) for stack in report.stacks])
    for comparison in report.comparisons.values():
        lines += ["", *changes_markdown(comparison).splitlines()]
    lines += _findings(report)
    for stack in report.stacks:
        if stack.plan is not None:
            lines += _details(stack, with_tree=with_trees)
    return "\n".join(lines) + "\n"


def _row(report: StackReport) -> tuple[str, ...]:
    if report.plan is None:
        return report.stack, counted(report.all_findings), "cannot be run", "?"
    count = sum(resource.custom for resource in report.plan.resources)
    return report.stack, counted(report.all_findings), str(count), monthly(report.cost)


def _findings(report: Report) -> Iterator[str]:
    """A row for each finding; one that several stacks have alike is one row."""
    stacks: dict[tuple[str, ...], list[str]] = {}
    for stack in report.stacks:
        for finding in stack.all_findings:
            names = stacks.setdefault(_cells(finding), [])
            if stack.stack not in names:
                names.append(stack.stack)
    if stacks:
        rows = [(cells[0], ", ".join(names), *cells[1:]) for cells, names in stacks.items()]
        rows.sort(key=lambda row: _LEVELS.index(row[0].split()[0]))
        yield ""
        yield from table(("Level", "Stacks", "Rule", "Object", "What is so, and what to do"), rows[:_MOST_FINDINGS])
        if len(rows) > _MOST_FINDINGS:
            yield f"\nAnd {len(rows) - _MOST_FINDINGS} more: `eks-fargate check` shows them all."


def _cells(finding: Finding) -> tuple[str, ...]:
    level = f"{finding.level} (let off)" if finding.suppressed else finding.level.value
    at = f"{finding.file}:{finding.line or 1}" if finding.file not in (None, finding.object) else ""
    place = " ".join(code(part) for part in (short(finding.object), finding.path, at) if part)
    event = f" Event: {finding.event}." if finding.event else ""
    told = text(f"{finding.message}.{event} {finding.fix}")
    return level, f"[{finding.rule}]({finding.source})", place, told


def _details(report: StackReport, *, with_tree: bool) -> Iterator[str]:
    assert report.plan is not None
    yield from ("", f"<details><summary>{report.stack}: what is built, and what it costs</summary>", "")
    yield from table(
        ("Item", "Quantity", "Unit", "USD a month", ""),
        [[text(cell) for cell in row] for row in cost_rows(report.cost)],
    )
    if report.manifests is not None:
        yield from ("", f"{manifests_cost(report.manifests)}.")
    yield from ("", f"Prices of {prices_of()}.", "", "```mermaid", *diagram(report.plan).splitlines(), "```", "")
    if with_tree:
        yield from ("```text", *plan_text(report.plan).replace("```", "'''").splitlines(), "```", "")
    else:
        yield from (f"`eks-fargate preview {report.stack}` shows the tree of resources, too long for here.", "")
    for one in report.not_checked:
        yield f"- Not checked: {code(short(one.object))} {f'{one.path}: ' if one.path else ''}{text(one.reason)}"
    yield from ("", "</details>")
