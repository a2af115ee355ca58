"""size-is-used: a pod does not pay for more than twice the vCPU and twice the memory that it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.quantity import format_bytes, format_cpu
from eks_fargate.fargate.requested import Requested, read_requests
from eks_fargate.fargate.rules.amounts import smallest_and_largest
from eks_fargate.fargate.rules.base import Fail, Verdict, not_known
from eks_fargate.fargate.rules.subjects import PodRule, PodSubject
from eks_fargate.fargate.sizing import TooLarge
from eks_fargate.fargate.unknown import Unknown
from eks_fargate.fargate.world import PlacedPod


def _check(subject: PodSubject) -> Iterator[Verdict]:
    size = subject.placed.size
    if isinstance(size, Unknown):
        yield not_known(subject.placed.asked.unknown_paths[0], "whether the pod uses the size that Fargate provisions")
        return
    smallest, _ = smallest_and_largest(subject.world)
    asked = _asked_while_running(subject.placed)
    if isinstance(size, TooLarge) or isinstance(asked, Unknown):
        return
    if (size.vcpu_milli, size.memory_mib) == (smallest.vcpu_milli, smallest.memory_mib):
        return
    needed_bytes = asked.memory_bytes + subject.world.facts.table("sizes")["reservedMib"] * 2**20
    if size.vcpu_milli * 10**6 > 2 * asked.cpu_nanocores and size.memory_mib * 2**20 > 2 * needed_bytes:
        yield Fail(
            subject.at("containers"),
            (
                f"while it runs the pod asks for {format_cpu(asked.cpu_nanocores)} and {format_bytes(needed_bytes)}, "
                f"Fargate's own memory included, and pays for {size}"
            ),
            "Lower the requests of its init containers, or do their work elsewhere.",
        )


def _asked_while_running(placed: PlacedPod) -> Requested | Unknown:
    """What the pod asks for without its init containers, sidecars aside.

    What all containers ask for is never below half the size in vCPU and memory both: a smaller size would hold it.
    """
    pod = placed.pod
    if not pod.spec.get("initContainers"):
        return placed.asked.requested
    sidecars = [container.fields for container in pod.containers("initContainers") if container.is_sidecar]
    return read_requests(replace(pod, spec={**pod.spec, "initContainers": sidecars})).requested


rule = PodRule(
    id="size-is-used",
    group="D",
    level=Level.WARNING,
    statement=(
        "Not both vCPU and memory provisioned exceed twice what is asked while the pod runs, overhead included; "
        "the smallest size is exempt."
    ),
    source="https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html",
    check=_check,
)
