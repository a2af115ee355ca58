"""What a pod asks for, in exact arithmetic, by Kubernetes' own rules.

Source: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/ and, for sidecars,
https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from eks_fargate.fargate.pods import Container, Pod, Problem
from eks_fargate.fargate.quantity import NANO, QuantityError, parse, quoted
from eks_fargate.fargate.unknown import UNKNOWN, Unknown

RESOURCES: Final = ("cpu", "memory", "ephemeral-storage")
_POD_LEVEL_RESOURCES: Final = ("cpu", "memory")

# Kubernetes keeps no amount of a resource finer than a thousandth; it rounds each up as it takes an object in.
_FINEST: Final = NANO // 1000


class _Amount(NamedTuple):
    """Nano-units that are known, and the paths of what is not known before deployment and would come on top."""

    nanos: int = 0
    unknown: tuple[str, ...] = ()

    def plus(self, other: _Amount) -> _Amount:
        return _Amount(self.nanos + other.nanos, self.unknown + other.unknown)

    def or_more(self, other: _Amount) -> _Amount:
        return _Amount(max(self.nanos, other.nanos), self.unknown + other.unknown)


_Amounts = dict[str, _Amount]


@dataclass(frozen=True, slots=True)
class Requested:
    """What a pod asks for, before Fargate adds its own 256 MiB.

    cpu_nanocores, memory_bytes, ephemeral_bytes: whole numbers, rounded up as Kubernetes rounds.
    """

    cpu_nanocores: int
    memory_bytes: int
    ephemeral_bytes: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a pod asks for, and what stands in the way of knowing it.

    requested: unknown where `unknown_paths`, the paths of the values not known before deployment, is not empty.
    problems: quantities that are none; each counts as not given. notes: where AWS does not say how Fargate counts
    something that the pod has, in sentences.
    """

    requested: Requested | Unknown
    unknown_paths: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def read_requests(pod: Pod) -> Reading:
    """What `pod` asks for: the larger, resource by resource, of what its containers and what its init containers need.

    A limit stands in for a request that is not given. Init containers run one after another, each beside the sidecars
    started before it; sidecars go on running beside the containers. The pod's own requests (`spec.resources`) count
    instead of those of its containers; `spec.overhead` is added.
    """
    problems: list[Problem] = []
    sidecars, starting = _init_containers(pod, problems)
    running = _of_unknown_entries(pod)
    for container in pod.containers("containers"):
        _add(running, _asked(container.fields.get("resources"), f"{container.path}.resources", problems))
    needed = _raise_to(_add(running, sidecars), starting)
    resources = pod.spec.get("resources")
    own = _asked(resources, f"{pod.spec_path}.resources", problems)
    requests = UNKNOWN if resources is UNKNOWN else _mapping(resources).get("requests")
    for resource in _POD_LEVEL_RESOURCES:
        if resource in own and (resource not in needed or requests is UNKNOWN or resource in _mapping(requests)):
            needed[resource] = own[resource]
    _add(needed, _amounts(pod.spec.get("overhead"), f"{pod.spec_path}.overhead", problems))
    unknown = {path for resource in RESOURCES for path in needed.get(resource, _Amount()).unknown}
    cpu, memory, ephemeral = (needed.get(resource, _Amount()).nanos for resource in RESOURCES)
    return Reading(
        UNKNOWN if unknown else Requested(cpu, -(-memory // NANO), -(-ephemeral // NANO)),
        tuple(sorted(unknown)),
        tuple(replace(problem, object=pod.ref) for problem in problems),
        _notes(pod),
    )


def limit_of(container: Container, resource: str) -> int | Unknown | None:
    """A container's limit in nano-units; None where it has none, or one that is no quantity."""
    resources = container.fields.get("resources")
    limits = UNKNOWN if resources is UNKNOWN else _mapping(resources).get("limits")
    limit = _amounts(limits, "limits", []).get(resource)
    if limit is None:
        return None
    return UNKNOWN if limit.unknown else limit.nanos


def _init_containers(pod: Pod, problems: list[Problem]) -> tuple[_Amounts, _Amounts]:
    """What the sidecars ask for together, and the most that is asked for while the pod starts."""
    sidecars: _Amounts = {}
    starting: _Amounts = {}
    for container in pod.containers("initContainers"):
        asked = _asked(container.fields.get("resources"), f"{container.path}.resources", problems)
        if container.fields.get("restartPolicy") is UNKNOWN:
            asked = {
                name: amount.plus(_Amount(0, (f"{container.path}.restartPolicy",))) for name, amount in asked.items()
            }
        if container.is_sidecar:
            _raise_to(starting, _add(sidecars, asked))
        else:
            _raise_to(starting, _add(dict(sidecars), asked))
    return sidecars, starting


def _of_unknown_entries(pod: Pod) -> _Amounts:
    """What containers ask for of which a plan knows nothing."""
    amounts: _Amounts = {}
    for kind in ("containers", "initContainers"):
        listed, path = pod.spec.get(kind), f"{pod.spec_path}.{kind}"
        if listed is UNKNOWN:
            _add(amounts, _all_unknown(path))
        for index, entry in enumerate(listed if isinstance(listed, list) else ()):
            if entry is UNKNOWN:
                _add(amounts, _all_unknown(f"{path}[{index}]"))
    return amounts


def _asked(resources: Any, path: str, problems: list[Problem]) -> _Amounts:
    """What `resources` (requests and limits) asks for: a limit stands in for a request that is not given."""
    if resources is UNKNOWN:
        return _all_unknown(path)
    given = _mapping(resources)
    limits = _amounts(given.get("limits"), f"{path}.limits", problems)
    return limits | _amounts(given.get("requests"), f"{path}.requests", problems)


def _amounts(quantities: Any, path: str, problems: list[Problem]) -> _Amounts:
    """The amounts in a mapping of resources; what is no quantity is reported and left out."""
    if quantities is UNKNOWN:
        return _all_unknown(path)
    amounts: _Amounts = {}
    for resource, quantity in _mapping(quantities).items():
        if quantity is UNKNOWN:
            amounts[resource] = _Amount(0, (f"{path}.{resource}",))
            continue
        try:
            nanos = parse(quantity)
        except QuantityError as error:
            problems.append(Problem("", f"{path}.{resource}", str(error)))
            continue
        if nanos < 0:
            problems.append(Problem("", f"{path}.{resource}", f"{quoted(quantity)} is negative; no resource can be"))
            continue
        amounts[resource] = _Amount(-(-nanos // _FINEST) * _FINEST)
    return amounts


def _all_unknown(path: str) -> _Amounts:
    return {resource: _Amount(0, (path,)) for resource in RESOURCES}


def _add(amounts: _Amounts, more: _Amounts) -> _Amounts:
    for resource, amount in more.items():
        amounts[resource] = amounts[resource].plus(amount) if resource in amounts else amount
    return amounts


def _raise_to(amounts: _Amounts, others: _Amounts) -> _Amounts:
    for resource, amount in others.items():
        amounts[resource] = amounts[resource].or_more(amount) if resource in amounts else amount
    return amounts


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _notes(pod: Pod) -> tuple[str, ...]:
    counted = {
        "sidecars (init containers with restartPolicy Always)": any(
            c.is_sidecar for c in pod.containers("initContainers")
        ),
        "the pod's own requests (spec.resources)": pod.spec.get("resources") is not None,
        "spec.overhead": pod.spec.get("overhead") is not None,
    }
    return tuple(
        f"AWS does not document how Fargate counts {what}; this counts as Kubernetes does"
        for what, is_there in counted.items()
        if is_there
    )
