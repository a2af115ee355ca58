"""A planned stack as the rules see it: its cluster, its Kubernetes objects, its pods and where they land."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from eks_fargate.fargate.cluster import Cluster
from eks_fargate.fargate.findings import Finding, sort_key
from eks_fargate.fargate.given import Given
from eks_fargate.fargate.kubernetes_resources import manifest_of
from eks_fargate.fargate.placement import DataPlane, place
from eks_fargate.fargate.platform_workloads import platform_workloads
from eks_fargate.fargate.profiles import Profile, Selector
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.rules.aws import PROFILE, judge_cluster, judge_stack
from eks_fargate.fargate.rules.run import judge_all
from eks_fargate.fargate.stack import Stack
from eks_fargate.fargate.unknown import UNKNOWN, has_unknown
from eks_fargate.fargate.versions import known_versions, version_key
from eks_fargate.fargate.workloads import pods_of
from eks_fargate.fargate.world import PlacedPod, World

_CLUSTER = "aws:eks/cluster:Cluster"
_NODE_GROUPS = ("aws:eks/nodeGroup:NodeGroup", "eks:index:ManagedNodeGroup")
_SUBNET = "aws:ec2/subnet:Subnet"


@dataclass(frozen=True, eq=False)
class PlannedStack:
    """A stack with its world: what is judged, and what is priced. cluster: None where the plan holds none."""

    stack: Stack
    world: World
    cluster: Cluster | None
    given: Given

    def findings(self) -> list[Finding]:
        """The findings on the cluster, on every planned resource, and on every Kubernetes object, sorted."""
        found = judge_all(self.world, self.given.levels) + judge_stack(self.stack, self.given.levels)
        if self.cluster is not None:
            found += judge_cluster(self.cluster, self._cluster_urn(), self.given.levels)
        return sorted((self._let_off(finding) for finding in set(found)), key=sort_key)

    def _let_off(self, finding: Finding) -> Finding:
        resource = self.stack.by_urn.get(finding.object)
        named = self.given.suppress.get(finding.rule, ())
        return replace(finding, suppressed=True) if resource is not None and resource.name in named else finding

    def _cluster_urn(self) -> str:
        owners = self.stack.of_type(_CLUSTER) or self.stack.of_type(PROFILE)
        return owners[0].urn


def planned_stack(resources: Sequence[Resource], given: Given) -> PlannedStack:
    """What the rules look at in a plan."""
    stack = Stack(resources, ours=given.ours, account=given.account, facts=given.facts)
    planned, unread = profiles_of(stack)
    profiles = planned if given.profiles is None else given.profiles
    plane = given.data_plane or _data_plane(stack, bool(profiles or unread))
    cluster = _cluster(stack, given, plane, planned, unread)
    version = given.kubernetes_version or (cluster.version if cluster else None)
    manifests = [manifest for resource in resources if (manifest := manifest_of(resource)) is not None]
    modelled = platform_workloads(stack, given.facts)
    pods = [pod for manifest in (*manifests, *modelled) for pod in pods_of(manifest).pods]
    world = World(
        data_plane=plane,
        kubernetes_version=version_key(version if isinstance(version, str) else known_versions(given.facts)[-1]),
        today=given.today,
        pods=[PlacedPod.of(pod, place(pod, profiles, plane), given.facts) for pod in pods],
        objects=[*manifests, *modelled],
        resources=resources,
        profiles=profiles,
        region=given.region,
        pod_security=given.pod_security,
        facts=given.facts,
    )
    return PlannedStack(stack, world, cluster, given)


def profiles_of(stack: Stack) -> tuple[tuple[Profile, ...], tuple[str, ...]]:
    """The planned profiles, and the names of those of which some selector is not known before deployment."""
    read: list[Profile] = []
    unread: list[str] = []
    for resource in stack.of_type(PROFILE):
        profile = _profile(resource)
        if profile is None:
            unread.append(resource.name)
        else:
            read.append(profile)
    return tuple(read), tuple(unread)


def _profile(resource: Resource) -> Profile | None:
    name, listed = resource.inputs.get("fargateProfileName", resource.name), resource.inputs.get("selectors", [])
    if has_unknown(listed) or not isinstance(listed, (list, tuple)):
        return None
    selectors = tuple(_selector(one) for one in listed if isinstance(one, Mapping))
    return Profile(resource.name if name is UNKNOWN else str(name), selectors)


def _selector(given: Mapping[str, Any]) -> Selector:
    labels = given.get("labels")
    return Selector(
        str(given.get("namespace") or ""),
        {str(key): str(value) for key, value in labels.items()} if isinstance(labels, Mapping) else {},
    )


def _data_plane(stack: Stack, has_profiles: bool) -> DataPlane:  # noqa: FBT001  one of two facts that decide
    has_nodes = bool(stack.of_type(*_NODE_GROUPS))
    if has_profiles:
        return DataPlane.MIXED if has_nodes or not stack.of_type(_CLUSTER) else DataPlane.FARGATE
    return DataPlane.NODES if has_nodes else DataPlane.MIXED


def _cluster(
    stack: Stack, given: Given, plane: DataPlane, profiles: tuple[Profile, ...], unread: tuple[str, ...]
) -> Cluster | None:
    made = stack.of_type(_CLUSTER)
    if not made and not stack.of_type(PROFILE):
        return None
    owner = made[0].inputs if made else stack.of_type(PROFILE)[0].inputs
    zones = [_zone(subnet) for subnet in stack.of_type(_SUBNET)]
    return Cluster(
        name=owner.get("name" if made else "clusterName", UNKNOWN),
        version=given.kubernetes_version or (owner.get("version") if made else UNKNOWN),
        region=given.region or UNKNOWN,
        data_plane=plane,
        profiles=profiles,
        today=given.today,
        existing=given.existing or not made,
        account=given.account,
        zone_ids=tuple(zone for zone in zones if zone is not None),
        unread_profiles=unread,
        facts=given.facts,
    )


def _zone(subnet: Resource) -> Any:
    return subnet.inputs.get("availabilityZoneId", subnet.inputs.get("availabilityZone"))
