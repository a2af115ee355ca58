"""The profiles beside the planned ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resource_types import PROFILE
from eks_fargate.live.checks import State
from eks_fargate.live.demand import Demand
from eks_fargate.live.verify.profiles import profiles
from tests.live.conftest import Live
from tests.live.telling import not_well, told


@pytest.fixture
def changed(live: Live) -> dict[str, Any]:
    """What is laid over every profile as the stand-in describes it."""
    changes: dict[str, Any] = {}
    eks = live.environment.client("eks")

    def answer(given: Mapping[str, Any]) -> dict[str, Any]:
        found = eks.describe_fargate_profile(**given)["fargateProfile"]
        return {"fargateProfile": found | changes}

    live.documented.answers("eks", "DescribeFargateProfile", answer)
    return changes


def apps(demand: Demand) -> str:
    names = [one.inputs["fargateProfileName"] for one in demand.stack.of_type(PROFILE)]
    return str(next(name for name in names if name.startswith("apps--")))


def test_profiles_as_planned_are_well(live: Live, demand: Demand) -> None:
    checks = profiles(live.account, demand)
    assert not_well(checks) == []
    assert len(checks) == 9  # three of each: state, selectors, subnets


@pytest.mark.parametrize(("status", "fix"), [("CREATING", "wait"), ("CREATE_FAILED", "delete it, and run `pulumi up`")])
def test_a_profile_that_is_not_active_is_a_problem(
    live: Live, demand: Demand, changed: dict[str, Any], status: str, fix: str
) -> None:
    changed["status"] = status
    check = told(profiles(live.account, demand), apps(demand))
    assert (check.state, check.planned, check.actual, check.fix) == (State.PROBLEM, "ACTIVE", status, fix)


def test_a_health_issue_has_its_own_fix(live: Live, demand: Demand, changed: dict[str, Any]) -> None:
    changed["health"] = {"issues": [{"code": "PodExecutionRoleAlreadyInUse"}]}
    found = [check for check in profiles(live.account, demand) if check.state is State.PROBLEM]
    assert {check.fix for check in found} == {"use a role that no node group has"}


def test_selectors_that_drifted_are_shown_beside_the_planned_ones(
    live: Live, demand: Demand, changed: dict[str, Any]
) -> None:
    changed["selectors"] = [{"namespace": "other", "labels": {"a": "b"}}]
    check = told(profiles(live.account, demand), f"{apps(demand)}: selectors")
    assert (check.state, check.planned, check.actual) == (State.PROBLEM, "app-*", "other (a=b)")


def test_subnets_that_drifted_are_shown_by_their_blocks(live: Live, demand: Demand, changed: dict[str, Any]) -> None:
    assert live.environment.subnets is not None
    changed["subnets"] = [live.environment.subnets["network-private-use1-az1"]]
    check = told(profiles(live.account, demand), f"{apps(demand)}: subnets")
    assert (check.planned, check.actual) == ("10.30.0.0/19, 10.30.32.0/19", "10.30.0.0/19")


def test_a_profile_that_is_missing_and_one_that_nobody_planned(live: Live, demand: Demand) -> None:
    live.documented.answers("eks", "ListFargateProfiles", {"fargateProfileNames": ["aa-by-hand"]})
    found = profiles(live.account, demand)
    missing = told(found, apps(demand))
    assert (missing.state, missing.why) == (State.PROBLEM, "there is no such profile")
    unplanned = told(found, "aa-by-hand")
    assert (unplanned.state, unplanned.level) == (State.PROBLEM, Level.WARNING)
    assert unplanned.why == "the plan has no such profile; it may win pods from those of the plan"
