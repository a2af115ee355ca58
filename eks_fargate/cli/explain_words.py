"""The words in which text and Markdown say the same of a workload and of all of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from eks_fargate.cli.cost import prices_of, usd
from eks_fargate.fargate.explain import ExplainedPod, Explanation
from eks_fargate.fargate.placement import Lands
from eks_fargate.fargate.pods import Pod
from eks_fargate.fargate.prices import NotKnown
from eks_fargate.fargate.quantity import format_bytes, format_cpu
from eks_fargate.fargate.requested import Requested
from eks_fargate.fargate.running_cost import RunningCost
from eks_fargate.fargate.schedule import ASSUMED_RUN_MINUTES
from eks_fargate.fargate.sizing import Waste
from eks_fargate.fargate.unknown import Unknown
from eks_fargate.fargate.world import PlacedPod

_LANDS = {
    Lands.FARGATE: "Fargate",
    Lands.NODES: "Nodes",
    Lands.PENDING: "PENDING",
    Lands.UNDETERMINED: "Undecided",
}


def lands(where: Lands) -> str:
    """Where a pod lands, as the label of its reason."""
    return _LANDS[where]


def replicas(pod: Pod) -> str:
    """How many pods of a workload run at once: `2 pods`; empty for a Pod."""
    if pod.kind == "Pod":
        return ""
    if isinstance(pod.replicas, Unknown):
        return "a pod a node" if pod.kind == "DaemonSet" else "how many pods is not known"
    return f"{pod.replicas} pod{'' if pod.replicas == 1 else 's'}"


def asked_for(placed: PlacedPod) -> str:
    """What a pod asks for: `asks for 0.2 vCPU, 128 MiB`."""
    asked = placed.asked.requested
    if not isinstance(asked, Requested):
        return "what it asks for is not known before deployment"
    if not asked.cpu_nanocores and not asked.memory_bytes:
        return "asks for nothing"
    return f"asks for {format_cpu(asked.cpu_nanocores)}, {format_bytes(asked.memory_bytes)}"


def not_used(wasted: Waste) -> str:
    """What is paid for, but not asked for."""
    if not wasted.cpu_nanocores and not wasted.memory_bytes:
        return "nothing left over"
    return f"left over {format_cpu(wasted.cpu_nanocores)}, {format_bytes(wasted.memory_bytes)}"


def cost(explained: ExplainedPod) -> str:
    """What the pods of a workload cost: each and all, by the month and by the hour."""
    found = explained.cost
    if not isinstance(found, RunningCost):
        return f"not known: {found}" if isinstance(found, NotKnown) else ""
    each, hour = usd(found.monthly_each), f"{found.usd_per_hour:.4f} USD an hour"
    count = explained.placed.pod.replicas
    if isinstance(count, Unknown):
        text = f"{each} USD a month each ({hour}); how many there are is not known"
    elif count == 1:
        text = f"{each} USD a month ({hour})"
    else:
        text = f"{usd(found.monthly_all)} USD a month for {count}, {each} each ({hour})"
    if found.runs is None:
        return text
    often = f"{found.runs.per_month:.1f}".removesuffix(".0")
    runs = f"{often} run{'' if often == '1' else 's'} a month, each taken to last {ASSUMED_RUN_MINUTES} minutes"
    note = f"; {found.runs.note}" if found.runs.note else ""
    return f"{text}; {runs}{note}"


def totals(found: Explanation) -> Iterator[tuple[str, str]]:
    """Label and text of the sums over all workloads."""
    sums = found.totals
    many = {lands: count for lands, count in sums.workloads.items() if count}
    words = {
        Lands.FARGATE: "on Fargate",
        Lands.NODES: "on nodes",
        Lands.PENDING: "Pending for ever",
        Lands.UNDETERMINED: "undecided before deployment",
    }
    parts = [f"{count} {words[where]}" for where, count in many.items()]
    yield "Workloads", ", ".join(parts) or "none"
    if many.get(Lands.FARGATE):
        cpu, memory = Decimal(sums.vcpu_milli) / 1000, Decimal(sums.memory_mib) / 1024
        pods = f"{sums.pods} pod{'' if sums.pods == 1 else 's'}"
        yield "Fargate", f"{pods} at once: {cpu.normalize():f} vCPU, {memory.normalize():f} GiB"
        average = f"{sums.hourly_usd:.4f} USD an hour on average"
        yield "Cost", f"{usd(sums.monthly_usd)} USD a month, {average}: the pods alone, at prices of {prices_of()}"
    for why, count in sums.not_known:
        yield "", f"without {count} workload{'' if count == 1 else 's'}: {why}"
