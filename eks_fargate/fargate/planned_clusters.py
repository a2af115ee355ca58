"""The clusters of a plan, each with its profiles, its subnets, and what it runs pods on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from eks_fargate.fargate.cluster import Cluster
from eks_fargate.fargate.findings import Finding
from eks_fargate.fargate.given import Given
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.profiles import Profile, Selector
from eks_fargate.fargate.resource_types import CLUSTER, NODE_GROUP, PROFILE, SUBNET
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.rules import all_rules
from eks_fargate.fargate.rules.aws import ClusterRule, path_of
from eks_fargate.fargate.rules.base import judge, read
from eks_fargate.fargate.rules.node_groups import COMPONENTS
from eks_fargate.fargate.stack import Stack
from eks_fargate.fargate.unknown import UNKNOWN, Unknown, has_unknown


@dataclass(frozen=True, slots=True, eq=False)
class PlannedCluster:
    """A cluster that a plan makes, or that its profiles name.

    owner: the cluster's resource; its first profile's where the plan does not make it. profiles, subnets: the planned
    ones.
    """

    cluster: Cluster
    owner: Resource
    profiles: Sequence[Resource]
    subnets: Sequence[Resource]

    def findings(self, given: Given, *, unless_alone: bool = False) -> list[Finding]:
        """The findings on the cluster and on each resource that belongs to it; each names the resource's URN.

        unless_alone: leave out those that `findings_alone` has.
        """
        found: list[Finding] = []
        for rule in all_rules():
            if isinstance(rule, ClusterRule) and not (unless_alone and rule.alone):
                for resource, cluster in self._subjects(rule):
                    found += _judged(rule, cluster, resource, given)
        return found

    def _subjects(self, rule: ClusterRule) -> list[tuple[Resource, Cluster]]:
        if PROFILE in rule.types:
            return [(one, replace(self.cluster, profiles=(profile_of(one),))) for one in self.profiles]
        if SUBNET in rule.types:
            return [(one, replace(self.cluster, zone_ids=(_zone(one),))) for one in self.subnets]
        return [] if CLUSTER in rule.types and self.owner.type != CLUSTER else [(self.owner, self.cluster)]


def clusters_of(stack: Stack, given: Given) -> list[PlannedCluster]:
    """The clusters of a plan, in its order: those that it makes, then those that only its profiles name."""
    made = stack.of_type(CLUSTER)
    members: dict[str, list[Resource]] = {cluster.urn: [] for cluster in made}
    for resource in stack.of_type(PROFILE, NODE_GROUP, *COMPONENTS):
        members.setdefault(_cluster_key(resource, made, stack), []).append(resource)
    found = [_planned_cluster(stack.by_urn.get(key), belonging, stack, given) for key, belonging in members.items()]
    return [cluster for cluster in found if cluster is not None]


def findings_alone(resource: Resource, given: Given) -> list[Finding]:
    """The findings on a planned cluster or profile by the rules about clusters that need no other resource."""
    if resource.type not in (CLUSTER, PROFILE):
        return []
    plane = UNKNOWN if given.data_plane is None else given.data_plane
    cluster = _cluster(resource, plane, [resource] if resource.type == PROFILE else [], [], given)
    rules = [rule for rule in all_rules() if isinstance(rule, ClusterRule) and rule.alone]
    return [found for rule in rules if resource.type in rule.types for found in _judged(rule, cluster, resource, given)]


def profile_of(resource: Resource) -> Profile:
    """The profile that a resource plans. One without a name has the resource's, from which Pulumi makes one."""
    name, listed = resource.inputs.get("fargateProfileName"), resource.inputs.get("selectors")
    entries = listed if isinstance(listed, (list, tuple)) else []
    selectors = [_selector(entry) for entry in entries if isinstance(entry, Mapping)]
    return Profile(
        name if isinstance(name, str) else resource.name,
        tuple(selector for selector in selectors if selector is not None),
        unread=UNKNOWN in (listed, *entries) or None in selectors,
    )


def _selector(given: Mapping[str, Any]) -> Selector | None:
    """The selector; None where a part of it is not known before deployment."""
    if has_unknown(given):
        return None
    labels = given.get("labels")
    pairs = labels.items() if isinstance(labels, Mapping) else ()
    return Selector(str(given.get("namespace") or ""), {str(key): str(value) for key, value in pairs})


def _cluster_key(resource: Resource, made: Sequence[Resource], stack: Stack) -> str:
    """The URN of the planned cluster that a resource belongs to, or the name of one that the plan does not make."""
    for key in ("clusterName", "cluster"):
        sources = stack.behind(resource, key, CLUSTER)
        if sources:
            return sources[0].urn
    name = resource.inputs.get("clusterName", UNKNOWN)
    named = [cluster for cluster in made if name in (UNKNOWN, cluster.inputs.get("name", UNKNOWN))]
    return named[0].urn if len(named) == 1 else str(name)


def _planned_cluster(
    made: Resource | None, members: Sequence[Resource], stack: Stack, given: Given
) -> PlannedCluster | None:
    profiles = [one for one in members if one.type == PROFILE]
    owner = made or next(iter(profiles), None)
    if owner is None:
        return None
    used = [stack.behind(one, "subnetIds", SUBNET) for one in members]
    used.append([] if made is None else stack.behind(made, "vpcConfig", SUBNET))
    subnets = list({subnet.urn: subnet for group in used for subnet in group}.values())
    plane = given.data_plane or _data_plane(made, has_profiles=bool(profiles), has_nodes=len(members) > len(profiles))
    return PlannedCluster(_cluster(owner, plane, profiles, subnets, given), owner, profiles, subnets)


def _data_plane(made: Resource | None, *, has_profiles: bool, has_nodes: bool) -> DataPlane | Unknown:
    """What pods run on.

    Unknown for a cluster that the plan does not make, which may have nodes already, and for one of which it makes
    neither nodes nor profiles.
    """
    runs_nodes = has_nodes or (made is not None and read(made.inputs, "computeConfig", "enabled") is True)
    if has_profiles:
        return DataPlane.MIXED if runs_nodes else UNKNOWN if made is None else DataPlane.FARGATE
    return DataPlane.NODES if runs_nodes else UNKNOWN


def _cluster(
    owner: Resource,
    plane: DataPlane | Unknown,
    profiles: Sequence[Resource],
    subnets: Sequence[Resource],
    given: Given,
) -> Cluster:
    is_made = owner.type == CLUSTER
    version = owner.inputs.get("version") if is_made else UNKNOWN
    return Cluster(
        name=owner.inputs.get("name" if is_made else "clusterName", UNKNOWN),
        version=given.kubernetes_version or (version if version in (None, UNKNOWN) else str(version)),
        region=given.region or UNKNOWN,
        data_plane=plane,
        profiles=tuple(map(profile_of, profiles)),
        today=given.today,
        existing=given.existing or not is_made,
        account=given.account,
        zone_ids=tuple(_zone(subnet) for subnet in subnets),
        facts=given.facts,
    )


def _zone(subnet: Resource) -> str | Unknown:
    zone = subnet.inputs.get("availabilityZoneId", subnet.inputs.get("availabilityZone"))
    return zone if isinstance(zone, str) else UNKNOWN


def _judged(rule: ClusterRule, cluster: Cluster, resource: Resource, given: Given) -> list[Finding]:
    """The findings, their paths those of the resource's inputs where the rule names places in settings."""
    found = judge(rule, cluster, resource.urn, given.levels)
    return [_within(finding, _path(finding.path, resource)) for finding in found]


def _within(finding: Finding, path: str) -> Finding:
    message = finding.message
    if finding.path and message.startswith(f"{finding.path} "):
        message = path + message.removeprefix(finding.path)
    return replace(finding, path=path, message=message)


def _path(path: str, resource: Resource) -> str:
    if resource.type == SUBNET:
        return "availabilityZoneId" if "availabilityZoneId" in resource.inputs else "availabilityZone"
    if resource.type == PROFILE:
        return path.removeprefix(path_of(profile_of(resource))).removeprefix(".")
    return path.removeprefix("cluster.")
