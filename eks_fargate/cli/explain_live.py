"""What explain takes from a cluster that runs: its profiles, and with access to its API what it runs."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, TypeVar

from eks_fargate.cli.errors import BadInputError
from eks_fargate.fargate.input_objects import Located
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.profiles import Profile

T = TypeVar("T")


def live_cluster_config(arguments: argparse.Namespace) -> tuple[tuple[Profile, ...], dict[str, Any], tuple[str, ...]]:
    """The profiles, the configuration that they and the cluster amount to, and what was assumed, in sentences."""
    # boto3 takes longer to import than most manifests take to explain.
    from eks_fargate.live.cluster import live_cluster

    live = _asked(arguments, live_cluster)
    plane, note = _data_plane(has_node_groups=live.has_node_groups, has_profiles=bool(live.profiles))
    notes = () if arguments.data_plane is not None else (f"cluster {arguments.cluster}: {note}",)
    return live.profiles, {"dataPlane": plane.value, "kubernetesVersion": live.version}, notes


def objects_of_live_cluster(arguments: argparse.Namespace) -> list[Located]:
    """What the cluster runs, as manifests."""
    from eks_fargate.live.cluster import objects_of_cluster

    found = _asked(arguments, objects_of_cluster)
    return [Located(manifest, f"cluster {arguments.cluster}", index) for index, manifest in enumerate(found, 1)]


def _asked(arguments: argparse.Namespace, question: Callable[[Any, str], T]) -> T:
    from eks_fargate.live.account import Account
    from eks_fargate.live.failures import LiveError

    if arguments.region is None:
        raise BadInputError(["--cluster: in which region is not told: give --region, such as --region us-east-1"])
    try:
        return question(Account(arguments.region, arguments.endpoint_url), arguments.cluster)
    except LiveError as error:
        raise BadInputError(error.problems) from None


def _data_plane(*, has_node_groups: bool | None, has_profiles: bool) -> tuple[DataPlane, str]:
    """What the cluster runs pods on, and what of that is taken for granted. Nodes of other kinds are not seen."""
    if not has_profiles:
        return DataPlane.NODES, "it has no Fargate profile, so that every pod is taken to run on nodes"
    if has_node_groups:
        return DataPlane.MIXED, "it has managed nodes besides its profiles"
    seen = "whether it has managed nodes could not be read" if has_node_groups is None else "it has no managed nodes"
    return (
        DataPlane.FARGATE,
        f"{seen}; taken to run on Fargate alone: if it has nodes of its own, say --data-plane mixed",
    )
