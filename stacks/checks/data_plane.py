"""What runs where: profiles, node groups, and what each needs."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.rules.profile_name import settings_name_problem
from eks_fargate.fargate.versions import UnknownAddonVersionError, addon_version
from stacks.checks.facts import version_is_refused
from stacks.environment import Environment
from stacks.problems import shown

# Nodes join by these two; on Fargate they are built in.
NODE_ADDONS = ("kube-proxy", "vpc-cni")


def what_runs(settings: Environment) -> Iterator[str]:
    """The data plane says which of profiles and node groups there are."""
    plane = settings.data_plane
    if plane is DataPlane.FARGATE and settings.node_groups:
        yield (
            f"nodeGroups: {', '.join(sorted(settings.node_groups))}; with dataPlane fargate there are none. "
            "Set dataPlane: mixed, or leave them out"
        )
    if plane is DataPlane.NODES and settings.profiles:
        yield (
            f"profiles: {', '.join(sorted(settings.profiles))}; with dataPlane nodes there are none. "
            "Set dataPlane: mixed, or leave them out"
        )
    if plane is not DataPlane.FARGATE and not settings.node_groups and settings.cluster.existing is None:
        yield f"nodeGroups: none, while dataPlane is {plane}; name at least one, or set dataPlane: fargate"
    if plane is not DataPlane.NODES and not settings.profiles:
        yield f"profiles: none, while dataPlane is {plane}; name at least one, or set dataPlane: nodes"


def profile_names(settings: Environment) -> Iterator[str]:
    """A profile's name is one that EKS takes, with a hash added."""
    for key in sorted(settings.profiles):
        if problem := settings_name_problem(key):
            yield f"profiles.{key}: {shown(key)} {problem} [profile-name]"


def profile_subnets(settings: Environment) -> Iterator[str]:
    """A profile is in zones of the VPC to make, or in private subnets of the one that exists."""
    existing = settings.network.existing
    allowed = existing.private_subnet_ids if existing else settings.network.zones or ()
    what = "network.existing.privateSubnetIds" if existing else "network.zones"
    for key, profile in sorted(settings.profiles.items()):
        for index, subnet in enumerate(profile.subnets):
            if subnet not in allowed:
                yield (
                    f"profiles.{key}.subnets[{index}]: got {shown(subnet)}; allowed, from {what}: {', '.join(allowed)}"
                )


def node_addons(settings: Environment) -> Iterator[str]:
    """The add-ons of nodes are pinned, so their versions have to be known."""
    if settings.cluster.existing is not None or not settings.has_nodes or version_is_refused(settings):
        return
    for addon in NODE_ADDONS:
        try:
            addon_version(addon, settings.cluster.version, settings.facts)
        except UnknownAddonVersionError as error:
            yield f"cluster.version: {error}"
