"""Print the policy pack's configuration for a stack, ready for `pulumi preview --policy-pack-config FILE`."""

from __future__ import annotations

import argparse
import json
import sys

from eks_fargate.cli.arguments import add_levels, add_project, add_today
from eks_fargate.cli.asked import asked_of
from eks_fargate.offline.gate import pack_config


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `policy-config`."""
    parser.add_argument("stack", metavar="STACK", help="name of the stack, as in Pulumi.STACK.yaml")
    add_levels(parser)
    add_project(parser)
    add_today(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the configuration as JSON: one entry for each policy of the pack. Returns 0."""
    config = pack_config(asked_of(arguments), arguments.stack)
    sys.stdout.write(json.dumps(config, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
    return 0
