"""Tell for every pod of Kubernetes manifests where it lands and why, its size, its cost, and what Fargate refuses."""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import replace
from typing import assert_never

from eks_fargate.cli.arguments import Format, add_format, add_levels, add_project, add_today, one_of
from eks_fargate.cli.errors import BadInputError
from eks_fargate.cli.explain_cluster import ClusterAsked, cluster_of
from eks_fargate.cli.explain_json import explanation_json
from eks_fargate.cli.explain_live import objects_of_live_cluster
from eks_fargate.cli.explain_markdown import explanation_markdown
from eks_fargate.cli.explain_text import explanation_text
from eks_fargate.cli.findings_text import has_errors
from eks_fargate.cli.progress import ProgressBar
from eks_fargate.cli.shown import one_line
from eks_fargate.fargate.explain import Explanation, explain
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.versions import version_key
from eks_fargate.offline.manifests import STDIN, Manifests, read_manifests


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `explain`."""
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        help="files and folders of manifests, YAML or JSON; - for standard input, such as what `helm template` prints; "
        "may be left out with --cluster, for what runs on it",
    )
    cluster = parser.add_mutually_exclusive_group()
    cluster.add_argument("--stack", metavar="STACK", help="take profiles and settings from this stack")
    cluster.add_argument(
        "--profiles",
        action="append",
        metavar="FILE",
        help="take the Fargate profiles from this file: JSON that `aws eks describe-fargate-profile` prints or "
        "`create-fargate-profile` takes, an eksctl ClusterConfig, or a stack file; may be given again",
    )
    cluster.add_argument("--cluster", metavar="NAME", help="take the Fargate profiles from this cluster in AWS")
    parser.add_argument("--endpoint-url", metavar="URL", help="of a stand-in for AWS, for --cluster")
    parser.add_argument(
        "--namespace", type=_namespace, default="default", help="namespace of objects that name none (default: default)"
    )
    parser.add_argument(
        "--kubernetes-version", type=_version, metavar="VERSION", help="default: the stack's, else the newest known"
    )
    parser.add_argument(
        "--region", help="region for prices, and of --cluster, such as us-east-1 (default: the stack's)"
    )
    parser.add_argument(
        "--data-plane",
        type=one_of(DataPlane),
        choices=list(DataPlane),
        help="what the cluster runs pods on, over the stack's",
    )
    add_format(parser)
    add_levels(parser)
    add_project(parser)
    add_today(parser)


def run(arguments: argparse.Namespace) -> int:
    """Explain the manifests. Returns 0; 1 where a finding is an error; 2 where some of the input cannot be read."""
    if STDIN in arguments.paths and STDIN in (arguments.profiles or ()):
        raise BadInputError(["standard input is given for manifests and for --profiles: give a file for one of them"])
    if not arguments.paths and arguments.cluster is None:
        raise BadInputError(["nothing to explain: give files or folders, - for standard input, or --cluster NAME"])
    cluster = cluster_of(arguments)
    progress = ProgressBar("reading", sys.stderr)
    if arguments.paths:
        manifests = read_manifests(arguments.paths, sys.stdin.buffer, progress.update)
    else:
        manifests = Manifests(objects_of_live_cluster(arguments))
    progress.go_on(f"explaining {len(manifests.objects)} objects")
    found = explain(manifests.objects, cluster.world, cluster.levels, strict=arguments.strict)
    progress.close()
    found = replace(
        found,
        problems=[*manifests.problems, *found.problems],
        notes=[*cluster.notes, *manifests.notes, *found.notes],
    )
    sys.stdout.write(formatted(found, cluster, arguments.format))
    for problem in found.problems:
        print(f"error: {one_line(problem)}", file=sys.stderr)
    if found.problems:
        return 2
    return 1 if has_errors(found.all_findings()) else 0


def formatted(found: Explanation, cluster: ClusterAsked, format_: Format) -> str:
    """The explanation in the format asked for, ending in a newline."""
    match format_:
        case Format.TEXT:
            return explanation_text(found, cluster)
        case Format.JSON:
            return explanation_json(found)
        case Format.MARKDOWN:
            return explanation_markdown(found, cluster)
        case _:
            assert_never(format_)


def _namespace(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", text):
        msg = f"{text!r} is no namespace: 1 to 63 lower-case letters, digits and hyphens, no hyphen first or last"
        raise argparse.ArgumentTypeError(msg)
    return text


def _version(text: str) -> str:
    try:
        version_key(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text
