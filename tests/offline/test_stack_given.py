"""What a stack's settings tell its readers."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from eks_fargate.fargate.given import given_of
from eks_fargate.fargate.resource_types import PROFILE
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.engine import run
from eks_fargate.offline.errors import SettingsError
from eks_fargate.offline.plan import Plan
from eks_fargate.offline.project import stack_names
from eks_fargate.offline.stack_given import given_config

ROOT = Path(__file__).parents[2]
TODAY = datetime.date(2026, 11, 21)


def profile(name: str, selectors: Any) -> Resource:
    """A planned profile."""
    return Resource(f"urn:{name}", PROFILE, name, "", {"fargateProfileName": f"{name}--1", "selectors": selectors})


def plan(config: dict[str, Any], *resources: Resource, project: str = "eks-fargate", region: str = "") -> Plan:
    """A plan with this configuration; values are written as Pulumi hands them over."""
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in config.items()}
    return Plan("dev", project, region, resources, {}, config=texts)


@pytest.mark.parametrize("stack", stack_names(ROOT))
def test_the_configuration_of_every_stack_is_valid_and_tells_the_essentials(stack: str) -> None:
    config = given_config(run(ROOT, stack, today=TODAY))
    assert {"dataPlane", "kubernetesVersion", "podSecurity", "profiles", "region"} <= config.keys()
    given_of(config, TODAY)


def test_every_setting_that_readers_need_is_told() -> None:
    config = given_config(
        plan(
            {
                "eks-fargate:dataPlane": "mixed",
                "eks-fargate:podSecurity": "restricted",
                "eks-fargate:account": "111122223333",
                "eks-fargate:production": "true",
                "eks-fargate:cluster": {"version": "1.35", "existing": "shop"},
                "eks-fargate:rules": {
                    "no-privileged": "off",
                    "volumes-are-encrypted": {"level": "error", "suppress": ["scratch"]},
                    "nodes-are-private": {"suppress": ["bastion"]},
                },
                "eks-fargate:overrides": {"quotas": {"x": 1}},
            },
            profile("b", [{"namespace": "b", "labels": {"x": "y"}}]),
            profile("a", [{"namespace": "a"}]),
            region="eu-west-1",
        )
    )
    assert config == {
        "dataPlane": "mixed",
        "podSecurity": "restricted",
        "account": "111122223333",
        "production": True,
        "kubernetesVersion": "1.35",
        "existingCluster": True,
        "rules": {"no-privileged": "off", "volumes-are-encrypted": "error"},
        "suppress": {"volumes-are-encrypted": ["scratch"], "nodes-are-private": ["bastion"]},
        "overrides": {"quotas": {"x": 1}},
        "region": "eu-west-1",
        "profiles": {
            "a--1": [{"namespace": "a", "labels": {}}],
            "b--1": [{"namespace": "b", "labels": {"x": "y"}}],
        },
    }


def test_what_is_not_set_is_left_out() -> None:
    empty = {"eks-fargate:account": "", "eks-fargate:rules": {}, "eks-fargate:production": "false"}
    assert given_config(plan(empty)) == {}


def test_a_renamed_project_has_its_settings_under_its_own_name() -> None:
    config = {"acme:dataPlane": "nodes", "acme:production": "true", "eks-fargate:dataPlane": "fargate"}
    assert given_config(plan(config, project="acme")) == {"dataPlane": "nodes", "production": True}


def test_another_project_may_hold_them_under_this_ones() -> None:
    config = {"shop:cluster": "mine", "eks-fargate:podSecurity": "baseline"}
    assert given_config(plan(config, project="shop")) == {"podSecurity": "baseline"}


def test_profiles_that_cannot_all_be_read_are_left_out() -> None:
    assert given_config(plan({}, profile("a", [{"namespace": "a"}]), profile("b", UNKNOWN))) == {}


def test_settings_of_another_shape_are_all_refused() -> None:
    with pytest.raises(SettingsError) as caught:
        given_config(plan({"eks-fargate:cluster": "mine", "eks-fargate:rules": ["x"]}))
    assert caught.value.problems == ("eks-fargate:cluster: it is no mapping", "eks-fargate:rules: it is no mapping")
    with pytest.raises(SettingsError, match="eks-fargate:rules: it is no JSON"):
        given_config(plan({"eks-fargate:rules": "{"}))
