"""What check writes: the reports of its stacks, in the words that every format shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eks_fargate.fargate.findings import Finding, Level
from eks_fargate.offline.gate import StackReport


@dataclass(frozen=True, slots=True)
class Report:
    """The reports of the stacks, in the order asked for."""

    stacks: Sequence[StackReport]

    @property
    def findings(self) -> list[Finding]:
        """The findings of all stacks, those of one after those of the other."""
        return [finding for stack in self.stacks for finding in stack.all_findings]


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
