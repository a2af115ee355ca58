from __future__ import annotations

import pytest

from eks_fargate.fargate.rules.base import Fail, not_known
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.compliant import changed, on_plan, plan, resource, stack_of

RULE = "cluster-api-authentication"
PATH = "accessConfig.authenticationMode"
FIX = "Set authentication mode API, once every entry of aws-auth is an access entry. There is no way back."


def message(mode: str) -> str:
    return f"authentication mode {mode}: whoever may write the ConfigMap aws-auth gives access"


def test_mode_api_passes() -> None:
    assert on_plan(RULE, stack_of(plan())) == []


@pytest.mark.parametrize(
    ("access", "mode"),
    [
        ({"authenticationMode": "API_AND_CONFIG_MAP"}, "API_AND_CONFIG_MAP"),
        ({"authenticationMode": "CONFIG_MAP"}, "CONFIG_MAP"),
        ({}, "CONFIG_MAP"),
        (None, "CONFIG_MAP"),
    ],
)
def test_other_modes_fail(access: object, mode: str) -> None:
    resources = changed("cluster", accessConfig=access)
    assert on_plan(RULE, stack_of(resources)) == [("cluster", Fail(PATH, message(mode), FIX))]


def test_a_mode_not_known_leaves_it_undetermined() -> None:
    resources = changed("cluster", accessConfig={"authenticationMode": UNKNOWN})
    expected = not_known(PATH, "whether the ConfigMap aws-auth gives access")
    assert on_plan(RULE, stack_of(resources)) == [("cluster", expected)]


def test_a_component_is_judged_by_its_own_inputs() -> None:
    component = resource("eks", "eks:index:Cluster", {})
    expected = Fail("authenticationMode", message("CONFIG_MAP"), FIX)
    assert on_plan(RULE, stack_of({"eks": component})) == [("eks", expected)]
