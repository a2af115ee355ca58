"""What changes between two plans of a stack, and what is replaced: by the tables, and because something else is.

The rules are those of Pulumi's engine and its providers.
Source: https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/step_generator.go
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from eks_fargate.fargate.resources import Resource
from eks_fargate.offline.changes.aliases import former_urns
from eks_fargate.offline.changes.change import REGION, Change, Op, PropertyChange, Why, is_managed
from eks_fargate.offline.changes.differences import ABSENT, Difference, Inputs, differences
from eks_fargate.offline.changes.replacing import (
    covered,
    deletes_first,
    is_regional,
    plain,
    replacing_inputs,
    replacing_where_removed,
    replacing_where_the_source_is_replaced,
)
from eks_fargate.offline.plan import UNKNOWN_SHOWN, Plan


def changes(before: Plan | None, after: Plan) -> tuple[Change, ...]:
    """What changes from one plan to another, sorted by URN. before: None where there was none: all is created.

    Components, and resources that are only read, are left out: nothing of them stands in a cloud by itself.
    """
    return _Diff(before, after).changes()


def renames(before: Plan, after: Plan) -> Mapping[str, str]:
    """URN -> the former URN, of the managed resources that an alias joins to one of another URN."""
    managed = {resource.urn for resource in after.resources if is_managed(resource)}
    former = former_urns(before.resources, after.resources)
    return {urn: old for urn, old in former.items() if urn != old and urn in managed}


@dataclass(frozen=True, eq=False)
class _Pair:
    """A resource as it was and as it will be, with what differs whatever happens to others.

    provider: the explicit one, as it will be. moves: whether the resource goes to another region.
    """

    old: Resource
    new: Resource
    provider: Resource | None
    moves: bool

    @cached_property
    def inputs(self) -> tuple[Inputs, Inputs]:
        return Inputs(self.old), Inputs(self.new)

    @cached_property
    def replacing(self) -> frozenset[str]:
        return replacing_inputs(self.new, self.provider)

    @cached_property
    def differing(self) -> list[PropertyChange]:
        return [
            PropertyChange(one.path, one.old, one.new, self._replaces(one), one.hidden)
            for one in differences(*self.inputs)
        ]

    def _replaces(self, one: Difference) -> bool:
        path = plain(one.path)
        # A mapping is told as a whole only where it is unknown before or after: what is in it may change.
        within = any(name.startswith(f"{path}.") for name in self.replacing)
        removed = one.new is ABSENT and covered(path, replacing_where_removed(self.new.type))
        return within or removed or covered(path, self.replacing)

    def is_ignored(self, one: PropertyChange) -> bool:
        """Whether the program says that the provider is not to look at the property."""
        return covered(plain(one.path), [plain(path) for path in self.new.options.get("ignoreChanges", ())])


@dataclass(eq=False)
class _Diff:
    """replaced: URN of every resource found to be replaced -> whether its deletion comes first."""

    before: Plan | None
    after: Plan
    replaced: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.olds = {} if self.before is None else {resource.urn: resource for resource in self.before.resources}
        self.news = {resource.urn: resource for resource in self.after.resources}
        former = former_urns(list(self.olds.values()), self.after.resources)
        self.now = {old: new for new, old in former.items()}
        couples = [(self.olds[former[urn]], new) for urn, new in sorted(self.news.items()) if urn in former]
        self.pairs = [
            _Pair(old, new, self.news.get(new.provider), self._moves(old, new))
            for old, new in couples
            if is_managed(old) and is_managed(new)
        ]

    def _moves(self, old: Resource, new: Resource) -> bool:
        if self.before is None or not is_regional(new.type):
            return False
        was = _region(old, self.olds.get(old.provider), self.before.region)
        will_be = _region(new, self.news.get(new.provider), self.after.region)
        return isinstance(was, str) and isinstance(will_be, str) and "" not in (was, will_be) and was != will_be

    def changes(self) -> tuple[Change, ...]:
        paired_new = {pair.new.urn for pair in self.pairs}
        paired_old = {pair.old.urn for pair in self.pairs}
        created = [one for one in self.news.values() if is_managed(one) and one.urn not in paired_new]
        deleted = [one for one in self.olds.values() if is_managed(one) and one.urn not in paired_old]
        found = [Change(Op.CREATE, None, resource) for resource in created]
        found += [Change(Op.DELETE, resource, None) for resource in deleted]
        found += self._changed()
        return tuple(sorted(found, key=lambda change: change.resource.urn))

    def _changed(self) -> list[Change]:
        """The pairs that change. A replacement may replace what depends on it: again until nothing is added."""
        while True:
            found = [change for pair in self.pairs if (change := self._change(pair)) is not None]
            replaced = {change.resource.urn: change.deletes_first for change in found if change.op is Op.REPLACE}
            if replaced == self.replaced:
                return found
            self.replaced = replaced

    def _change(self, pair: _Pair) -> Change | None:
        properties = self._properties(pair)
        because = dict(self._reasons(pair))
        if not properties and not because:
            return None
        if not because and not any(one.replaces for one in properties):
            return Change(Op.UPDATE, pair.old, pair.new, _in_order(properties))
        causes = [urn for one in properties if one.replaces for urn, why in one.because.items() if why is Why.REPLACED]
        first = any(self.replaced.get(urn, False) for urn in (*causes, *because))
        return Change(
            Op.REPLACE, pair.old, pair.new, _in_order(properties), first or deletes_first(pair.old, pair.new), because
        )

    def _properties(self, pair: _Pair) -> list[PropertyChange]:
        """What differs, with the sources of what is unknown in it, and what changes with its sources alone."""
        moved = {one.path: one for one in self._from_elsewhere(pair)}
        differing = [
            replace(one, because=moved.pop(plain(one.path)).because) if plain(one.path) in moved else one
            for one in pair.differing
        ]
        return [one for one in (*differing, *moved.values()) if not pair.is_ignored(one)]

    def _reasons(self, pair: _Pair) -> Iterator[tuple[str, Why]]:
        """What replaces the resource from outside its inputs."""
        new = pair.new
        if new.provider and new.provider in self.replaced:
            yield new.provider, Why.REPLACED
        elif self.now.get(pair.old.provider, pair.old.provider) != new.provider:
            yield new.provider or pair.old.provider, Why.ADDED if new.provider else Why.GONE
        if pair.moves:
            yield REGION, Why.REPLACED
        for urn in new.options.get("replaceWith", ()):
            if urn in self.replaced:
                yield urn, Why.REPLACED

    def _from_elsewhere(self, pair: _Pair) -> Iterator[PropertyChange]:
        """The inputs that are the same to look at, and yet change with the resources that they come from."""
        old, new = pair.old, pair.new
        for key in sorted(new.inputs.keys() & old.inputs.keys()):
            sources = set(new.property_dependencies.get(key, ()))
            former = {self.now.get(urn, urn) for urn in old.property_dependencies.get(key, ())}
            replaced = sources & self.replaced.keys()
            because = dict.fromkeys(replaced, Why.REPLACED) | dict.fromkeys(former - sources, Why.GONE)
            because |= dict.fromkeys(sources - former, Why.ADDED)
            first = dict.fromkeys(filter(self.replaced.get, sorted(replaced)), Why.REPLACED)
            unknown = pair.inputs[1].unknown_paths(key) & pair.inputs[0].unknown_paths(key)
            if because and unknown:
                for path in unknown:
                    yield self._of_unknown(pair, path, dict(sorted(because.items())))
            elif first and any(path.partition(".")[0] == key for path in pair.replacing):
                # The engine takes what comes from a resource that is deleted first as unknown, even if it is not.
                shown = pair.inputs[1].shown[key]
                yield PropertyChange(key, shown, shown, replaces=True, because=first)

    def _of_unknown(self, pair: _Pair, path: str, because: Mapping[str, Why]) -> PropertyChange:
        replacing = pair.replacing
        if Why.REPLACED in because.values():
            replacing |= replacing_where_the_source_is_replaced(pair.new.type)
        hidden = "secret" if covered(path, map(plain, pair.new.secret_paths)) else ""
        return PropertyChange(path, UNKNOWN_SHOWN, UNKNOWN_SHOWN, covered(path, replacing), hidden, because)


def _region(resource: Resource, provider: Resource | None, region: str) -> Any:
    """The region of a resource: its own, else that of its provider, else that of the stack."""
    named = [one.inputs["region"] for one in (resource, provider) if one is not None and "region" in one.inputs]
    return named[0] if named else region


def _in_order(properties: Sequence[PropertyChange]) -> tuple[PropertyChange, ...]:
    return tuple(sorted(properties, key=lambda one: one.path))
