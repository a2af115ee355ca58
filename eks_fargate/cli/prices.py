"""Bring the price table up to date from AWS's Price List, and print what changed."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import assert_never

from eks_fargate import fargate
from eks_fargate.cli.arguments import Format, add_format, add_today
from eks_fargate.cli.errors import BadInputError
from eks_fargate.cli.shown import json_text, one_line
from eks_fargate.live.account import Account
from eks_fargate.live.failures import LiveError
from eks_fargate.live.prices import API_REGION, Change, refreshed

TABLE = Path(fargate.__file__).parent / "data" / "prices.json"
"""The table that every command reads its prices from."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `prices`."""
    parser.add_argument("--refresh", action="store_true", required=True, help=f"write {TABLE.name} anew")
    add_format(parser)
    parser.add_argument("--endpoint-url", metavar="URL", help="of a stand-in for AWS (default: AWS itself)")
    add_today(parser)


def run(arguments: argparse.Namespace) -> int:
    """Refresh the table and write what changed. Returns 1 where a row could not be read; 2 without credentials."""
    prices = json.loads(TABLE.read_text(encoding="utf-8"))
    try:
        fresh, changes = refreshed(Account(API_REGION, arguments.endpoint_url), prices, arguments.today)
    except LiveError as error:
        raise BadInputError(error.problems) from None
    if fresh != prices:
        TABLE.write_text(json.dumps(fresh, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(formatted(changes, arguments.format))
    return 1 if any(change.failure for change in changes) else 0


def formatted(changes: list[Change], format_: Format) -> str:
    """The changes in the format asked for, ending in a newline."""
    failed = sum(bool(change.failure) for change in changes)
    summary = f"{len(changes) - failed} changed, {failed} not read"
    match format_:
        case Format.TEXT:
            return "\n".join([*(one_line(str(change)) for change in changes), summary]) + "\n"
        case Format.JSON:
            rows = [
                {"where": one.where, "item": one.item, "before": one.before, "after": one.after, "failure": one.failure}
                for one in changes
            ]
            return json_text({"changes": rows, "summary": summary})
        case Format.MARKDOWN:
            return "\n".join(["## Prices", "", *(f"- {one_line(str(one))}" for one in changes), "", summary]) + "\n"
        case _:
            assert_never(format_)
