"""Arguments that several commands share, so that one word means one thing."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path


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


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        msg = f"{text!r} is not a date: write YYYY-MM-DD"
        raise argparse.ArgumentTypeError(msg) from None
