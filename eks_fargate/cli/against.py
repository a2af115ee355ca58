"""`--against`: the stacks of a command beside what they were at another git revision."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from eks_fargate.cli.report import Report
from eks_fargate.offline.changes.comparison import compared
from eks_fargate.offline.gate import Asked, StackReport


def add_against(parser: argparse.ArgumentParser) -> None:
    """Add `--against`: the git revision to compare with."""
    parser.add_argument(
        "--against",
        metavar="REV",
        help="also show what changes since a git revision (a branch, a tag, a commit), and what that means",
    )


def compared_with(asked: Asked, reports: Sequence[StackReport], rev: str | None) -> Report:
    """The report on the stacks, each compared with the revision `rev`, where it can be run. rev: None for none at all.

    Raises RevisionError.
    """
    if rev is None:
        return Report(reports)
    found = {report.stack: compared(asked, report, rev) for report in reports if report.plan is not None}
    return Report([found[one.stack].after if one.stack in found else one for one in reports], found)
