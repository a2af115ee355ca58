"""The vCPU that the plan's pods take of the account's Fargate quota, by the sizes that Fargate gives them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Final

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.sizing import Size
from eks_fargate.fargate.unknown import Unknown
from eks_fargate.live.account import Account
from eks_fargate.live.checks import Check, State
from eks_fargate.live.demand import Demand
from eks_fargate.live.failures import Failure, Kind
from eks_fargate.live.preflight.quota_values import AREA, Quota, headroom, quota_of

_MINUTES: Final = 60


def fargate_vcpu(account: Account, demand: Demand) -> list[Check]:
    """The quota against what runs in the account, and the pods of the plan and of the manifests given."""
    if not demand.on_fargate:
        return []
    quota = quota_of(account, demand.facts.table("quotas")["fargateOnDemandVcpu"])
    milli, uncounted = _vcpu_milli(demand)
    used = _used(account, quota)
    check = headroom(quota.what, quota, used, milli / 1000)
    if check.state is State.PROBLEM and milli / 1000 <= quota.value and _runs_already(account, demand):
        why = f"{check.why}, unless pods of this cluster, which run already, are counted twice in that"
        check = replace(check, state=State.UNKNOWN, why=why)
    return [check, *_uncounted(quota.what, uncounted)]


def _vcpu_milli(demand: Demand) -> tuple[int, list[str]]:
    """What the pods take in all, and those of which the size or the number is not known."""
    milli, uncounted = 0, []
    for placed in demand.on_fargate:
        replicas = placed.pod.replicas
        if isinstance(placed.size, Size) and not isinstance(replicas, Unknown):
            milli += placed.size.vcpu_milli * replicas
        else:
            uncounted.append(placed.pod.ref)
    return milli, sorted(uncounted)


def _used(account: Account, quota: Quota) -> float | Failure:
    """The highest use of the last hour, from the metric that Service Quotas names."""
    asked = "cloudwatch:GetMetricStatistics"
    if not quota.metric:
        return Failure(Kind.OTHER, asked, "Service Quotas names no metric of its use")
    now = datetime.now(UTC)
    answer = account.ask(
        "cloudwatch",
        "GetMetricStatistics",
        Namespace=quota.metric["MetricNamespace"],
        MetricName=quota.metric["MetricName"],
        Dimensions=[{"Name": key, "Value": value} for key, value in sorted(quota.metric["MetricDimensions"].items())],
        StartTime=datetime.combine(now.date(), time(now.hour), UTC) - timedelta(minutes=_MINUTES),
        EndTime=now,
        Period=_MINUTES * 60,
        Statistics=["Maximum"],
    )
    if isinstance(answer, Failure):
        return answer
    # CloudWatch has no point for an hour in which nothing ran.
    return max((float(point["Maximum"]) for point in answer.get("Datapoints", [])), default=0.0)


def _runs_already(account: Account, demand: Demand) -> bool:
    answer = account.ask("eks", "DescribeCluster", name=demand.cluster_name)
    return not isinstance(answer, Failure)


def _uncounted(what: str, pods: list[str]) -> list[Check]:
    why = "how large it is, or how many there are, is not known before deployment: it is not in the count"
    return [Check(AREA, f"{what}: {pod}", State.UNKNOWN, why=why, level=Level.WARNING) for pod in pods]
