"""The keys."""

from __future__ import annotations

from eks_fargate.fargate.findings import Level
from eks_fargate.live.checks import State
from eks_fargate.live.demand import Demand
from eks_fargate.live.verify.keys import keys
from tests.live.conftest import Live
from tests.live.telling import not_well, told

NAME = "alias/eks/eks-fargate-whole"


def test_a_key_as_planned_is_well(live: Live, demand: Demand) -> None:
    assert not_well(keys(live.account, demand)) == []


def test_a_key_that_is_to_be_deleted_is_an_error(live: Live, demand: Demand) -> None:
    live.documented.answers("kms", "DescribeKey", {"KeyMetadata": {"KeyId": "k", "KeyState": "PendingDeletion"}})
    live.documented.answers("kms", "GetKeyRotationStatus", {"KeyRotationEnabled": True})
    check = told(keys(live.account, demand), NAME)
    assert (check.state, check.level, check.actual) == (State.PROBLEM, Level.ERROR, "PendingDeletion")


def test_rotation_that_is_off_is_a_warning(live: Live, demand: Demand) -> None:
    live.documented.answers("kms", "GetKeyRotationStatus", {"KeyRotationEnabled": False})
    check = told(keys(live.account, demand), f"{NAME}: rotation")
    assert (check.level, check.planned, check.actual) == (Level.WARNING, "on", "off")


def test_an_alias_that_is_gone_is_a_problem(live: Live, demand: Demand) -> None:
    live.documented.fails("kms", "DescribeKey", "NotFoundException")
    assert told(keys(live.account, demand), NAME).why == "there is no such alias"
