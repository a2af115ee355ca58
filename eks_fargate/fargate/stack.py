"""A planned stack, and one resource of it: what the rules about AWS resources judge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from eks_fargate.fargate.facts import DEFAULT_FACTS, Facts
from eks_fargate.fargate.resources import Resource


@dataclass(frozen=True, eq=False)
class Stack:
    """All planned resources of a stack.

    ours: whether this project made it; some rules ask less of another's. account: 12 digits, None where not known.
    production: whether its environment is one of production; some rules ask more of it.
    """

    resources: Sequence[Resource]
    ours: bool = True
    account: str | None = None
    facts: Facts = field(default=DEFAULT_FACTS)
    production: bool = False

    @cached_property
    def by_urn(self) -> dict[str, Resource]:
        """The resources by URN."""
        return {resource.urn: resource for resource in self.resources}

    @cached_property
    def _by_type(self) -> dict[str, list[Resource]]:
        found: dict[str, list[Resource]] = {}
        for resource in self.resources:
            found.setdefault(resource.type, []).append(resource)
        return found

    @cached_property
    def parents(self) -> frozenset[str]:
        """The URNs of the resources that have others under them."""
        return frozenset(resource.parent for resource in self.resources)

    def of_type(self, *types: str) -> list[Resource]:
        """The resources of these types, in the order of the types and then of the plan."""
        return [resource for type_ in types for resource in self._by_type.get(type_, [])]

    def above(self, resource: Resource) -> Iterator[Resource]:
        """The components that a resource is part of, the nearest first."""
        parent = self.by_urn.get(resource.parent)
        while parent is not None:
            yield parent
            parent = self.by_urn.get(parent.parent)

    def behind(self, resource: Resource, key: str, *types: str) -> list[Resource]:
        """The planned resources of these types that an input's value comes from; of any type where none is given."""
        found = (self.by_urn.get(urn) for urn in resource.property_dependencies.get(key, ()))
        return [source for source in found if source is not None and (not types or source.type in types)]


@dataclass(frozen=True, slots=True, eq=False)
class Planned:
    """One resource within its stack: the subject of the rules about AWS resources; findings name its URN."""

    resource: Resource
    stack: Stack
