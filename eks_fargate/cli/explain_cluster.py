"""The cluster that manifests are explained for, out of a stack, files of profiles, and the arguments of the command."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from typing import Any, Final

from eks_fargate.cli.errors import BadInputError
from eks_fargate.cli.explain_live import live_cluster_config
from eks_fargate.fargate.given import Given, GivenError, given_of
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.planned import planned_stack
from eks_fargate.fargate.profiles import Profile
from eks_fargate.fargate.rules.base import Levels
from eks_fargate.fargate.versions import known_versions, version_key
from eks_fargate.fargate.world import World
from eks_fargate.offline.engine import run as run_offline
from eks_fargate.offline.profile_files import ProfileFiles, read_profiles
from eks_fargate.offline.stack_given import given_config

_NOT_TOLD: Final = (
    "the Fargate profiles of the cluster are not told: name a stack with --stack, a file with --profiles, or a "
    "running cluster with --cluster; or, for a cluster without profiles, say what it runs pods on with --data-plane"
)
_ASSUMED: Final = "taken to run on Fargate alone; if the cluster has nodes too, say --data-plane mixed"


@dataclass(frozen=True, slots=True, eq=False)
class ClusterAsked:
    """A cluster. source: what told of it, in words. notes: what was assumed or left out, in sentences."""

    world: World
    levels: Levels
    source: str
    notes: tuple[str, ...] = ()


def cluster_of(arguments: argparse.Namespace) -> ClusterAsked:
    """The cluster that the arguments ask for. Raises BadInputError, and OfflineError for a stack or file."""
    try:
        if arguments.stack is not None:
            return _of_stack(arguments)
        if arguments.cluster is not None:
            return _of_live_cluster(arguments)
        if arguments.profiles:
            return _of_files(arguments, read_profiles(arguments.profiles))
        if arguments.data_plane is None:
            raise BadInputError([_NOT_TOLD])
        given = _given(arguments, {})
        return ClusterAsked(_world(given, arguments, ()), given.levels, "no profiles")
    except GivenError as error:
        raise BadInputError(error.problems) from None


def _of_stack(arguments: argparse.Namespace) -> ClusterAsked:
    plan = run_offline(arguments.project, arguments.stack, today=arguments.today, stack_dir=arguments.stack_dir)
    sys.stderr.write(plan.printed)
    config = given_config(plan)
    # The plan has the profiles itself, with their names in settings.
    config.pop("profiles", None)
    given = _given(arguments, config)
    world = planned_stack(plan.resources, given).world
    return ClusterAsked(
        replace(world, default_namespace=arguments.namespace), given.levels, f"stack {plan.stack} of {plan.project}"
    )


def _of_files(arguments: argparse.Namespace, files: ProfileFiles) -> ClusterAsked:
    notes = files.notes
    config = dict(files.config)
    if arguments.data_plane is None and "dataPlane" not in config:
        config["dataPlane"] = DataPlane.FARGATE.value
        notes += (f"{', '.join(arguments.profiles)} does not say what the cluster runs pods on: {_ASSUMED}",)
    given = _given(arguments, config)
    return ClusterAsked(
        _world(given, arguments, files.profiles), given.levels, f"profiles of {', '.join(arguments.profiles)}", notes
    )


def _of_live_cluster(arguments: argparse.Namespace) -> ClusterAsked:
    profiles, config, notes = live_cluster_config(arguments)
    given = _given(arguments, config)
    return ClusterAsked(_world(given, arguments, profiles), given.levels, f"cluster {arguments.cluster}", notes)


def _given(arguments: argparse.Namespace, config: dict[str, Any]) -> Given:
    """What is known, the arguments over the configuration."""
    said = {
        "dataPlane": arguments.data_plane,
        "kubernetesVersion": arguments.kubernetes_version,
        "region": arguments.region,
    }
    merged = {**config, **{key: str(value) for key, value in said.items() if value is not None}}
    merged["rules"] = {**config.get("rules", {}), **dict(arguments.rule)}
    return given_of(merged, arguments.today)


def _world(given: Given, arguments: argparse.Namespace, profiles: tuple[Profile, ...]) -> World:
    assert given.data_plane is not None
    return World(
        data_plane=given.data_plane,
        kubernetes_version=version_key(given.kubernetes_version or known_versions(given.facts)[-1]),
        today=given.today,
        profiles=profiles,
        region=given.region,
        pod_security=given.pod_security,
        default_namespace=arguments.namespace,
        facts=given.facts,
    )
