"""What a command is asked to look at, out of the arguments that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from eks_fargate.cli.errors import BadInputError
from eks_fargate.fargate.explain import Located
from eks_fargate.fargate.rules import all_rules
from eks_fargate.offline.gate import Asked


def asked_of(arguments: argparse.Namespace, manifests: Sequence[Located] = ()) -> Asked:
    """What `--project`, `--stack-dir`, `--today`, `--rule` and `--strict` ask. Raises BadInputError.

    manifests: what `--manifests` names; omitted: nothing.
    """
    levels = dict(arguments.rule)
    ids = {rule.id for rule in all_rules()}
    problems = [f"--rule {id_}: no such rule; `eks-fargate rules` lists them" for id_ in levels if id_ not in ids]
    if problems:
        raise BadInputError(problems)
    return Asked(arguments.project, arguments.today, arguments.stack_dir, levels, arguments.strict, manifests)
