"""A stack beside what it was at another git revision: what changes, what is newly wrong, and what that costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from eks_fargate.fargate.findings import Finding, sort_key
from eks_fargate.offline.changes.against import Changes, changes_against
from eks_fargate.offline.changes.revision import RevisionError
from eks_fargate.offline.errors import OfflineError
from eks_fargate.offline.gate import Asked, StackReport, report_of


@dataclass(frozen=True, eq=False)
class Comparison:
    """One stack at a revision and now.

    before: None where the revision does not have the stack. after: with what the rules find in the change itself.
    """

    changes: Changes
    before: StackReport | None
    after: StackReport

    @cached_property
    def new_findings(self) -> tuple[Finding, ...]:
        """The findings that the revision does not have, in their order.

        It has a finding where it has one of the same rule, level, object and path: the words may differ.
        """
        known = Counter(map(_place, () if self.before is None else self.before.findings))
        new = []
        for finding in self.after.findings:
            known[_place(finding)] -= 1
            if known[_place(finding)] < 0:
                new.append(finding)
        return tuple(new)


def compared(asked: Asked, report: StackReport, rev: str) -> Comparison:
    """The comparison of a stack that runs, as `report` has it now, with the revision `rev`. Raises RevisionError."""
    plan = report.plan
    assert plan is not None, "a stack that cannot be run has nothing to compare"
    changes = changes_against(asked.project, report.stack, rev, plan, asked.today, stack_dir=asked.stack_dir)
    try:
        before = None if changes.before is None else report_of(asked, changes.before)
    except OfflineError as error:
        raise RevisionError([f"at {rev}: {problem}" for problem in error.problems]) from error
    return Comparison(changes, before, _with(report, report_of(asked, plan, changes.resources).findings))


def _with(report: StackReport, findings: Sequence[Finding]) -> StackReport:
    return replace(report, findings=tuple(sorted({*report.findings, *findings}, key=sort_key)))


def _place(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.level, finding.would_be, finding.suppressed, finding.object, finding.path
