"""What becomes of the pods of Kubernetes manifests: where each lands and why, its size, its cost, what is wrong.

One call explains everything, since rules look from one object at others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from eks_fargate.fargate.findings import Finding, sort_key
from eks_fargate.fargate.input_objects import Located, as_written, standing
from eks_fargate.fargate.placement import Lands, place
from eks_fargate.fargate.prices import NotKnown
from eks_fargate.fargate.pricing import HOURS_PER_MONTH
from eks_fargate.fargate.requested import Requested
from eks_fargate.fargate.rules.base import DEFAULT_LEVELS, Levels
from eks_fargate.fargate.rules.run import judge_all, suppression_notes
from eks_fargate.fargate.running_cost import RunningCost, RunningCosts
from eks_fargate.fargate.sizing import Size, Waste, waste
from eks_fargate.fargate.unknown import UNKNOWN, Unknown
from eks_fargate.fargate.workloads import Makes, makes, pods_of
from eks_fargate.fargate.world import PlacedPod, World

__all__ = ["ExplainedPod", "Explanation", "Located", "Totals", "explain"]

MOST_REPLICAS: Final = 2**31 - 1
"""Kubernetes counts pods in 32 bits."""


@dataclass(frozen=True, slots=True, eq=False)
class ExplainedPod:
    """The pods of one workload.

    cost: None where they do not land on Fargate for certain, or get no size. waste: of the size; None where they get
    none, as on nodes and in a DaemonSet.
    findings: on the workload, sorted.
    """

    placed: PlacedPod
    at: Located
    cost: RunningCost | NotKnown | None
    waste: Waste | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Totals:
    """Of all pods on Fargate whose number is known.

    pods: that run at once. workloads: how many there are by where they land. monthly_usd: of what is known.
    not_known: what is missing in it, in sentences, each with the number of workloads.
    """

    pods: int
    vcpu_milli: int
    memory_mib: int
    monthly_usd: Decimal
    workloads: Mapping[Lands, int]
    not_known: tuple[tuple[str, int], ...] = ()

    @property
    def hourly_usd(self) -> Decimal:
        """On average over the month."""
        return self.monthly_usd / HOURS_PER_MONTH


@dataclass(frozen=True, slots=True, eq=False)
class Explanation:
    """The pods in the order of the input, and all else that can be said.

    findings: on objects that make no pods, sorted. not_judged: `Kind (apiVersion)` -> how many, for kinds of which it
    is not known whether they make pods. problems: what Kubernetes would refuse to read, as `FILE:LINE: why`. notes:
    what was left out on purpose, and annotations that let off nothing, in sentences.
    """

    pods: Sequence[ExplainedPod]
    findings: Sequence[Finding]
    totals: Totals
    not_judged: Mapping[str, int] = field(default_factory=dict)
    problems: Sequence[str] = ()
    notes: Sequence[str] = ()

    def all_findings(self) -> list[Finding]:
        """The findings on everything, sorted."""
        return sorted((*self.findings, *(one for pod in self.pods for one in pod.findings)), key=sort_key)


def explain(
    objects: Iterable[Located], around: World, levels: Levels = DEFAULT_LEVELS, *, strict: bool = False
) -> Explanation:
    """What becomes of the pods of `objects` in the cluster that `around` describes.

    around: data plane, profiles, version, region and so on; the pods, objects and resources in it are in sight of the
    rules, but neither explained nor judged. strict: whether what cannot be judged has the level that it would have.
    """
    kept, notes = standing(objects, around.default_namespace)
    read = _Read()
    for one in kept:
        read.take(one, around)
    objects_of_input = [one.manifest for one in kept]
    world = replace(
        around,
        pods=[*around.pods, *(placed for placed, _ in read.pods)],
        objects=[*around.objects, *objects_of_input],
    )
    by_ref = _by_ref(judge_all(world, levels), _places(world, kept, read.pods), strict=strict)
    costs = RunningCosts(around.region, around.today, around.facts)
    pods = [_explained(placed, at, costs, around, tuple(by_ref.get(placed.pod.ref, ()))) for placed, at in read.pods]
    let_off = suppression_notes(
        replace(world, objects=objects_of_input, pods=[pod for pod, _ in read.pods], resources=())
    )
    of_pods = {pod.placed.pod.ref for pod in pods}
    others = (finding for ref, found in by_ref.items() if ref not in of_pods for finding in found)
    return Explanation(
        pods,
        sorted(others, key=sort_key),
        _totals(pods),
        dict(sorted(read.not_judged.items())),
        read.problems,
        (*notes, *let_off),
    )


class _Read:
    """The pods that objects make, each with its object, and what could not be read."""

    def __init__(self) -> None:
        self.pods: list[tuple[PlacedPod, Located]] = []
        self.not_judged: Counter[str] = Counter()
        self.problems: list[str] = []

    def take(self, one: Located, around: World) -> None:
        made = makes(one.manifest, around.facts)
        if made is Makes.NOT_JUDGED:
            self.not_judged[f"{one.manifest['kind']} ({one.manifest['apiVersion']})"] += 1
        if made is not Makes.PODS:
            return
        read = pods_of(as_written(one.manifest), around.default_namespace)
        faults = [(problem.object, problem.path, problem.message) for problem in read.problems]
        for pod in read.pods:
            if isinstance(pod.replicas, int) and pod.replicas > MOST_REPLICAS:
                faults.append((pod.ref, "replicas:", f"more than {MOST_REPLICAS}, the most that Kubernetes takes"))
                pod = replace(pod, replicas=UNKNOWN)
            placed = PlacedPod.of(pod, place(pod, around.profiles, around.data_plane), around.facts)
            faults += [(problem.object, problem.path, problem.message) for problem in placed.asked.problems]
            self.pods.append((placed, one))
        self.problems += [f"{one.file}:{one.line}: {ref}: {path} {message}" for ref, path, message in faults]


def _places(world: World, kept: Sequence[Located], pods: Iterable[tuple[PlacedPod, Located]]) -> dict[str, Located]:
    """Where each object that findings may name stands: those of the input, by `Kind/namespace/name`."""
    before = len(world.objects) - len(kept)
    places = {seen.ref: one for seen, one in zip(world.seen[before:], kept, strict=False)}
    places.update((placed.pod.ref, one) for placed, one in pods)
    return places


def _by_ref(found: Iterable[Finding], places: Mapping[str, Located], *, strict: bool) -> dict[str, list[Finding]]:
    """The findings on the objects of the input, each with its place."""
    by_ref: dict[str, list[Finding]] = {}
    for finding in found:
        at = places.get(finding.object)
        if at is None:
            continue
        level = finding.would_be if strict and finding.would_be else finding.level
        by_ref.setdefault(finding.object, []).append(replace(finding, level=level, file=at.file, line=at.line))
    return by_ref


def _explained(
    placed: PlacedPod, at: Located, costs: RunningCosts, around: World, findings: tuple[Finding, ...]
) -> ExplainedPod:
    size, asked = placed.size, placed.asked.requested
    never = placed.lands is Lands.NODES or placed.pod.kind == "DaemonSet"
    if never or not isinstance(size, Size) or not isinstance(asked, Requested):
        return ExplainedPod(placed, at, None, None, findings)
    cost = costs.of(placed.pod, size) if placed.lands is Lands.FARGATE else None
    return ExplainedPod(placed, at, cost, waste(asked, size, around.facts), findings)


def _totals(pods: Sequence[ExplainedPod]) -> Totals:
    count = vcpu = memory = 0
    monthly = Decimal(0)
    missing: Counter[str] = Counter()
    for pod in pods:
        size, replicas, cost = pod.placed.size, pod.placed.pod.replicas, pod.cost
        if pod.placed.lands is not Lands.FARGATE:
            continue
        if isinstance(replicas, Unknown):
            missing["how many pods there are is not known"] += 1
            continue
        count += replicas
        if isinstance(size, Size):
            vcpu += replicas * size.vcpu_milli
            memory += replicas * size.memory_mib
        if isinstance(cost, RunningCost):
            monthly += cost.monthly_all or 0
        else:
            missing[str(cost) if cost else "no Fargate size holds the pod"] += 1
    workloads = Counter(pod.placed.lands for pod in pods)
    return Totals(
        count, vcpu, memory, monthly, {lands: workloads[lands] for lands in Lands}, tuple(sorted(missing.items()))
    )
