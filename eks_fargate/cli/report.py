"""What check and preview write: the reports of its stacks, and what changes in each since a revision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from eks_fargate.fargate.findings import Finding
from eks_fargate.offline.changes.comparison import Comparison
from eks_fargate.offline.gate import StackReport


@dataclass(frozen=True, slots=True)
class Report:
    """The reports of the stacks, in the order asked for.

    comparisons: by stack, with a git revision; without those that cannot be run. Omitted: with none.
    """

    stacks: Sequence[StackReport]
    comparisons: Mapping[str, Comparison] = field(default_factory=dict)

    @property
    def findings(self) -> list[Finding]:
        """The findings of all stacks, those of one after those of the other."""
        return [finding for stack in self.stacks for finding in stack.all_findings]
