"""How many Fargate profiles stand side by side while a change is carried out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from eks_fargate.fargate.planned import PlannedStack
from eks_fargate.fargate.planned_clusters import PlannedCluster
from eks_fargate.fargate.resource_types import CLUSTER, PROFILE
from eks_fargate.fargate.resources import Resource
from eks_fargate.offline.changes.change import Change, Op


def with_replaced_profiles(planned: PlannedStack, found: Sequence[Change]) -> PlannedStack:
    """The planned stack, each cluster with its number of `replaced_profiles`, for the rule profile-quota."""
    clusters = []
    for one in planned.clusters:
        count = replaced_profiles(found, one)
        clusters.append(replace(one, cluster=replace(one.cluster, replaced_profiles=count)))
    return replace(planned, clusters=clusters)


def replaced_profiles(found: Sequence[Change], cluster: PlannedCluster) -> int:
    """How many Fargate profiles of a cluster stand beside those that are planned for a while: deletions come last.

    They are the replaced ones, unless each goes first, and the deleted ones. None does where the cluster itself is
    replaced, since the quota is each cluster's own.
    """
    if any(change.op is Op.REPLACE and change.resource.type == CLUSTER for change in found):
        return 0
    planned = {profile.urn for profile in cluster.profiles}
    replaced = [one for one in found if one.op is Op.REPLACE and one.resource.urn in planned and not one.deletes_first]
    return len(replaced) + sum(one.op is Op.DELETE and _was_profile_of(cluster, one.resource) for one in found)


def _was_profile_of(cluster: PlannedCluster, deleted: Resource) -> bool:
    if deleted.type != PROFILE:
        return False
    name = deleted.inputs.get("clusterName")
    return cluster.owner.urn in deleted.property_dependencies.get("clusterName", ()) or (
        isinstance(name, str) and name == cluster.cluster.name
    )
