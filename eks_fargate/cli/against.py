"""`--against`: the stacks of a command beside what they were at another git revision."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from eks_fargate.offline.comparison import Comparison, compared
from eks_fargate.offline.gate import Asked, StackReport


def add_against(parser: argparse.ArgumentParser) -> None:
    """Add `--against`: the git revision to compare with."""
    parser.add_argument(
        "--against",
        metavar="REV",
        help="also show what changes since a git revision (a branch, a tag, a commit), and what that means",
    )


def comparisons(asked: Asked, reports: Sequence[StackReport], rev: str | None) -> dict[str, Comparison]:
    """Stack -> its comparison with the revision `rev`; without those that cannot be run now. rev: None for none at all.

    Raises RevisionError.
    """
    if rev is None:
        return {}
    return {report.stack: compared(asked, report, rev) for report in reports if report.plan is not None}
