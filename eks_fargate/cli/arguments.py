"""Arguments that several commands share, so that one word means one thing."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path

from eks_fargate.fargate.given import LEVELS


def add_project(parser: argparse.ArgumentParser) -> None:
    """Add `--project` and `--stack-dir`: where the project and its stack files are."""
    parser.add_argument(
        "--project", type=Path, default=Path(), metavar="DIR", help="folder of Pulumi.yaml (default: the current one)"
    )
    parser.add_argument(
        "--stack-dir",
        type=Path,
        metavar="DIR",
        help="folder of the stack files (default: stackConfigDir of Pulumi.yaml)",
    )


def add_today(parser: argparse.ArgumentParser) -> None:
    """Add `--today`: the date that answers depend on."""
    parser.add_argument(
        "--today",
        type=_date,
        default=datetime.date.today(),
        metavar="DATE",
        help="take this date (YYYY-MM-DD) for today",
    )


def add_levels(parser: argparse.ArgumentParser) -> None:
    """Add `--rule` and `--strict`: the level of a rule, and whether what cannot be judged fails."""
    parser.add_argument(
        "--rule",
        type=_level,
        action="append",
        default=[],
        metavar="ID=LEVEL",
        help="off, warning or error for one rule, over what the stack's settings say; may be given again",
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="give what cannot be judged before deployment the level that it would have",
    )


def _level(text: str) -> tuple[str, str]:
    rule, mark, level = text.partition("=")
    if not mark or level not in LEVELS:
        msg = f"{text!r} is no level of a rule: write ID=LEVEL, LEVEL one of {', '.join(LEVELS)}"
        raise argparse.ArgumentTypeError(msg)
    return rule, level


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        msg = f"{text!r} is not a date: write YYYY-MM-DD"
        raise argparse.ArgumentTypeError(msg) from None
