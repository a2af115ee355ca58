"""Which resource of an earlier plan a resource is: the one of its URN, or of an alias of it.

Source: https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/step_generator.go (generateAliases)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eks_fargate.fargate.resources import Resource
from eks_fargate.offline.registration import urn_of


def former_urns(before: Sequence[Resource], after: Sequence[Resource]) -> dict[str, str]:
    """URN of a resource -> the URN it had before; without those that are new.

    A resource keeps its URN where an earlier one bears it; otherwise the first of its aliases that an earlier resource
    bears, and no present one, counts. An alias of a parent is one of its children too.
    """
    match = _Match({resource.urn for resource in before}, {resource.urn: resource for resource in after})
    for resource in after:
        match.of(resource.urn)
    return {urn: former for urn, former in sorted(match.found.items()) if former is not None}


@dataclass(slots=True)
class _Match:
    """found: URN -> the former one, None for a new resource. claimed: former URNs that were found by an alias."""

    before: set[str]
    after: Mapping[str, Resource]
    found: dict[str, str | None] = field(default_factory=dict)
    claimed: set[str] = field(default_factory=set)

    def of(self, urn: str) -> str | None:
        if urn not in self.found:
            self.found[urn] = urn if urn in self.before else None
            resource = self.after.get(urn)
            if resource is not None and urn not in self.before:
                former = next(filter(self._is_free, self._aliases(resource)), None)
                self.found[urn] = former
                if former is not None:
                    self.claimed.add(former)
        return self.found[urn]

    def _is_free(self, alias: str) -> bool:
        return alias in self.before and alias not in self.after and alias not in self.claimed

    def _aliases(self, resource: Resource) -> Iterator[str]:
        own = [self._collapsed(resource, alias) for alias in resource.options.get("aliases", ())]
        own += resource.options.get("aliasURNs", ())
        yield from own
        former = self._former_parent(resource.parent)
        if former is not None:
            for urn in (resource.urn, *own):
                yield _under(former, urn, self.after[resource.parent].name)

    def _former_parent(self, parent: str) -> str | None:
        """The URN that the parent had, where it had another one."""
        former = self.of(parent) if parent else None
        return former if former != parent else None

    def _collapsed(self, resource: Resource, alias: Mapping[str, Any]) -> str:
        if "urn" in alias:
            return str(alias["urn"])
        spec = alias.get("spec", {})
        head = resource.urn.split("::")
        parent = "" if spec.get("noParent") else spec.get("parentUrn") or resource.parent
        if spec.get("parentUrn"):
            parent = self._former_parent(parent) or parent
        return urn_of(
            spec.get("project") or head[1],
            spec.get("stack") or head[0].rpartition(":")[2],
            parent,
            spec.get("type") or resource.type,
            spec.get("name") or resource.name,
        )


def _under(former_parent: str, urn: str, parent_name: str) -> str:
    """What `urn` was called under a parent's former URN: a name that begins with the parent's follows it."""
    _, _, types, name = urn.split("::", 3)
    if name.startswith(parent_name):
        name = former_parent.split("::", 3)[3] + name.removeprefix(parent_name)
    stack, project, *_ = former_parent.split("::", 3)
    return urn_of(project, stack.rpartition(":")[2], former_parent, types.rpartition("$")[2], name)
