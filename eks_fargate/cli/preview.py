"""Run the program of a stack offline and show what it would deploy."""

from __future__ import annotations

import argparse
import json
import sys
from enum import StrEnum
from typing import assert_never

from eks_fargate.cli.arguments import add_project, add_today
from eks_fargate.cli.plan_text import plan_text
from eks_fargate.offline.engine import run as run_offline
from eks_fargate.offline.plan import Plan


class Format(StrEnum):
    """How the plan is written."""

    TEXT = "text"
    JSON = "json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `preview`."""
    parser.add_argument("stack", metavar="STACK", help="name of the stack, as in Pulumi.STACK.yaml")
    parser.add_argument("--format", type=Format, choices=list(Format), default=Format.TEXT, help="default: text")
    add_project(parser)
    add_today(parser)


def run(arguments: argparse.Namespace) -> int:
    """Show the plan of a stack; what the program itself printed goes to stderr. Returns the exit code."""
    plan = run_offline(arguments.project, arguments.stack, today=arguments.today, stack_dir=arguments.stack_dir)
    sys.stderr.write(plan.printed)
    sys.stdout.write(formatted(plan, arguments.format))
    return 0


def formatted(plan: Plan, format_: Format) -> str:
    """The plan in the format asked for, ending in a newline."""
    match format_:
        case Format.TEXT:
            return plan_text(plan)
        case Format.JSON:
            return json.dumps(plan.to_json(), indent=2, ensure_ascii=False) + "\n"
        case _:
            assert_never(format_)
