"""What preflight and verify share: their arguments, and the report in the format asked for."""

from __future__ import annotations

import argparse
import sys
from typing import assert_never

from eks_fargate.cli.arguments import Format, add_format, add_project, add_today
from eks_fargate.cli.errors import BadInputError
from eks_fargate.cli.live_markdown import report_markdown
from eks_fargate.cli.live_text import report_text
from eks_fargate.cli.shown import json_text
from eks_fargate.fargate.given import Given, GivenError, given_of
from eks_fargate.live.checks import Report
from eks_fargate.offline.engine import run as run_offline
from eks_fargate.offline.plan import Plan
from eks_fargate.offline.stack_given import given_config


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the stack, `--format`, `--strict`, `--endpoint-url`, and what the plan needs."""
    parser.add_argument("stack", metavar="STACK", help="name of the stack, as in Pulumi.STACK.yaml")
    add_format(parser)
    parser.add_argument(
        "--strict", action="store_true", help="give what could not be told the level that its problem would have"
    )
    parser.add_argument("--endpoint-url", metavar="URL", help="of a stand-in for AWS (default: AWS itself)")
    add_project(parser)
    add_today(parser)


def planned(arguments: argparse.Namespace) -> tuple[Plan, Given]:
    """The plan of the stack and what is known besides; what the program itself printed goes to stderr."""
    plan = run_offline(arguments.project, arguments.stack, today=arguments.today, stack_dir=arguments.stack_dir)
    sys.stderr.write(plan.printed)
    try:
        return plan, given_of(given_config(plan), arguments.today)
    except GivenError as error:
        raise BadInputError(error.problems) from None


def written(report: Report, arguments: argparse.Namespace) -> int:
    """Write the report to stdout. Returns 1 for a problem of level error, 2 where nothing could be told, else 0."""
    shown = report.strict() if arguments.strict else report
    sys.stdout.write(formatted(shown, arguments.format))
    if shown.tells_nothing:
        print("error: nothing could be asked: see the reasons above", file=sys.stderr)
        return 2
    return 1 if shown.failed else 0


def formatted(report: Report, format_: Format) -> str:
    """The report in the format asked for, ending in a newline."""
    match format_:
        case Format.TEXT:
            return report_text(report)
        case Format.JSON:
            return json_text(report.to_json())
        case Format.MARKDOWN:
            return report_markdown(report)
        case _:
            assert_never(format_)
