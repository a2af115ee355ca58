"""Run the program of a stack offline and show what it would deploy, what is wrong with it, and what it costs."""

from __future__ import annotations

import argparse
import sys
from typing import assert_never

from eks_fargate.cli.against import add_against, compared_with
from eks_fargate.cli.arguments import Format, add_format, add_levels, add_project, add_today
from eks_fargate.cli.asked import asked_of
from eks_fargate.cli.check_json import stack_json
from eks_fargate.cli.check_markdown import report_markdown
from eks_fargate.cli.check_text import preview_text
from eks_fargate.cli.report import Report
from eks_fargate.cli.shown import json_text
from eks_fargate.offline.gate import previewed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `preview`."""
    parser.add_argument("stack", metavar="STACK", help="name of the stack, as in Pulumi.STACK.yaml")
    add_format(parser)
    add_against(parser)
    add_levels(parser)
    add_project(parser)
    add_today(parser)


def run(arguments: argparse.Namespace) -> int:
    """Show the plan of a stack; what the program itself printed goes to stderr. Returns 1 where there is an error."""
    asked = asked_of(arguments)
    stack = previewed(asked, arguments.stack)
    sys.stderr.write(stack.printed)
    report = compared_with(asked, [stack], arguments.against)
    sys.stdout.write(formatted(report, arguments.format))
    return 1 if report.fails else 0


def formatted(report: Report, format_: Format) -> str:
    """The report of one stack in the format asked for, ending in a newline."""
    match format_:
        case Format.TEXT:
            return preview_text(report)
        case Format.JSON:
            return json_text(stack_json(report.stacks[0], report))
        case Format.MARKDOWN:
            return report_markdown(report)
        case _:
            assert_never(format_)
