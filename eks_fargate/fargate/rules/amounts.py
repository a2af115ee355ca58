"""CPU and memory of single containers and of Fargate's sizes, read for rules."""

from __future__ import annotations

from typing import Any

from eks_fargate.fargate.pods import Container
from eks_fargate.fargate.quantity import NANO, QuantityError, parse
from eks_fargate.fargate.rules.base import read
from eks_fargate.fargate.sizing import Size
from eks_fargate.fargate.unknown import UNKNOWN, Unknown
from eks_fargate.fargate.world import World

RESOURCES = ("cpu", "memory")


def amount(container: Container, field: str, resource: str) -> int | Unknown | None:
    """The container's request or limit in nano-units; None where there is none, or it is no quantity.

    What is no quantity is reported by whoever reads the pod's requests.
    """
    value: Any = read(container.fields, "resources", field, resource)
    if isinstance(value, Unknown):
        return UNKNOWN
    if value is None:
        return None
    try:
        return parse(value)
    except QuantityError:
        return None


def nanos_of(size: Size, resource: str) -> int:
    """The CPU or memory of a size, in nano-units."""
    return size.vcpu_milli * NANO // 1000 if resource == "cpu" else size.memory_mib * 2**20 * NANO


def smallest_and_largest(world: World) -> tuple[Size, Size]:
    """The first and the last of Fargate's sizes; the last with the most storage that may be asked for."""
    return world.once(_smallest_and_largest)


def _smallest_and_largest(world: World) -> tuple[Size, Size]:
    table = world.facts.table("sizes")
    tiers = sorted(table["sizes"], key=lambda tier: int(tier["vcpuMilli"]))
    storage = table["ephemeralStorage"]
    smallest = Size(tiers[0]["vcpuMilli"], min(tiers[0]["memoryMib"]), storage["includedGib"])
    return smallest, Size(tiers[-1]["vcpuMilli"], max(tiers[-1]["memoryMib"]), storage["maxRequestedGib"])
