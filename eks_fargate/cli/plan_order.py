"""The order in which a person reads a plan: what others build on comes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from eks_fargate.fargate.resources import Resource
from eks_fargate.offline.plan import Plan


def siblings_in_order(plan: Plan) -> Mapping[str, Sequence[Resource]]:
    """The children of each URN, each after its siblings that it, or anything under it, depends on.

    Siblings of one type stand together, by name; what depends on nothing goes by type and name.
    """
    children: dict[str, list[Resource]] = {}
    for resource in plan.resources:
        children.setdefault(resource.parent, []).append(resource)
    parents = {resource.urn: resource.parent for resource in plan.resources}
    waits: dict[str, dict[str, set[str]]] = {urn: {} for urn in children}
    by_urn = {resource.urn: resource for resource in plan.resources}
    depths = _depths(plan)
    for resource in plan.resources:
        for needed in (*resource.dependencies, resource.provider):
            common, at, other = _where_they_part(parents, resource.urn, needed)
            if common is None or _group(by_urn[at]) == _group(by_urn[other]):
                continue
            # Two types may wait for each other, one by one resource and one by another: the shallower comes first.
            types = [(common, by_urn[one].type) for one in (at, other) if by_urn[one].custom]
            if len(types) < 2 or depths[types[0]] > depths[types[1]]:
                waits[common].setdefault(_group(by_urn[at]), set()).add(_group(by_urn[other]))
    return {urn: _sorted(siblings, waits[urn]) for urn, siblings in children.items()}


def _depths(plan: Plan) -> Mapping[tuple[str, str], int]:
    """For each parent and type under it, how many resources at least one of that type waits for, in a row."""
    needs = {resource.urn: {*resource.dependencies, resource.provider} for resource in plan.resources}
    depth: dict[str, int] = {}
    for urn in TopologicalSorter(needs).static_order():
        depth[urn] = 1 + max((depth[needed] for needed in needs.get(urn, ())), default=0)
    found: dict[tuple[str, str], int] = {}
    for resource in plan.resources:
        key = resource.parent, resource.type
        found[key] = min(depth[resource.urn], found.get(key, depth[resource.urn]))
    return found


def _group(resource: Resource) -> str:
    """Resources are ordered by type, components one by one."""
    return resource.type if resource.custom else resource.urn


def _where_they_part(parents: Mapping[str, str], urn: str, needed: str) -> tuple[str | None, str, str]:
    """The closest common ancestor of two resources, and its children through which each of them is reached."""
    if needed not in parents:
        return None, "", ""
    line: dict[str, str] = {}
    child, at = urn, parents[urn]
    while at:
        line[at] = child
        child, at = at, parents.get(at, "")
    child, at = needed, parents[needed]
    while at:
        if at in line:
            return at, line[at], child
        child, at = at, parents.get(at, "")
    return None, "", ""


def _sorted(siblings: Sequence[Resource], waits: Mapping[str, set[str]]) -> list[Resource]:
    plain = sorted(siblings, key=lambda one: (one.custom, one.type, one.name))
    sorter: TopologicalSorter[str] = TopologicalSorter({group: sorted(needs) for group, needs in waits.items()})
    by_group: dict[str, list[Resource]] = {}
    for one in plain:
        by_group.setdefault(_group(one), []).append(one)
        sorter.add(_group(one))
    try:
        sorter.prepare()
    except CycleError:
        return plain
    ordered: list[Resource] = []
    rank = {group: place for place, group in enumerate(by_group)}
    waiting: list[str] = []
    while sorter.is_active():
        waiting = sorted([*waiting, *sorter.get_ready()], key=rank.__getitem__)
        group = waiting.pop(0)
        ordered += by_group[group]
        sorter.done(group)
    return ordered
