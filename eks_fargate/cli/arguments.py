"""Arguments that several commands share, so that one word means one thing."""

from __future__ import annotations

import argparse
import datetime
import os
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from eks_fargate.fargate.rules.base import LEVELS
from eks_fargate.fargate.versions import TODAY_VARIABLE

Choice = TypeVar("Choice", bound=StrEnum)


class Format(StrEnum):
    """How a result is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def add_format(parser: argparse.ArgumentParser, formats: type[StrEnum] = Format) -> None:
    """Add `--format`: one of `formats`, text where it is omitted."""
    parser.add_argument(
        "--format", type=one_of(formats), choices=list(formats), default=formats("text"), help="default: text"
    )


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
        default=os.environ.get(TODAY_VARIABLE) or datetime.date.today().isoformat(),
        metavar="DATE",
        help=f"take this date (YYYY-MM-DD) for today (default: {TODAY_VARIABLE} in the environment, else the real one)",
    )


def one_of(choices: type[Choice]) -> Callable[[str], Choice]:
    """What reads one of `choices` from an argument, and names them all where it is none."""

    def chosen(text: str) -> Choice:
        try:
            return choices(text)
        except ValueError:
            msg = f"{text!r} is none of {', '.join(choices)}"
            raise argparse.ArgumentTypeError(msg) from None

    return chosen


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
        msg = f"{text!r} is not a date: write YYYY-MM-DD, here or in {TODAY_VARIABLE}"
        raise argparse.ArgumentTypeError(msg) from None
