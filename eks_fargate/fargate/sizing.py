"""The Fargate size a pod gets: AWS's algorithm over the table of combinations, in exact arithmetic.

Source: https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from eks_fargate.fargate.facts import DEFAULT_FACTS, Facts
from eks_fargate.fargate.pods import Container, Pod
from eks_fargate.fargate.quantity import NANO, format_bytes, format_cpu
from eks_fargate.fargate.requested import Reading, Requested, limit_of
from eks_fargate.fargate.unknown import Unknown

_MIB: Final = 2**20
_GIB: Final = 2**30
_NANOCORES_PER_MILLI: Final = 10**6


@dataclass(frozen=True, slots=True)
class Size:
    """What Fargate provisions for a pod, and what it is billed for.

    vcpu_milli: 250 to 16000. memory_mib: 512 to 122880. ephemeral_gib: 20 or more.
    notes: where AWS does not say how Fargate counts something that the pod has, in sentences.
    """

    vcpu_milli: int
    memory_mib: int
    ephemeral_gib: int
    notes: tuple[str, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return f"{format_cpu(self.vcpu_milli * _NANOCORES_PER_MILLI)}, {format_bytes(self.memory_mib * _MIB)}"


@dataclass(frozen=True, slots=True)
class TooLarge:
    """No size is large enough: what is asked for beyond the largest, 0 where that resource would fit.

    over_memory_bytes: the memory that Fargate reserves for itself is part of what is asked.
    largest: the most that could be asked; its ephemeral_gib is the most that containers may ask for.
    """

    over_cpu_nanocores: int
    over_memory_bytes: int
    over_ephemeral_bytes: int
    largest: Size
    notes: tuple[str, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        over = []
        if self.over_cpu_nanocores:
            most = format_cpu(self.largest.vcpu_milli * _NANOCORES_PER_MILLI)
            over.append(f"{format_cpu(self.over_cpu_nanocores)} more than the largest size has ({most})")
        if self.over_memory_bytes:
            most = format_bytes(self.largest.memory_mib * _MIB)
            over.append(f"{format_bytes(self.over_memory_bytes)} of memory more than the largest size has ({most})")
        if self.over_ephemeral_bytes:
            most = format_bytes(self.largest.ephemeral_gib * _GIB)
            over.append(
                f"{format_bytes(self.over_ephemeral_bytes)} of ephemeral storage more than may be asked for ({most})"
            )
        return " and ".join(over)


@dataclass(frozen=True, slots=True)
class Waste:
    """What is provisioned and paid for, but neither asked for nor reserved by Fargate."""

    cpu_nanocores: int
    memory_bytes: int


@dataclass(frozen=True, slots=True)
class OverLimit:
    """A container whose limit exceeds what Fargate provisions; whether it does cannot be told where `limit` is unknown.

    resource: `cpu` (limit and provisioned in nanocores) or `memory` (in bytes).
    """

    container: Container
    resource: str
    limit: int | Unknown
    provisioned: int


def size(reading: Reading, facts: Facts = DEFAULT_FACTS) -> Size | TooLarge | Unknown:
    """The size that Fargate gives a pod that asks for what `reading` says; unknown where that is not known."""
    if isinstance(reading.requested, Unknown):
        return reading.requested
    return fit(reading.requested, facts, reading.notes)


def fit(asked: Requested, facts: Facts = DEFAULT_FACTS, notes: tuple[str, ...] = ()) -> Size | TooLarge:
    """The smallest size that holds `asked` and what Fargate reserves: the least vCPU, then the least memory.

    notes: those to keep with the answer, before its own.
    """
    table = facts.table("sizes")
    memory = asked.memory_bytes + table["reservedMib"] * _MIB
    enough = [tier for tier in table["sizes"] if tier["vcpuMilli"] * _NANOCORES_PER_MILLI >= asked.cpu_nanocores]
    fitting = (
        (tier["vcpuMilli"], mebibytes)
        for tier in enough
        for mebibytes in tier["memoryMib"]
        if mebibytes * _MIB >= memory
    )
    best = min(fitting, default=None)
    storage = table["ephemeralStorage"]
    most_storage = storage["maxRequestedGib"]
    if best is None or asked.ephemeral_bytes > most_storage * _GIB:
        most_cpu = max(tier["vcpuMilli"] for tier in table["sizes"])
        most_memory = max(mebibytes for tier in enough or table["sizes"] for mebibytes in tier["memoryMib"])
        return TooLarge(
            max(0, asked.cpu_nanocores - most_cpu * _NANOCORES_PER_MILLI),
            max(0, memory - most_memory * _MIB),
            max(0, asked.ephemeral_bytes - most_storage * _GIB),
            Size(most_cpu, most_memory, most_storage),
            notes,
        )
    provisioned = _provisioned_gib(asked.ephemeral_bytes, storage)
    if provisioned > most_storage:
        unsaid = (
            f"AWS does not say whether its limit of {most_storage} GiB is on the ephemeral storage asked for, as this "
            f"counts, or on that provisioned ({provisioned} GiB)"
        )
        return Size(*best, provisioned, (*notes, unsaid))
    return Size(*best, provisioned, notes)


def _provisioned_gib(asked_bytes: int, storage: Mapping[str, Any]) -> int:
    """What is asked and Fargate's own part of it; what is included where nothing is asked, and never less."""
    if not asked_bytes:
        return int(storage["includedGib"])
    hundredths = asked_bytes * (100 + storage["fileSystemPercent"]) + storage["systemGib"] * _GIB * 100
    return max(int(storage["includedGib"]), int(-(-hundredths // (100 * _GIB))))


def waste(asked: Requested, given: Size, facts: Facts = DEFAULT_FACTS) -> Waste:
    """What of `given` is neither asked for nor reserved by Fargate. `given` is a size that holds `asked`."""
    reserved = facts.table("sizes")["reservedMib"]
    return Waste(
        given.vcpu_milli * _NANOCORES_PER_MILLI - asked.cpu_nanocores,
        (given.memory_mib - reserved) * _MIB - asked.memory_bytes,
    )


def limits_above(pod: Pod, given: Size) -> Iterator[OverLimit]:
    """The containers of `pod` with a CPU or memory limit above what `given` provisions, or with one that is unknown."""
    provisioned = {
        "cpu": (given.vcpu_milli * _NANOCORES_PER_MILLI, 1),
        "memory": (given.memory_mib * _MIB, NANO),
    }
    for container in pod.containers("containers", "initContainers"):
        for resource, (most, nanos_per_unit) in provisioned.items():
            limit = limit_of(container, resource)
            if isinstance(limit, Unknown):
                yield OverLimit(container, resource, limit, most)
            elif limit is not None and limit > most * nanos_per_unit:
                yield OverLimit(container, resource, -(-limit // nanos_per_unit), most)
