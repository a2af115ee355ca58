"""A planned resource, as a plan, a policy pack and the rules see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, eq=False)
class Resource:
    """One resource of a Pulumi program.

    urn, type, name: Pulumi's own. parent: URN, empty for the stack. inputs: plain values, with `UNKNOWN` where a value
    is not known before deployment; secrets are unwrapped (`secret_paths` says which inputs were secret).
    dependencies: URNs, sorted: explicit ones and those through properties. property_dependencies: input key -> URNs.
    options: protect, retainOnDelete, deleteBeforeReplace, customTimeouts, aliases, ... as Pulumi spells them.
    provider: URN of an explicit provider, else empty. custom: false for a component.
    """

    urn: str
    type: str
    name: str
    parent: str
    inputs: Mapping[str, Any]
    dependencies: Sequence[str] = ()
    property_dependencies: Mapping[str, Sequence[str]] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    provider: str = ""
    custom: bool = True
    secret_paths: Sequence[str] = ()
