"""Where a pod lands: on which profile, on the nodes, or nowhere, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from eks_fargate.fargate.profiles import Profile


class DataPlane(StrEnum):
    """What a cluster runs pods on."""

    FARGATE = "fargate"
    MIXED = "mixed"
    NODES = "nodes"


class Lands(StrEnum):
    """Where a pod lands; `UNDETERMINED` where a value not known before deployment decides."""

    FARGATE = "fargate"
    NODES = "nodes"
    PENDING = "pending"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a pod lands.

    profile: the profile that takes it, where it lands on Fargate. reason: one sentence in words.
    candidates: physical names of all profiles that match it, in AWS's order, the one that takes it included.
    nearest: for a miss, the profile that lacks least and what is missing ("label environment=fargate").
    """

    lands: Lands
    reason: str
    profile: Profile | None = None
    candidates: Sequence[str] = ()
    nearest: tuple[Profile, Sequence[str]] | None = None
