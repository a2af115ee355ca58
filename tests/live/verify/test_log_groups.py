"""The log groups."""

from __future__ import annotations

from eks_fargate.fargate.findings import Level
from eks_fargate.live.checks import State
from eks_fargate.live.demand import Demand
from eks_fargate.live.verify.log_groups import log_groups
from tests.live.conftest import Live
from tests.live.telling import not_well, told

NAME = "/aws/eks/eks-fargate-whole/fargate"


def test_groups_as_planned_are_well(live: Live, demand: Demand) -> None:
    assert not_well(log_groups(live.account, demand)) == []


def test_a_group_that_keeps_its_logs_for_ever_is_a_warning(live: Live, demand: Demand) -> None:
    live.documented.answers("logs", "DescribeLogGroups", {"logGroups": [{"logGroupName": NAME}]})
    check = told(log_groups(live.account, demand), NAME)
    assert (check.state, check.level, check.planned, check.actual) == (
        State.PROBLEM,
        Level.WARNING,
        "kept 30 days",
        "kept for ever",
    )


def test_another_group_with_the_same_beginning_is_not_it(live: Live, demand: Demand) -> None:
    live.documented.answers("logs", "DescribeLogGroups", {"logGroups": [{"logGroupName": f"{NAME}-2"}]})
    assert told(log_groups(live.account, demand), NAME).why == "there is no such log group"
