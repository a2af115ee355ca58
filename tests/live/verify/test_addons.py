"""The add-ons beside the planned ones."""

from __future__ import annotations

from typing import Any

import pytest

from eks_fargate.live.checks import State
from eks_fargate.live.demand import Demand
from eks_fargate.live.verify.addons import addons
from tests.live.conftest import Live
from tests.live.telling import not_well, told


def answering(live: Live, **changes: Any) -> None:
    live.documented.answers("eks", "DescribeAddon", {"addon": {"status": "ACTIVE", **changes}})


def test_add_ons_as_planned_are_well(live: Live, demand: Demand) -> None:
    checks = addons(live.account, demand)
    assert not_well(checks) == []
    assert "coredns: compute type" in {check.subject for check in checks}


@pytest.mark.parametrize(("status", "fix"), [("CREATING", "wait"), ("DEGRADED", "correct what its health issues name")])
def test_an_add_on_that_is_not_active_is_a_problem(live: Live, demand: Demand, status: str, fix: str) -> None:
    answering(live, status=status)
    check = told(addons(live.account, demand), "vpc-cni")
    assert (check.state, check.actual, check.fix) == (State.PROBLEM, status, fix)


def test_too_few_replicas_are_told_with_what_frees_them(live: Live, demand: Demand) -> None:
    answering(live, health={"issues": [{"code": "InsufficientNumberOfReplicas"}]})
    found = [check for check in addons(live.account, demand) if check.actual == "InsufficientNumberOfReplicas"]
    assert len(found) == 3
    assert found[0].fix == "see its pods below: delete those that were created before a profile took them"


def test_core_dns_that_is_not_meant_for_fargate_is_a_problem(live: Live, demand: Demand) -> None:
    answering(live, configurationValues='{"computeType": "ec2"}')
    check = told(addons(live.account, demand), "coredns: compute type")
    assert (check.state, check.planned, check.actual) == (State.PROBLEM, "Fargate", "ec2")


def test_an_add_on_that_is_missing_is_a_problem(live: Live, demand: Demand) -> None:
    live.documented.fails("eks", "DescribeAddon", "ResourceNotFoundException")
    assert told(addons(live.account, demand), "coredns").why == "the cluster has no such add-on"
