from __future__ import annotations

import pytest

from eks_fargate.fargate.rules.base import Fail, not_known
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.compliant import changed, on_plan, plan, resource, stack_of

RULE = "cluster-logs-enabled"
FAIL = Fail("enabledClusterLogTypes", "the control plane writes no audit log", "Add audit to the log types.")


def test_the_audit_log_is_enough() -> None:
    assert on_plan(RULE, stack_of(plan())) == []
    assert on_plan(RULE, stack_of(changed("cluster", enabledClusterLogTypes=[UNKNOWN, "audit"]))) == []


@pytest.mark.parametrize("types", [["api", "scheduler"], [], None])
def test_without_the_audit_log_it_fails(types: object) -> None:
    assert on_plan(RULE, stack_of(changed("cluster", enabledClusterLogTypes=types))) == [("cluster", FAIL)]


@pytest.mark.parametrize("types", [UNKNOWN, ["api", UNKNOWN]])
def test_types_not_known_leave_it_undetermined(types: object) -> None:
    expected = not_known("enabledClusterLogTypes", "whether the control plane writes its audit log")
    assert on_plan(RULE, stack_of(changed("cluster", enabledClusterLogTypes=types))) == [("cluster", expected)]


def test_a_component_is_judged_by_its_own_inputs() -> None:
    assert on_plan(RULE, stack_of({"eks": resource("eks", "eks:index:Cluster", {})})) == [("eks", FAIL)]
