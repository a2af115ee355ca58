"""A planned stack as the rules see it: its clusters, its Kubernetes objects, its pods and where they land."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from eks_fargate.fargate.findings import Finding, sort_key
from eks_fargate.fargate.given import Given
from eks_fargate.fargate.kubernetes_resources import manifests_of, patched_by
from eks_fargate.fargate.placement import DataPlane, place
from eks_fargate.fargate.planned_clusters import PlannedCluster, clusters_of, findings_alone
from eks_fargate.fargate.platform_workloads import platform_workloads
from eks_fargate.fargate.pods import UNKNOWN_MAPPING
from eks_fargate.fargate.profiles import Profile
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.rules import all_rules
from eks_fargate.fargate.rules.aws import judge_alone, judge_stack
from eks_fargate.fargate.rules.base import Rule
from eks_fargate.fargate.rules.run import NEVER_LET_OFF, judge_all
from eks_fargate.fargate.rules.schemas import at_levels
from eks_fargate.fargate.rules.subjects import ObjectRule, PodRule
from eks_fargate.fargate.stack import Planned, Stack
from eks_fargate.fargate.unknown import UNKNOWN, Unknown
from eks_fargate.fargate.versions import known_versions, version_key
from eks_fargate.fargate.workloads import pods_of
from eks_fargate.fargate.world import PlacedPod, World

_PlacedBy = tuple[DataPlane | Unknown, tuple[Profile, ...] | None]

# Hygiene of workloads that AWS makes is AWS's.
_NOT_OF_MODELLED = ("E",)


@dataclass(frozen=True, eq=False)
class PlannedStack:
    """A stack with its world: what is judged, and what is priced.

    urns: for the `Kind/namespace/name` of a Kubernetes object the URN of the resource that makes it, an add-on or a
    chart for one that is modelled. modelled: the world of those alone. patched: what patches set of pods.
    """

    stack: Stack
    world: World
    clusters: Sequence[PlannedCluster]
    given: Given
    urns: Mapping[str, str]
    modelled: World
    patched: World

    def findings(self) -> list[Finding]:
        """The findings on the clusters, on every planned resource, and on every Kubernetes object, sorted."""
        levels = self.given.levels
        found = judge_all(self.world, levels) + judge_stack(self.stack, levels)
        found += judge_all(self.patched, levels, _patch_rules())
        for cluster in self.clusters:
            found += cluster.findings(self.given)
        return self._settled(found)

    def findings_together(self) -> list[Finding]:
        """Of `findings`, those that `alone_findings` does not have for some resource of the stack."""
        levels = self.given.levels
        found = judge_stack(self.stack, levels, unless_alone=True)
        for cluster in self.clusters:
            found += cluster.findings(self.given, unless_alone=True)
        if _is_placed_by(self.given):
            found += judge_all(self.world, levels, _workload_rules(alone=False))
            found += judge_all(self.modelled, levels, _workload_rules(alone=True))
        else:
            found += judge_all(self.world, levels) + judge_all(self.patched, levels, _patch_rules())
        return self._settled(found)

    def with_linted(self, findings: Iterable[Finding]) -> list[Finding]:
        """A linter's findings on the stack, at the levels in force, and let off as any others are; sorted."""
        return self._settled(at_levels(findings, self.given.levels))

    def _settled(self, found: Iterable[Finding]) -> list[Finding]:
        modelled = {placed.pod.ref for placed in self.modelled.pods}
        groups = _groups()
        kept = (one for one in found if not (one.object in modelled and groups[one.rule] in _NOT_OF_MODELLED))
        return sorted((_let_off(finding, self.stack, self.given) for finding in kept), key=sort_key)


def planned_stack(resources: Sequence[Resource], given: Given) -> PlannedStack:
    """What the rules look at in a plan."""
    stack = _stack(resources, given)
    clusters = clusters_of(stack, given)
    objects = [(one, manifest) for one in resources for manifest in manifests_of(one, stack)]
    modelled = platform_workloads(stack, given.facts)
    placed_by = _placed_by(clusters, given)
    version = clusters[0].cluster.version if len(clusters) == 1 else None
    world = _world(given, placed_by, version, [manifest for _, manifest in (*objects, *modelled)], resources)
    patches = [(one, manifest) for one in resources for manifest in patched_by(one, stack)]
    patched = _patched(given, placed_by, version, [manifest for _, manifest in patches])
    refs = [(seen.ref, one.urn) for seen, (one, _) in zip(world.seen, (*objects, *modelled), strict=False)]
    refs += [(seen.ref, one.urn) for seen, (one, _) in zip(patched.seen, patches, strict=True)]
    only_modelled = _world(given, placed_by, version, [workload.manifest for workload in modelled])
    # Of two objects of one name the first is the one that Kubernetes keeps.
    return PlannedStack(stack, world, clusters, given, dict(reversed(refs)), only_modelled, patched)


def alone_findings(resource: Resource, given: Given) -> list[Finding]:
    """The findings on one resource by the rules that need no other, sorted.

    A Kubernetes object is judged only where what is given tells where pods land: the data plane is Fargate, or the
    cluster's profiles are given.
    """
    stack = _stack([resource], given)
    found = judge_alone(Planned(resource, stack), given.levels) + findings_alone(resource, given)
    manifests = manifests_of(resource, stack)
    if _is_placed_by(given) and (manifests or resource.type in _kinds_alone()):
        world = _world(given, _placed_by([], given), None, manifests, [resource])
        found += judge_all(world, given.levels, _workload_rules(alone=True))
    if _is_placed_by(given) and (patches := patched_by(resource, stack)):
        found += judge_all(_patched(given, _placed_by([], given), None, patches), given.levels, _patch_rules())
    return sorted((_let_off(finding, stack, given) for finding in found), key=sort_key)


def _stack(resources: Sequence[Resource], given: Given) -> Stack:
    return Stack(resources, ours=given.ours, account=given.account, facts=given.facts, production=given.production)


def _is_placed_by(given: Given) -> bool:
    return given.data_plane is DataPlane.FARGATE or given.profiles is not None


def _placed_by(clusters: Sequence[PlannedCluster], given: Given) -> _PlacedBy:
    """The data plane and the profiles that decide where pods land.

    Those given; else those of the one cluster in the plan. Of several, which one an object goes to is not known.
    """
    plane: DataPlane | Unknown = given.data_plane or UNKNOWN
    if given.profiles is not None or len(clusters) != 1:
        return plane, given.profiles
    return clusters[0].cluster.data_plane, clusters[0].cluster.profiles or None


def _world(
    given: Given,
    placed_by: _PlacedBy,
    version: str | Unknown | None,
    manifests: Sequence[Mapping[str, Any]],
    resources: Sequence[Resource] = (),
) -> World:
    plane, profiles = placed_by
    pods = [pod for manifest in manifests for pod in pods_of(manifest).pods]
    return World(
        data_plane=plane,
        kubernetes_version=_version(given.kubernetes_version or version, given),
        today=given.today,
        pods=[PlacedPod.of(pod, place(pod, profiles, plane), given.facts) for pod in pods],
        objects=manifests,
        resources=resources,
        profiles=profiles,
        region=given.region,
        pod_security=given.pod_security,
        facts=given.facts,
    )


def _patched(
    given: Given, placed_by: _PlacedBy, version: str | Unknown | None, patches: Sequence[Mapping[str, Any]]
) -> World:
    """The world of what patches set; a patch does not tell an object's other labels, which decide where it lands."""
    plane, profiles = placed_by
    pods = [replace(pod, labels=UNKNOWN_MAPPING) for patch in patches for pod in pods_of(patch).pods]
    placed = [PlacedPod.of(pod, place(pod, profiles, plane), given.facts) for pod in pods]
    return replace(_world(given, placed_by, version, []), pods=placed, objects=patches)


def _version(version: str | Unknown | None, given: Given) -> tuple[int, int]:
    """The version as a key; the newest known where it is not known, or is none, which the rule about it says."""
    try:
        return version_key(version if isinstance(version, str) else known_versions(given.facts)[-1])
    except ValueError:
        return version_key(known_versions(given.facts)[-1])


def _let_off(finding: Finding, stack: Stack, given: Given) -> Finding:
    resource = stack.by_urn.get(finding.object)
    named = given.suppress.get(finding.rule, ())
    if resource is None or resource.name not in named or _groups()[finding.rule] in NEVER_LET_OFF:
        return finding
    return replace(finding, suppressed=True)


@cache
def _groups() -> Mapping[str, str]:
    return {rule.id: rule.group for rule in all_rules()}


@cache
def _workload_rules(*, alone: bool) -> Sequence[Rule[Any]]:
    return [rule for rule in all_rules() if isinstance(rule, (PodRule, ObjectRule)) and rule.alone is alone]


@cache
def _patch_rules() -> Sequence[Rule[Any]]:
    """What Fargate refuses where it is set; a rule on what has to be there would blame a patch for the rest."""
    return [rule for rule in _workload_rules(alone=True) if isinstance(rule, PodRule) and rule.group == "A"]


@cache
def _kinds_alone() -> frozenset[str]:
    rules = _workload_rules(alone=True)
    return frozenset(kind for rule in rules if isinstance(rule, ObjectRule) for kind in rule.kinds)
