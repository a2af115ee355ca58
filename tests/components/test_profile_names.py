from __future__ import annotations

from typing import Any

import pytest

from components.profile_names import physical_name
from eks_fargate.fargate.profiles import Selector

COMPLIANT: dict[str, Any] = {
    "name": "apps",
    "selectors": (Selector("app-*"), Selector("shop", {"environment": "fargate", "tier": "web"})),
    "subnets": ("10.0.0.0/19@use1-az1", "10.0.32.0/19@use1-az2"),
    "role": "shop-pod-execution",
    "fixed": False,
}
# A deployed profile has this name: another would replace it.
NAME = "apps--a14881bb"


def name(**changes: Any) -> str:
    return physical_name(**{**COMPLIANT, **changes})


def test_a_deployed_profile_keeps_its_name() -> None:
    assert name() == NAME


@pytest.mark.parametrize(
    "changes",
    [
        {"selectors": COMPLIANT["selectors"][:1]},
        {"selectors": (Selector("web-*"), COMPLIANT["selectors"][1])},
        {"selectors": (COMPLIANT["selectors"][0], Selector("shop", {"environment": "fargate"}))},
        {"selectors": (COMPLIANT["selectors"][0], Selector("shop", {"environment": "fargate", "tier": "db"}))},
        {"subnets": ("10.0.0.0/19@use1-az1",)},
        {"subnets": ("10.0.0.0/19@use1-az4", "10.0.32.0/19@use1-az2")},
        {"subnets": ("10.9.0.0/19@use1-az1", "10.0.32.0/19@use1-az2")},
        {"role": "other-pod-execution"},
    ],
)
def test_every_fact_that_forces_a_replacement_changes_the_name(changes: dict[str, Any]) -> None:
    changed = name(**changes)
    assert changed != NAME
    assert changed.startswith("apps--")
    assert len(changed) == len(NAME)


@pytest.mark.parametrize(
    "changes",
    [
        {"selectors": COMPLIANT["selectors"][::-1]},
        {"selectors": (Selector("app-*"), Selector("shop", {"tier": "web", "environment": "fargate"}))},
        {"subnets": COMPLIANT["subnets"][::-1]},
    ],
)
def test_order_does_not_change_the_name(changes: dict[str, Any]) -> None:
    assert name(**changes) == NAME


def test_the_hash_is_over_the_facts_and_not_the_name() -> None:
    assert name(name="web") == NAME.replace("apps", "web")


def test_a_fixed_name_stays_whatever_changes() -> None:
    assert {name(fixed=True), name(fixed=True, role="other"), name(fixed=True, selectors=())} == {"apps"}
