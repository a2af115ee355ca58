"""What a planned stack costs by the month, the pods of its plan at the size that Fargate gives them."""

from __future__ import annotations

from eks_fargate.fargate.placement import Lands
from eks_fargate.fargate.planned import PlannedStack
from eks_fargate.fargate.platform_cost import FargatePods, platform_items
from eks_fargate.fargate.prices import NotKnown
from eks_fargate.fargate.pricing import CostItem, cost_item
from eks_fargate.fargate.sizing import Size
from eks_fargate.fargate.unknown import UNKNOWN, Unknown
from eks_fargate.fargate.world import PlacedPod

_POD = "the price of a pod"


def monthly_cost(planned: PlannedStack, region: str) -> list[CostItem]:
    """The monthly bill of a stack, in a fixed order; a line whose price is not known says why.

    region: empty where the stack names none. Pods that certainly do not land on Fargate are paid for with their nodes.
    """
    sized: list[FargatePods] = []
    unsized: list[CostItem] = []
    for placed in sorted(planned.world.pods, key=lambda one: one.pod.ref):
        if placed.lands in (Lands.NODES, Lands.PENDING):
            continue
        what, replicas = _what(placed), _replicas(placed)
        if placed.lands is Lands.UNDETERMINED:
            unknown = NotKnown(_POD, because="whether it lands on Fargate is not known before deployment")
            unsized.append(cost_item(what, replicas, "pod", unknown))
        elif isinstance(placed.size, Size):
            sized.append(FargatePods(what, replicas, placed.size))
        elif isinstance(placed.size, Unknown):
            unknown = NotKnown(_POD, because="what it asks for is not known before deployment")
            unsized.append(cost_item(what, replicas, "pod", unknown))
    return [*platform_items(planned.stack, region or UNKNOWN, planned.world.today, sized), *unsized]


def _what(placed: PlacedPod) -> str:
    pod = placed.pod
    return f"Fargate pods of {pod.kind} {pod.namespace}/{pod.name}"


def _replicas(placed: PlacedPod) -> int | None:
    replicas = placed.pod.replicas
    return None if isinstance(replicas, Unknown) else replicas
