"""The records of what changes between two plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from eks_fargate.fargate.resources import Resource
from eks_fargate.offline.changes.differences import ABSENT

REGION: Final = "aws:region"
"""Stands in the place of a URN for the region of a resource."""


def is_managed(resource: Resource) -> bool:
    """Whether Pulumi makes the resource in a cloud: it is no component, and not one that is only read."""
    return resource.custom and not resource.options.get("external")


class Op(StrEnum):
    """What happens to a resource."""

    CREATE = "create"
    UPDATE = "update"
    REPLACE = "replace"
    DELETE = "delete"


class Why(StrEnum):
    """What happens to the source of a value, or of a resource."""

    REPLACED = "replaced"
    ADDED = "added"
    GONE = "gone"


@dataclass(frozen=True, slots=True, eq=False)
class PropertyChange:
    """One input that changes.

    path: `a.b[0].c`. old, new: as they may be shown, `ABSENT` where not set. replaces: whether the resource is replaced
    for it. hidden: `secret` or `data` where the values are not shown. because: URN -> why a value that is not known
    before deployment changes with that resource.
    """

    path: str
    old: Any
    new: Any
    replaces: bool = False
    hidden: str = ""
    because: Mapping[str, Why] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The change under its JSON keys: no `old` or `new` where the value is not set."""
        out: dict[str, Any] = {"path": self.path}
        out |= {key: value for key, value in (("old", self.old), ("new", self.new)) if value is not ABSENT}
        if self.replaces:
            out["replaces"] = True
        if self.hidden:
            out["hidden"] = self.hidden
        if self.because:
            out["because"] = {urn: why.value for urn, why in self.because.items()}
        return out


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """What happens to one resource.

    old: None where it is created. new: None where it is deleted. deletes_first: whether a replacement begins with the
    deletion. because: URN, or `aws:region` -> why the resource is replaced whatever its inputs say.
    """

    op: Op
    old: Resource | None
    new: Resource | None
    properties: tuple[PropertyChange, ...] = ()
    deletes_first: bool = False
    because: Mapping[str, Why] = field(default_factory=dict)

    @property
    def resource(self) -> Resource:
        """The resource as it will be; as it was, where it is deleted."""
        resource = self.new or self.old
        assert resource is not None
        return resource
