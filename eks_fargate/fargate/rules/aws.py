"""The rules about clusters and about planned AWS resources, and the asking of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from eks_fargate.fargate.cluster import Cluster
from eks_fargate.fargate.findings import Finding, sort_key
from eks_fargate.fargate.profiles import Profile
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.rules import all_rules
from eks_fargate.fargate.rules.base import DEFAULT_LEVELS, Levels, Rule, judge
from eks_fargate.fargate.stack import Planned, Stack


@dataclass(frozen=True, slots=True)
class ClusterRule(Rule[Cluster]):
    """A rule over a cluster and its profiles, as settings or a plan describe them.

    types: in a plan, the resources of which each decides it for itself (a profile, a subnet); where empty, the cluster
    with all that belongs to it does. alone: such a resource decides it without the rest of the plan.
    """

    types: tuple[str, ...] = ()
    alone: bool = False


@dataclass(frozen=True, slots=True)
class PlannedRule(Rule[Planned]):
    """A rule over planned resources.

    types: of the resources. components: types of components that make such resources; one is judged by its own inputs
    where the plan does not show what it makes. alone: decided by the resource itself (never by a component), so that a
    resource judged without the rest of the plan gets the same answer.
    """

    types: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    alone: bool = False

    def resources(self, stack: Stack) -> list[Resource]:
        """The resources of a stack that the rule judges."""
        found = stack.of_type(*self.types)
        components = stack.of_type(*self.components)
        if components:
            shown = {above.urn for resource in found for above in stack.above(resource)}
            found += [component for component in components if component.urn not in shown]
        return found


def judge_cluster(cluster: Cluster, object_ref: str, levels: Levels = DEFAULT_LEVELS) -> list[Finding]:
    """The findings on a cluster, sorted. object_ref: what findings name, a settings file or the cluster's URN."""
    rules = (rule for rule in all_rules() if isinstance(rule, ClusterRule))
    return sorted((found for rule in rules for found in judge(rule, cluster, object_ref, levels)), key=sort_key)


def judge_stack(stack: Stack, levels: Levels = DEFAULT_LEVELS, *, unless_alone: bool = False) -> list[Finding]:
    """The findings on every planned resource of a stack, sorted; each names the resource's URN.

    unless_alone: leave out those that `judge_alone` has.
    """
    found: list[Finding] = []
    for rule in all_rules():
        if isinstance(rule, PlannedRule):
            for resource in rule.resources(stack):
                if not (unless_alone and rule.alone and resource.type in rule.types):
                    found += judge(rule, Planned(resource, stack), resource.urn, levels)
    return sorted(found, key=sort_key)


def judge_alone(planned: Planned, levels: Levels) -> list[Finding]:
    """The findings on one planned resource by the rules that need no other, sorted."""
    resource = planned.resource
    rules = _alone_by_type().get(resource.type, ())
    return sorted((found for rule in rules for found in judge(rule, planned, resource.urn, levels)), key=sort_key)


@cache
def _alone_by_type() -> Mapping[str, list[PlannedRule]]:
    found: dict[str, list[PlannedRule]] = {}
    for rule in all_rules():
        if isinstance(rule, PlannedRule) and rule.alone:
            for type_ in rule.types:
                found.setdefault(type_, []).append(rule)
    return found


def path_of(profile: Profile) -> str:
    """Where a profile stands in settings: `profiles.NAME`."""
    return f"profiles.{profile.key or profile.name}"
