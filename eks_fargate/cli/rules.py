"""List the rules: id, level, the statement that must be true, and the source of the fact."""

from __future__ import annotations

import argparse
import sys
import textwrap
from typing import assert_never

from eks_fargate.cli.arguments import Format, add_format
from eks_fargate.cli.rules_page import rules_page
from eks_fargate.cli.shown import json_text
from eks_fargate.fargate.rules import all_rules


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `rules`."""
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """List the rules. Returns 0."""
    sys.stdout.write(formatted(arguments.format))
    return 0


def formatted(format_: Format) -> str:
    """The rules in the format asked for, sorted by group and id, ending in a newline."""
    match format_:
        case Format.TEXT:
            return "\n".join(_lines()) + "\n"
        case Format.JSON:
            rules = [
                {
                    "id": rule.id,
                    "group": rule.group,
                    "level": rule.level.value,
                    "statement": rule.statement,
                    "source": rule.source,
                }
                for rule in all_rules()
            ]
            return json_text(rules)
        case Format.MARKDOWN:
            return rules_page()
        case _:
            assert_never(format_)


def _lines() -> list[str]:
    lines = []
    for rule in all_rules():
        lines.append(f"{rule.id}  {rule.level.value}")
        lines += textwrap.wrap(rule.statement, 100, initial_indent="    ", subsequent_indent="    ")
        lines.append(f"    {rule.source}")
    return lines
