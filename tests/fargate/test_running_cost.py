"""What the pods of a workload cost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from eks_fargate.fargate.prices import NotKnown
from eks_fargate.fargate.running_cost import RunningCost, RunningCosts
from eks_fargate.fargate.sizing import Size
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.fargate.workloads import pods_of

SMALLEST = Size(250, 512, 20)
TODAY = date(2026, 11, 21)
TEMPLATE = {"template": {"spec": {"containers": [{"name": "a", "image": "b"}]}}}


def cost(kind: str, spec: dict[str, Any], region: Any = "us-east-1", size: Size = SMALLEST) -> RunningCost | NotKnown:
    """The cost of a workload."""
    api = {"Deployment": "apps/v1", "DaemonSet": "apps/v1"}.get(kind, "batch/v1")
    (pod,) = pods_of({"apiVersion": api, "kind": kind, "metadata": {"name": "a"}, "spec": spec}).pods
    return RunningCosts(region, TODAY).of(pod, size)


def known(found: RunningCost | NotKnown) -> RunningCost:
    """The cost, which is known."""
    assert isinstance(found, RunningCost)
    return found


def test_pods_of_a_deployment_run_all_the_time() -> None:
    found = cost("Deployment", {"replicas": 3, **TEMPLATE})
    assert found == RunningCost(Decimal("0.0123425"), Decimal("9.0100250"), Decimal("27.0300750"))


def test_ephemeral_storage_above_what_is_included_costs() -> None:
    more = known(cost("Deployment", TEMPLATE, size=Size(250, 512, 120)))
    assert more.usd_per_hour == Decimal("0.0123425") + 100 * Decimal("0.000111")


def test_a_job_runs_once_for_the_assumed_ten_minutes() -> None:
    found = known(cost("Job", {"parallelism": 6, "completions": 6, **TEMPLATE}))
    assert found.monthly_all == Decimal("0.0123425")
    assert found.runs is not None
    assert found.runs.per_month == 1


def test_a_cron_job_runs_by_its_schedule() -> None:
    found = known(cost("CronJob", {"schedule": "0 * * * *", "jobTemplate": {"spec": TEMPLATE}}))
    assert found.runs is not None
    assert (found.runs.per_month, found.monthly_all) == (Decimal(730), Decimal("0.0123425") * (Decimal(7300) / 60))


def test_a_suspended_cron_job_costs_nothing() -> None:
    spec = {"schedule": "0 * * * *", "suspend": True, "jobTemplate": {"spec": TEMPLATE}}
    assert known(cost("CronJob", spec)).monthly_all == 0


@pytest.mark.parametrize(
    ("schedule", "because"),
    [
        (UNKNOWN, "how often it runs is not known before deployment"),
        (None, "spec.schedule is no text"),
        (5, "spec.schedule is no text"),
    ],
)
def test_a_schedule_that_cannot_be_read_costs_what_is_not_known(schedule: object, because: str) -> None:
    found = cost("CronJob", {"schedule": schedule, "jobTemplate": {"spec": TEMPLATE}})
    assert found == NotKnown("the cost", because=because)


def test_a_schedule_of_no_form_says_so() -> None:
    found = cost("CronJob", {"schedule": "whenever", "jobTemplate": {"spec": TEMPLATE}})
    assert str(found).startswith("the cost is not known, because schedule 'whenever' is not one that can be counted")


def test_a_number_of_pods_that_is_not_known_leaves_the_sum_open() -> None:
    found = known(cost("Deployment", {"replicas": UNKNOWN, **TEMPLATE}))
    assert (found.monthly_each, found.monthly_all) == (Decimal("9.0100250"), None)


def test_a_region_without_prices_is_said_and_none_given_too() -> None:
    assert cost("Deployment", TEMPLATE, "xx-nowhere-1") == NotKnown(
        "the price of a Fargate vCPU-hour in xx-nowhere-1",
        setting="overrides.prices.regions.xx-nowhere-1.fargateVcpuHour.usd",
    )
    assert str(cost("Deployment", TEMPLATE, None)) == "the cost is not known, because no region is given"
