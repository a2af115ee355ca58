"""fits-largest-size and ephemeral-storage-fits: what a pod asks for is at most what Fargate can provision."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.quantity import NANO, format_bytes, format_cpu
from eks_fargate.fargate.rules.amounts import RESOURCES, amount, nanos_of, smallest_and_largest
from eks_fargate.fargate.rules.base import Fail, Verdict, not_known
from eks_fargate.fargate.rules.subjects import PodRule, PodSubject
from eks_fargate.fargate.unknown import Unknown

_SOURCE = "https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html"
_MIB = 2**20
_GIB = 2**30


def _check_size(subject: PodSubject) -> Iterator[Verdict]:
    asked = subject.placed.asked.requested
    _, largest = smallest_and_largest(subject.world)
    reserved_bytes = subject.world.facts.table("sizes")["reservedMib"] * _MIB
    if isinstance(asked, Unknown):
        cpu, memory = (_known_part(subject, resource) for resource in RESOURCES)
        memory = -(-memory // NANO)
    else:
        cpu, memory = asked.cpu_nanocores, asked.memory_bytes
    if cpu > nanos_of(largest, "cpu") or memory + reserved_bytes > largest.memory_mib * _MIB:
        most = f"{format_cpu(nanos_of(largest, 'cpu'))} and {format_bytes(largest.memory_mib * _MIB - reserved_bytes)}"
        yield Fail(
            subject.at("containers"),
            (
                f"the pod asks for {format_cpu(cpu)} and {format_bytes(memory)}, to which Fargate adds "
                f"{format_bytes(reserved_bytes)}; the largest size has {largest}"
            ),
            f"Ask for at most {most} in all, or run the pod on nodes.",
        )
    elif isinstance(asked, Unknown):
        yield from _not_known(subject, "whether the pod's requests fit the largest Fargate size", ".ephemeral-storage")


def _known_part(subject: PodSubject, resource: str) -> int:
    """What the containers whose amounts are known ask for together, in nano-units: the pod asks for no less."""
    total = 0
    for container in subject.containers:
        request, limit = (amount(container, field, resource) for field in ("requests", "limits"))
        asked = limit if request is None else request
        if container.kind == "containers" and not isinstance(asked, Unknown):
            total += asked or 0
    return total


def _not_known(subject: PodSubject, question: str, *other_resources: str) -> Iterator[Verdict]:
    """The verdicts for the values that decide, but for those of resources that do not where others do."""
    paths = subject.placed.asked.unknown_paths
    for path in [path for path in paths if not path.endswith(other_resources)] or paths:
        yield not_known(path, question)


def _check_storage(subject: PodSubject) -> Iterator[Verdict]:
    asked = subject.placed.asked.requested
    if isinstance(asked, Unknown):
        question = "whether the pod's ephemeral storage is within Fargate's limit"
        yield from _not_known(subject, question, ".cpu", ".memory")
        return
    most_gib = smallest_and_largest(subject.world)[1].ephemeral_gib
    if asked.ephemeral_bytes > most_gib * _GIB:
        yield Fail(
            subject.at("containers"),
            f"the pod asks for {format_bytes(asked.ephemeral_bytes)} of ephemeral storage, and may for {most_gib} GiB",
            f"Ask for at most {most_gib}Gi of ephemeral-storage in all, or keep the data on Amazon EFS.",
        )


fits_largest_size = PodRule(
    id="fits-largest-size",
    group="A",
    level=Level.ERROR,
    statement="Requests plus overhead fit 16 vCPU and 120 GB.",
    source=_SOURCE,
    check=_check_size,
)

ephemeral_storage_fits = PodRule(
    id="ephemeral-storage-fits",
    group="A",
    level=Level.ERROR,
    statement="Ephemeral storage asked for is at most 175 GiB.",
    source=_SOURCE,
    check=_check_storage,
)
