"""What the pack keeps between one policy and the next about the same resource, and across threads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import judged
import pytest
from pulumi_policy import (
    PolicyCustomTimeouts,
    PolicyProviderResource,
    PolicyResource,
    PolicyResourceOptions,
    ResourceValidationArgs,
    StackValidationArgs,
)
from pulumi_policy.proxy import UNKNOWN_ARRAY_VALUE, UNKNOWN_BOOLEAN_VALUE, unknown_checking_proxy

from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.rules import all_rules
from tests.policies.planned import deployment, profile

FARGATE = {"dataPlane": "fargate", "profiles": {"shop": [{"namespace": "shop"}]}}
OPTIONS = PolicyResourceOptions(False, [], None, [], PolicyCustomTimeouts(0, 0, 0), [], None)  # noqa: FBT003  protect


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A fixed day, and nothing kept from another test."""
    monkeypatch.setenv("EKS_FARGATE_TODAY", "2026-11-21")
    judged.given.cache_clear()
    yield
    judged.given.cache_clear()


def asked(resource: Resource, config: Mapping[str, Any] = FARGATE) -> ResourceValidationArgs:
    """The question that the SDK puts to a policy."""
    props = unknown_checking_proxy(dict(resource.inputs))
    return ResourceValidationArgs(resource.type, props, resource.urn, resource.name, OPTIONS, None, config)


def rules_of(resource: Resource, config: Mapping[str, Any] = FARGATE) -> list[tuple[str, str]]:
    return [(one.rule, one.level.value) for one in judged.resource_findings(asked(resource, config))]


def test_the_policies_that_ask_in_turn_share_one_answer() -> None:
    question = asked(deployment(securityContext={"privileged": True}))
    assert judged.resource_findings(question) is judged.resource_findings(question)


def test_another_value_under_the_same_urn_is_judged_anew() -> None:
    assert rules_of(deployment(securityContext={"privileged": True})) == [("no-privileged", "error")]
    assert rules_of(deployment()) == []


def test_another_configuration_is_judged_anew() -> None:
    refused = deployment(securityContext={"privileged": True})
    assert rules_of(refused) == [("no-privileged", "error")]
    assert rules_of(refused, {**FARGATE, "rules": {"no-privileged": "warning"}}) == [("no-privileged", "warning")]


def test_threads_do_not_get_each_others_answers() -> None:
    kinds = [deployment(), deployment(securityContext={"privileged": True}), deployment(image="web:latest")]
    expected = [[], [("no-privileged", "error")], [("images-are-pinned", "warning")]]
    with ThreadPoolExecutor(4) as workers:
        found = list(workers.map(lambda number: rules_of(kinds[number % 3]), range(60)))
    assert found == [expected[number % 3] for number in range(60)]


@pytest.mark.parametrize(
    ("context", "path"),
    [
        ({"privileged": UNKNOWN_BOOLEAN_VALUE}, "spec.template.spec.containers[0].securityContext.privileged"),
        (
            {"capabilities": {"add": UNKNOWN_ARRAY_VALUE}},
            "spec.template.spec.containers[0].securityContext.capabilities.add",
        ),
    ],
)
def test_an_unknown_of_any_type_is_read_around(context: dict[str, Any], path: str) -> None:
    found = judged.resource_findings(asked(deployment(securityContext=context)))
    assert [(one.level.value, one.path) for one in found] == [("undetermined", path)]


def test_a_dependency_that_is_added_is_judged_anew() -> None:
    def policy_resource(resource: Resource) -> PolicyResource:
        props = unknown_checking_proxy(dict(resource.inputs))
        return PolicyResource(resource.type, props, resource.urn, resource.name, OPTIONS, None, None, [], {})

    def together(*, serial: bool) -> list[str]:
        first, second = policy_resource(profile()), policy_resource(profile(fargateProfileName="other"))
        second.urn = f"{second.urn}-other"
        if serial:
            second.dependencies.append(first)
        findings, _ = judged.stack_findings(StackValidationArgs([second, first]))
        return [one.rule for one in findings if one.rule == "profiles-one-at-a-time"]

    assert together(serial=False) == ["profiles-one-at-a-time"]
    assert together(serial=True) == []


def test_a_rule_that_raises_is_reported_and_the_others_go_on() -> None:
    rule = next(rule for rule in all_rules() if rule.id == "no-privileged")
    check = rule.check

    def broken(_subject: object) -> Iterator[Any]:
        msg = "hunter2"
        raise RuntimeError(msg)

    object.__setattr__(rule, "check", broken)
    try:
        found = judged.resource_findings(asked(deployment(image="web:latest")))
    finally:
        object.__setattr__(rule, "check", check)
    assert [(one.rule, one.level.value, one.message) for one in found] == [
        ("no-privileged", "error", "internal error in rule no-privileged: RuntimeError"),
        ("images-are-pinned", "warning", found[1].message),
    ]


def test_the_region_is_that_of_the_provider_where_none_is_configured() -> None:
    question = asked(profile(), {})
    question.provider = PolicyProviderResource(
        "pulumi:providers:aws", unknown_checking_proxy({"region": "us-gov-west-1"}), "urn", "default"
    )
    assert [one.rule for one in judged.resource_findings(question)] == ["region-has-fargate"]
