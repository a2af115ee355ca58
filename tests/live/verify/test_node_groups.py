"""The node groups beside the planned ones."""

from __future__ import annotations

from typing import Any

import pytest

from eks_fargate.live.checks import State
from eks_fargate.live.demand import Demand
from eks_fargate.live.verify.node_groups import node_groups
from tests.live.conftest import Live
from tests.live.telling import not_well, told

NAME = "nodes-general-1234567"
WHOLE: dict[str, Any] = {
    "status": "ACTIVE",
    "version": "1.35",
    "instanceTypes": ["m6a.large"],
    "scalingConfig": {"minSize": 1, "maxSize": 2, "desiredSize": 2},
}


def answering(live: Live, **changes: Any) -> None:
    live.documented.answers("eks", "DescribeNodegroup", {"nodegroup": WHOLE | changes})


def test_a_group_as_planned_is_well_whatever_its_autoscaler_wants(live: Live, demand: Demand) -> None:
    answering(live)
    assert not_well(node_groups(live.account, demand)) == []


@pytest.mark.parametrize(
    ("subject", "change", "planned", "actual"),
    [
        (NAME, {"status": "DEGRADED"}, "ACTIVE", "DEGRADED"),
        (f"{NAME}: version", {"version": "1.34"}, "1.35", "1.34"),
        (f"{NAME}: instance types", {"instanceTypes": ["t3.medium"]}, "m6a.large", "t3.medium"),
        (
            f"{NAME}: size",
            {"scalingConfig": {"minSize": 0, "maxSize": 2}},
            "minSize 1, maxSize 2",
            "minSize 0, maxSize 2",
        ),
    ],
)
def test_drift_is_planned_beside_actual(  # noqa: PLR0913, PLR0917 - two fixtures and four values
    live: Live, demand: Demand, subject: str, change: dict[str, Any], planned: str, actual: str
) -> None:
    answering(live, **change)
    check = told(node_groups(live.account, demand), subject)
    assert (check.state, check.planned, check.actual) == (State.PROBLEM, planned, actual)


def test_a_health_issue_names_its_resources(live: Live, demand: Demand) -> None:
    answering(live, health={"issues": [{"code": "NodeCreationFailure", "resourceIds": ["i-1"]}]})
    (check,) = [check for check in node_groups(live.account, demand) if check.state is State.PROBLEM]
    assert (check.actual, check.why) == ("NodeCreationFailure", "health issue of i-1")


def test_a_group_that_is_missing_is_a_problem(live: Live, demand: Demand) -> None:
    live.documented.answers("eks", "ListNodegroups", {"nodegroups": []})
    assert told(node_groups(live.account, demand), "nodes-general").why == "there is no such group"
