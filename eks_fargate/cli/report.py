"""What check and preview write: the reports of its stacks, and what changes in each since a revision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from eks_fargate.cli.findings_text import counted, has_errors
from eks_fargate.fargate.findings import Finding
from eks_fargate.offline.changes.comparison import Comparison
from eks_fargate.offline.changes.consequences import refusals
from eks_fargate.offline.gate import StackReport


@dataclass(frozen=True, slots=True)
class Report:
    """The reports of the stacks, in the order asked for.

    comparisons: by stack, with a git revision; without those that cannot be run. Omitted: with none.
    """

    stacks: Sequence[StackReport]
    comparisons: Mapping[str, Comparison] = field(default_factory=dict)

    @property
    def refused_changes(self) -> int:
        """How many changes are ones that AWS or Pulumi refuses."""
        changes = (one for comparison in self.comparisons.values() for one in comparison.changes.resources)
        return sum(bool(refusals(one)) for one in changes)

    @property
    def fails(self) -> bool:
        """Whether anything is an error, or a change is refused."""
        return has_errors(self.findings) or self.refused_changes > 0

    @property
    def counted(self) -> str:
        """The findings, and the refused changes where there are any, counted."""
        noun = "change" if self.refused_changes == 1 else "changes"
        refused = f", {self.refused_changes} {noun} refused" if self.refused_changes else ""
        return f"{counted(self.findings)}{refused}"

    @property
    def findings(self) -> list[Finding]:
        """The findings of all stacks, those of one after those of the other."""
        return [finding for stack in self.stacks for finding in stack.all_findings]
