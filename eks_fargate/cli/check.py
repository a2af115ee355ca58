"""The gate of a pull request: every stack's preview, rules, schemas and policy pack, without an AWS account."""

from __future__ import annotations

import argparse
import sys
from enum import StrEnum
from typing import assert_never

from eks_fargate.cli.against import add_against, compared_with
from eks_fargate.cli.arguments import add_format, add_levels, add_project, add_today
from eks_fargate.cli.asked import asked_of
from eks_fargate.cli.check_json import report_json
from eks_fargate.cli.check_junit import report_junit
from eks_fargate.cli.check_markdown import report_markdown
from eks_fargate.cli.check_sarif import report_sarif
from eks_fargate.cli.check_text import report_text
from eks_fargate.cli.errors import BadInputError
from eks_fargate.cli.report import Report
from eks_fargate.cli.shown import json_text, one_line
from eks_fargate.offline.gate import checked
from eks_fargate.offline.manifests import Manifests, read_manifests
from eks_fargate.offline.project import stack_names


class Format(StrEnum):
    """How the report is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    SARIF = "sarif"
    JUNIT = "junit"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `check`."""
    parser.add_argument("stacks", metavar="STACK", nargs="*", help="names of stacks (default: all that have a file)")
    add_format(parser, Format)
    parser.add_argument(
        "--manifests",
        metavar="PATH",
        action="append",
        default=[],
        help="also explain the Kubernetes manifests in this file or folder for each stack; - for standard input; "
        "may be given again",
    )
    add_against(parser)
    add_levels(parser)
    add_project(parser)
    add_today(parser)


def run(arguments: argparse.Namespace) -> int:
    """Check the stacks. Returns 0; 1 where anything is an error; 2 where a stack cannot be run or a manifest read."""
    known = stack_names(arguments.project, arguments.stack_dir)
    stacks = list(dict.fromkeys(arguments.stacks)) or known
    problems = [
        f"unknown stack '{name}': stacks that exist: {', '.join(known) or 'none'}"
        for name in stacks
        if name not in known
    ]
    if problems or not stacks:
        raise BadInputError(problems or ["the project has no stacks: there is no Pulumi.STACK.yaml"])
    manifests = read_manifests(arguments.manifests, sys.stdin.buffer) if arguments.manifests else Manifests()
    asked = asked_of(arguments, manifests.objects)
    report = compared_with(asked, checked(asked, stacks), arguments.against)
    for stack in report.stacks:
        sys.stderr.write(stack.printed)
    sys.stdout.write(formatted(report, arguments.format))
    unread = [*manifests.problems, *(problem for stack in report.stacks for problem in stack.manifest_problems)]
    for problem in dict.fromkeys(unread):
        print(f"error: {one_line(problem)}", file=sys.stderr)
    if unread or any(stack.plan is None for stack in report.stacks):
        return 2
    return 1 if report.fails else 0


def formatted(report: Report, format_: Format) -> str:
    """The report in the format asked for, ending in a newline."""
    match format_:
        case Format.TEXT:
            return report_text(report)
        case Format.JSON:
            return json_text(report_json(report))
        case Format.MARKDOWN:
            return report_markdown(report)
        case Format.SARIF:
            return json_text(report_sarif(report))
        case Format.JUNIT:
            return report_junit(report)
        case _:
            assert_never(format_)
