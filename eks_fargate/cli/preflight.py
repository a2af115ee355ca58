"""Ask AWS, before `pulumi up`, what stands in the way of deploying a stack. Nothing is changed."""

from __future__ import annotations

import argparse
import json
import sys

from eks_fargate.cli import live_report
from eks_fargate.cli.errors import BadInputError
from eks_fargate.cli.shown import json_text
from eks_fargate.live.account import Account
from eks_fargate.live.demand import demand_of
from eks_fargate.live.failures import LiveError
from eks_fargate.live.preflight.deployer_policy import (
    MANAGED_POLICY_CHARACTERS,
    deployer_policy,
    types_without_actions,
)
from eks_fargate.live.preflight.run import preflight
from eks_fargate.offline.manifests import read_manifests


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `preflight`."""
    live_report.add_arguments(parser)
    parser.add_argument(
        "--manifests",
        action="append",
        default=[],
        metavar="PATH",
        help="Kubernetes manifests that are to run too: their vCPU and addresses count; - for standard input; "
        "may be given again",
    )
    parser.add_argument(
        "--deployer-policy",
        action="store_true",
        help="print the least IAM policy that deploys the stack, as JSON, and ask AWS nothing",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write what AWS says. Returns 1 where a problem is an error; 2 for bad input, and without credentials."""
    plan, given = live_report.planned(arguments)
    read = read_manifests(arguments.manifests, sys.stdin.buffer) if arguments.manifests else None
    if read is not None and read.problems:
        raise BadInputError(read.problems)
    try:
        demand = demand_of(plan, given, [one.manifest for one in read.objects] if read else ())
        if not arguments.deployer_policy:
            account = Account(demand.region, arguments.endpoint_url)
            return live_report.written(preflight(account, demand), arguments)
    except LiveError as error:
        raise BadInputError(error.problems) from None
    policy = deployer_policy(demand)
    sys.stdout.write(json_text(policy))
    for type_ in types_without_actions(demand):
        print(f"not in the policy: what deploying {type_} takes is not known", file=sys.stderr)
    size = len(json.dumps(policy, separators=(",", ":")))
    if size > MANAGED_POLICY_CHARACTERS:
        what = f"the policy has {size} characters; a managed policy holds {MANAGED_POLICY_CHARACTERS}"
        print(f"{what}: split it over several", file=sys.stderr)
    return 0
