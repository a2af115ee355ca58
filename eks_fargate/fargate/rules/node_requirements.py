"""What a pod asks of its node, answered for a Fargate node: its labels, known and not.

Source: https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from eks_fargate.fargate.label_selectors import all_hold
from eks_fargate.fargate.rules.base import each, entries, read
from eks_fargate.fargate.rules.subjects import PodSubject
from eks_fargate.fargate.unknown import UNKNOWN, Unknown
from eks_fargate.fargate.world import World

REQUIRED = ("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution")
OPERATING_SYSTEM_OR_ARCHITECTURE = frozenset(
    {"kubernetes.io/os", "kubernetes.io/arch", "beta.kubernetes.io/os", "beta.kubernetes.io/arch"}
)
_REGION_LABELS = frozenset({"topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region"})
_ZONE_LABELS = frozenset({"topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing asked of a node's label.

    key: unknown where what asks is. answer: whether a Fargate node has it; unknown where that hangs on a value.
    """

    path: str
    key: str | Unknown
    operator: str
    values: tuple[Any, ...]
    answer: bool | Unknown

    def __str__(self) -> str:
        if self.operator in ("In", "NotIn"):
            return f"{self.key} {self.operator} ({', '.join(map(str, self.values))})"
        return f"{self.key} {self.operator}"


def asked_by_selector(subject: PodSubject) -> list[Asked]:
    """What `nodeSelector` asks, each part for itself."""
    parts = entries(subject.pod.spec.get("nodeSelector"), subject.at("nodeSelector"))
    return [_asked(subject.world, path, key or UNKNOWN, "In", (value,)) for path, key, value in parts]


def asked_by_affinity(subject: PodSubject) -> list[list[Asked]]:
    """What the required node affinity asks: terms, of which a node must meet one whole."""
    required = read(subject.pod.spec, *REQUIRED)
    path = subject.at(*REQUIRED)
    if required is UNKNOWN:
        return [[Asked(path, UNKNOWN, "", (), UNKNOWN)]]
    terms = each(read(required, "nodeSelectorTerms"), f"{path}.nodeSelectorTerms")
    return [list(_term(subject.world, at, term)) for at, term in terms]


def _term(world: World, path: str, term: Any) -> Iterator[Asked]:
    if term is UNKNOWN:
        yield Asked(path, UNKNOWN, "", (), UNKNOWN)
        return
    for field in ("matchExpressions", "matchFields"):
        for at, expression in each(read(term, field), f"{path}.{field}"):
            values = read(expression, "values")
            listed = (UNKNOWN,) if values is UNKNOWN else tuple(values or ())
            yield _asked(world, at, read(expression, "key"), read(expression, "operator"), listed)


def unmet(subject: PodSubject) -> list[Asked]:
    """Everything asked that keeps the pod off every Fargate node, or may; of the terms only where none is met whole."""
    found = [part for part in asked_by_selector(subject) if part.answer is not True]
    terms = asked_by_affinity(subject)
    answers = [all_hold(part.answer for part in term) for term in terms]
    if True in answers:
        return found
    decisive = UNKNOWN if UNKNOWN in answers else False
    return found + [part for term in terms for part in term if part.answer is decisive]


def keeps_off_fargate(subject: PodSubject) -> bool | Unknown:
    """Whether the node selector or the required node affinity keeps the pod off every Fargate node."""
    met = [part.answer for part in asked_by_selector(subject)]
    terms = [all_hold(part.answer for part in term) for term in asked_by_affinity(subject)]
    if terms:
        met.append(True if True in terms else UNKNOWN if UNKNOWN in terms else False)
    answer = all_hold(met)
    return UNKNOWN if answer is UNKNOWN else not answer


def _asked(world: World, path: str, key: Any, operator: Any, values: tuple[Any, ...]) -> Asked:
    if key is UNKNOWN or operator is UNKNOWN:
        return Asked(path, UNKNOWN, "", values, UNKNOWN)
    return Asked(path, str(key), str(operator), values, _answer(world, str(key), str(operator), values))


def _answer(world: World, key: str, operator: str, values: Sequence[Any]) -> bool | Unknown:
    carried = world.facts.table("node_labels")["carried"]
    if key not in carried:
        return operator in ("NotIn", "DoesNotExist")
    if operator in ("Exists", "DoesNotExist"):
        return operator == "Exists"
    if carried[key] is None:
        return True if operator == "NotIn" else _some(_possible(world, key, value) for value in values)
    equal = _some(UNKNOWN if value is UNKNOWN else value == carried[key] for value in values)
    if operator == "NotIn":
        return UNKNOWN if equal is UNKNOWN else not equal
    # Gt and Lt compare numbers, and no label of a Fargate node is one.
    return equal if operator == "In" else False


def _some(answers: Iterator[bool | Unknown]) -> bool | Unknown:
    listed = list(answers)
    return True if True in listed else UNKNOWN if UNKNOWN in listed else False


def _possible(world: World, key: str, value: Any) -> bool | Unknown:
    if value is UNKNOWN or world.region is UNKNOWN:
        return UNKNOWN
    if world.region is None:
        return True
    if key in _REGION_LABELS:
        return bool(value == world.region)
    # A zone is named by its Region and a letter; Local Zones and Wavelength Zones, which Fargate lacks, are longer.
    return key not in _ZONE_LABELS or str(value)[:-1] == world.region
