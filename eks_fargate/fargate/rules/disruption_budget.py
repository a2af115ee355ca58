"""disruption-budget: EKS patches Fargate pods by evicting them, and deletes those that a budget keeps from going."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.label_selectors import of_selector
from eks_fargate.fargate.placement import Lands
from eks_fargate.fargate.rules.base import Fail, Undetermined, Verdict, not_known, read
from eks_fargate.fargate.rules.subjects import ObjectRule, ObjectSubject
from eks_fargate.fargate.unknown import UNKNOWN, Unknown
from eks_fargate.fargate.world import PlacedPod, SeenObject, World

_Selected = list[tuple[PlacedPod, bool]]

_FIX = "Set maxUnavailable to 1, or run more replicas than minAvailable."
_LETS_GO = "whether the budget lets a pod go"


def _check(subject: ObjectSubject) -> Iterator[Verdict]:
    world, budget = subject.world, subject.seen
    selected = [(placed, certain) for placed, certain in _selected(world, budget) if placed.lands is not Lands.NODES]
    if not selected:
        return
    certain = any(known and placed.lands is not Lands.UNDETERMINED for placed, known in selected)
    for verdict in (*_keeps_all(world, budget, selected), *_second_budgets(world, budget, selected)):
        if isinstance(verdict, Fail) and not certain:
            yield Undetermined(
                verdict.path,
                f"{verdict.message}; whether the budget's pods are on Fargate is not known before deployment",
                verdict.fix,
            )
        else:
            yield verdict


def _selected(world: World, budget: SeenObject) -> Iterator[tuple[PlacedPod, bool]]:
    selector = read(budget.fields, "spec", "selector")
    asked = of_selector(selector)
    # An empty selector selects every pod of the namespace in policy/v1, and none in policy/v1beta1.
    if selector is None or (not asked and budget.fields.get("apiVersion") == "policy/v1beta1"):
        return iter(())
    return world.select(budget.namespace, asked)


def _keeps_all(world: World, budget: SeenObject, selected: _Selected) -> Iterator[Verdict]:
    spec = read(budget.fields, "spec")
    most_gone, least_left = read(spec, "maxUnavailable"), read(spec, "minAvailable")
    path = "spec.minAvailable" if most_gone is None else "spec.maxUnavailable"
    if UNKNOWN in (spec, most_gone, least_left):
        yield not_known(path, _LETS_GO)
        return
    if most_gone is not None:
        if _of(most_gone, 100) == 0:
            yield Fail(path, f"maxUnavailable is {most_gone}, so no pod may ever go", _FIX)
        return
    pods = _count(world, selected)
    if isinstance(pods, Unknown):
        yield not_known("spec.selector", _LETS_GO)
        return
    left = _of(least_left, pods)
    if left is not None and pods and left >= pods:
        yield Fail(path, f"minAvailable is {least_left} of {pods} pods, so none may ever go", _FIX)


def _of(amount: Any, whole: int) -> int | None:
    """A number of pods, given as such or in percent of `whole`, which Kubernetes rounds up; None if it is neither."""
    if isinstance(amount, int):
        return amount
    if isinstance(amount, str) and amount.removesuffix("%").isdecimal():
        return -(-int(amount.removesuffix("%")) * whole // 100) if amount.endswith("%") else int(amount)
    return None


def _count(world: World, selected: _Selected) -> int | Unknown:
    total = 0
    for placed, certain in selected:
        pod = placed.pod
        scaled = world.once(_scaled).get((pod.kind, pod.namespace, pod.name))
        replicas = pod.replicas if scaled is None else scaled
        if isinstance(replicas, Unknown) or not certain:
            return UNKNOWN
        total += replicas
    return total


def _scaled(world: World) -> dict[tuple[Any, Any, Any], int | Unknown]:
    """The least replicas of what a HorizontalPodAutoscaler scales, by kind, namespace and name."""
    found: dict[tuple[Any, Any, Any], int | Unknown] = {}
    for scaler in world.of_kind("HorizontalPodAutoscaler"):
        target = read(scaler.fields, "spec", "scaleTargetRef")
        least = read(scaler.fields, "spec", "minReplicas")
        found[read(target, "kind"), scaler.namespace, read(target, "name")] = 1 if least is None else least
    return found


def _second_budgets(world: World, budget: SeenObject, selected: _Selected) -> Iterator[Verdict]:
    reported: set[str] = set()
    for placed, certain in selected:
        others = [other for other in world.once(_budgets_of)[id(placed.pod)] if other[0] is not budget]
        for other, other_certain in others:
            if other.ref in reported:
                continue
            reported.add(other.ref)
            if certain and other_certain:
                yield Fail(
                    "spec.selector",
                    f"{placed.pod.ref} has two budgets, this one and {other.ref}, and then no pod of it can be evicted",
                    "Leave each pod to one PodDisruptionBudget.",
                )
            else:
                yield not_known("spec.selector", f"whether {placed.pod.ref} has two budgets, this one and {other.ref}")


def _budgets_of(world: World) -> dict[int, list[tuple[SeenObject, bool]]]:
    found: dict[int, list[tuple[SeenObject, bool]]] = {}
    for budget in world.of_kind("PodDisruptionBudget"):
        for placed, certain in _selected(world, budget):
            found.setdefault(id(placed.pod), []).append((budget, certain))
    return found


rule = ObjectRule(
    id="disruption-budget",
    group="D",
    level=Level.WARNING,
    statement="A PodDisruptionBudget lets at least one pod go, and no pod has two.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-patching.html",
    check=_check,
    kinds=("PodDisruptionBudget",),
)
