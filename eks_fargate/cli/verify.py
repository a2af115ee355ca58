"""Compare what runs with what is planned, after `pulumi up`, and say whether it is healthy. Nothing is changed."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from time import monotonic, sleep

from eks_fargate.cli import live_report
from eks_fargate.cli.errors import BadInputError
from eks_fargate.live.account import Account
from eks_fargate.live.before_destroy import before_destroy
from eks_fargate.live.checks import Report
from eks_fargate.live.demand import demand_of
from eks_fargate.live.failures import LiveError
from eks_fargate.live.verify.run import verify
from eks_fargate.live.waiting import wait


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `verify`."""
    live_report.add_arguments(parser)
    other = parser.add_mutually_exclusive_group()
    other.add_argument(
        "--wait",
        type=_minutes,
        default=0.0,
        metavar="MINUTES",
        help="look again until nothing fails or is unknown, for so long at most (default: look once)",
    )
    other.add_argument(
        "--before-destroy",
        action="store_true",
        help="list what `pulumi destroy` would leave behind, and what would stop it, instead",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write what runs. Returns 1 where a problem is an error; 2 for bad input, and without credentials."""
    plan, given = live_report.planned(arguments)
    try:
        demand = demand_of(plan, given)
        account = Account(demand.region, arguments.endpoint_url)

        def look() -> Report:
            account.forget()
            now = datetime.now(UTC)
            return (before_destroy if arguments.before_destroy else verify)(account, demand, now)

        report = wait(look, arguments.wait, monotonic, sleep, _progress)
    except LiveError as error:
        raise BadInputError(error.problems) from None
    return live_report.written(report, arguments)


def _progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _minutes(text: str) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = -1.0
    if not 0 <= minutes <= 24 * 60:
        msg = f"{text!r} is no number of minutes from 0 to 1440"
        raise argparse.ArgumentTypeError(msg)
    return minutes
