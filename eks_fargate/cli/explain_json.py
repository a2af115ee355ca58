"""Explained manifests as JSON."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from eks_fargate.cli.shown import json_text
from eks_fargate.fargate.explain import ExplainedPod, Explanation
from eks_fargate.fargate.prices import NotKnown
from eks_fargate.fargate.requested import Requested
from eks_fargate.fargate.running_cost import RunningCost
from eks_fargate.fargate.schedule import ASSUMED_RUN_MINUTES
from eks_fargate.fargate.sizing import Size
from eks_fargate.fargate.unknown import Unknown

_NANOCORES: Final = 10**9
_GIB: Final = 2**30
_CENT: Final = Decimal("0.01")


def explanation_json(found: Explanation) -> str:
    """The explanation as JSON text, ending in a newline."""
    return json_text(explanation_data(found))


def explanation_data(found: Explanation) -> dict[str, Any]:
    """The explanation under its JSON keys; USD are rounded to cents, what is not known is null."""
    totals = found.totals
    return {
        "pods": [_pod(pod) for pod in found.pods],
        "totals": {
            "pods": totals.pods,
            "vcpu": totals.vcpu_milli / 1000,
            "memoryGiB": totals.memory_mib / 1024,
            "monthlyUsd": _cents(totals.monthly_usd),
            "hourlyUsd": _hourly(totals.hourly_usd),
            "workloads": {lands.value: count for lands, count in totals.workloads.items()},
            "notKnown": [f"{why} ({count})" for why, count in totals.not_known],
        },
        "findings": [finding.to_json() for finding in found.findings],
        "notJudged": dict(found.not_judged),
        "problems": list(found.problems),
        "notes": list(found.notes),
    }


def _pod(explained: ExplainedPod) -> dict[str, Any]:
    placed, placement = explained.placed, explained.placed.placement
    replicas = placed.pod.replicas
    data: dict[str, Any] = {
        "object": placed.pod.ref,
        "file": explained.at.file,
        "line": explained.at.line,
        "replicas": None if isinstance(replicas, Unknown) else replicas,
        "placement": placement.lands.value,
        "profile": placement.profile.name if placement.profile else None,
        "reason": placement.reason,
        "candidates": list(placement.candidates),
    }
    if placement.nearest is not None:
        nearest, missing = placement.nearest
        data["nearest"] = {"profile": nearest.name, "missing": list(missing)}
    return data | {
        "size": _size(explained),
        "requested": _requested(placed.asked.requested),
        "waste": _waste(explained),
        **_cost(explained.cost),
        "findings": [finding.to_json() for finding in explained.findings],
    }


def _size(explained: ExplainedPod) -> dict[str, Any] | None:
    size = explained.placed.size
    if explained.waste is None or not isinstance(size, Size):
        return None
    return {
        "vcpu": size.vcpu_milli / 1000,
        "memoryGiB": size.memory_mib / 1024,
        "ephemeralGiB": size.ephemeral_gib,
    }


def _requested(asked: Requested | Unknown) -> dict[str, Any] | None:
    if isinstance(asked, Unknown):
        return None
    return {
        "vcpu": asked.cpu_nanocores / _NANOCORES,
        "memoryGiB": _gib(asked.memory_bytes),
        "ephemeralGiB": _gib(asked.ephemeral_bytes),
    }


def _waste(explained: ExplainedPod) -> dict[str, Any] | None:
    wasted = explained.waste
    if wasted is None:
        return None
    return {"vcpu": wasted.cpu_nanocores / _NANOCORES, "memoryGiB": _gib(wasted.memory_bytes)}


def _cost(cost: RunningCost | NotKnown | None) -> dict[str, Any]:
    if cost is None:
        return {"monthlyUsd": None}
    if isinstance(cost, NotKnown):
        return {"monthlyUsd": None, "costNote": str(cost)}
    data: dict[str, Any] = {
        "monthlyUsd": {"each": _cents(cost.monthly_each), "all": _cents(cost.monthly_all)},
        "hourlyUsd": _hourly(cost.usd_per_hour),
    }
    if cost.runs is not None:
        data["runs"] = {
            "perMonth": round(float(cost.runs.per_month), 2),
            "assumedMinutes": ASSUMED_RUN_MINUTES,
            "note": cost.runs.note,
        }
    return data


def _gib(count: int) -> float:
    return round(count / _GIB, 6)


def _cents(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount.quantize(_CENT))


def _hourly(amount: Decimal) -> float:
    return round(float(amount), 6)
