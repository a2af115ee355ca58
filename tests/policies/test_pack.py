"""The pack's real process, asked over its real protocol: what each policy reports, and at which level."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from eks_fargate.fargate.given import SCHEMA
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.gate import PACK
from eks_fargate.offline.pack.analyzer import Pack, started
from eks_fargate.offline.pack.process import PackError, Run
from tests.policies.planned import STACK, deployment, profile, resource, stack_resource

FARGATE = {"dataPlane": "fargate", "profiles": {"shop": [{"namespace": "shop"}]}}
PRIVILEGED = (
    "[no-privileged] Deployment/shop/web spec.template.spec.containers[0].securityContext.privileged: "
    "container web sets privileged to true, which Fargate refuses. "
    "Event: Pod not supported on Fargate: invalid SecurityContext fields: Privileged. "
    "Fix: Remove privileged, or run the pod on nodes. "
    "See https://docs.aws.amazon.com/eks/latest/userguide/fargate.html"
)
MAY_BE_PRIVILEGED = (
    "[no-privileged] Deployment/shop/web spec.template.spec.containers[0].securityContext.privileged: "
    "spec.template.spec.containers[0].securityContext.privileged is not known before deployment, and decides whether "
    "a container is privileged. If it does not hold, it is an error. "
    "Fix: Write the value itself instead of an output, or look at the object again after deployment. "
    "See https://docs.aws.amazon.com/eks/latest/userguide/fargate.html"
)
WEB = deployment().urn

Reports = list[tuple[str, str, bool, str]]
Report = Callable[..., Reports]


@pytest.fixture(scope="module")
def pack() -> Iterator[Pack]:
    """The pack, started once for a stack of another project, on a fixed day."""
    environment = {**os.environ, "EKS_FARGATE_TODAY": "2026-11-21"}
    with started(PACK, Run("shop", "dev", {"aws:region": "eu-west-1"}, environment)) as running:
        yield running


@pytest.fixture
def reports(pack: Pack) -> Report:
    """URN, policy, whether mandatory, and text of every report on the resources, under one configuration for all."""

    def ask(*resources: Resource, **config: Any) -> Reports:
        pack.configure(dict.fromkeys(pack.policies, config))
        found = pack.analyze([stack_resource(), *resources])
        return [(one.urn, one.policy, one.mandatory, one.message) for one in found]

    return ask


def rules_of(reports: Sequence[tuple[str, str, bool, str]]) -> list[tuple[str, str]]:
    return [(policy, text.partition("]")[0].removeprefix("[")) for _, policy, _, text in reports]


def test_there_are_six_policies_and_only_those_of_errors_stop_a_deployment(pack: Pack) -> None:
    mandatory, advisory = 1, 0
    assert {name: policy.enforcementLevel for name, policy in pack.policies.items()} == {
        "resource-errors": mandatory,
        "resource-warnings": advisory,
        "resource-undetermined": advisory,
        "stack-errors": mandatory,
        "stack-warnings": advisory,
        "stack-undetermined": advisory,
    }


def test_every_policy_takes_the_same_configuration(pack: Pack) -> None:
    assert all(set(policy.configSchema.properties) == set(SCHEMA) for policy in pack.policies.values())


def test_what_is_in_order_is_reported_nowhere(reports: Report) -> None:
    assert reports(deployment(), **FARGATE) == []


def test_what_fargate_refuses_is_an_error_of_the_resource_where_all_pods_land_on_fargate(reports: Report) -> None:
    refused = deployment(securityContext={"privileged": True})
    assert reports(refused, **FARGATE) == [(WEB, "resource-errors", True, PRIVILEGED)]


def test_given_profiles_make_placement_certain_for_the_resource(reports: Report) -> None:
    refused = deployment(securityContext={"privileged": True})
    assert reports(refused, profiles=FARGATE["profiles"]) == [(WEB, "resource-errors", True, PRIVILEGED)]


def test_without_a_configuration_the_stack_policy_judges_pods_by_the_planned_profiles(reports: Report) -> None:
    refused = deployment(securityContext={"privileged": True})
    found = reports(profile(), refused)
    assert (WEB, "stack-errors", True, PRIVILEGED) in found
    assert "resource-errors" not in {policy for _, policy, _, _ in found}


def test_a_profile_is_judged_as_a_resource(reports: Report) -> None:
    six = profile(selectors=[{"namespace": f"n{number}"} for number in range(6)])
    urn, _, mandatory, text = next(one for one in reports(six) if one[1] == "resource-errors")
    assert (urn, mandatory) == (six.urn, True)
    assert text.startswith(
        "[profile-has-selectors] selectors: profile shop has 6 selectors; EKS takes 5 a profile. Fix: Join selectors"
    )


def test_a_service_is_judged_together_with_the_pods_it_finds(reports: Report) -> None:
    service = resource(
        "kubernetes:core/v1:Service",
        "web",
        {
            "metadata": {"name": "web", "namespace": "shop"},
            "spec": {"type": "LoadBalancer", "selector": {"app": "web"}, "ports": [{"port": 80}]},
        },
    )
    found = reports(deployment(readinessProbe={"httpGet": {"port": 80}}), service, **FARGATE)
    assert [(urn, policy) for urn, policy, _, text in found if text.startswith("[load-balancer-targets-ip]")] == [
        (service.urn, "stack-errors")
    ]


def test_an_unknown_value_is_undetermined_and_named_and_advisory(reports: Report) -> None:
    unknown = deployment(securityContext={"privileged": UNKNOWN})
    assert reports(unknown, **FARGATE) == [(WEB, "resource-undetermined", False, MAY_BE_PRIVILEGED)]


def test_strict_makes_mandatory_what_would_be_an_error(reports: Report) -> None:
    unknown = deployment(securityContext={"privileged": UNKNOWN}, image=UNKNOWN)
    found = reports(unknown, **FARGATE, strict=True)
    assert found[0] == (WEB, "resource-errors", True, MAY_BE_PRIVILEGED)
    assert rules_of(found[1:]) == [("resource-warnings", "images-are-pinned")]


@pytest.mark.parametrize("key", ["spec", "metadata"])
def test_an_unknown_part_hides_nothing_of_the_rest(reports: Report, key: str) -> None:
    whole = deployment(securityContext={"privileged": True})
    other = resource(whole.type, "other", {**whole.inputs, key: UNKNOWN})
    found = reports(whole, other, **FARGATE)
    assert (WEB, "resource-errors", True, PRIVILEGED) in found
    assert all("can't run policy" not in text for _, _, _, text in found)


def test_a_secret_is_read_and_never_shown(reports: Report) -> None:
    path = "spec.template.spec.containers[0].env[0].value"
    whole = deployment(env=[{"name": "DB_PASSWORD", "value": "hunter2"}])
    found = reports(dataclasses.replace(whole, secret_paths=(path,)), **FARGATE)
    assert rules_of(found) == [("resource-warnings", "no-secrets-in-env")]
    assert "hunter2" not in found[0][3]


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("off", []),
        ("warning", [("resource-warnings", "no-privileged")]),
        ("error", [("resource-errors", "no-privileged")]),
    ],
)
def test_the_level_of_a_rule_is_the_configured_one(
    reports: Report, level: str, expected: list[tuple[str, str]]
) -> None:
    refused = deployment(securityContext={"privileged": True})
    assert rules_of(reports(refused, **FARGATE, rules={"no-privileged": level})) == expected


def test_an_annotation_lets_off_hygiene_and_nothing_that_fargate_refuses(reports: Report) -> None:
    allowed = {"eks-fargate/allow": "images-are-pinned, no-privileged"}
    found = reports(
        deployment(annotations=allowed, image="web:latest", securityContext={"privileged": True}), **FARGATE
    )
    assert rules_of(found) == [("resource-errors", "no-privileged")]


def test_the_configuration_lets_off_a_resource_by_name(reports: Report) -> None:
    untagged = profile(tags={})
    untagged_rule = ("stack-warnings", "resources-are-tagged")
    assert untagged_rule in rules_of(reports(untagged))
    assert untagged_rule not in rules_of(reports(untagged, suppress={"resources-are-tagged": ["shop"]}))


def test_numbers_in_the_configuration_stay_whole_numbers(reports: Report) -> None:
    six = profile(selectors=[{"namespace": f"n{number}"} for number in range(6)])
    raised = {"quotas": {"selectorsPerFargateProfile": {"default": 6}}}
    assert "resource-errors" not in {policy for _, policy, _, _ in reports(six, overrides=raised)}


def test_a_configuration_that_the_schema_refuses_names_policy_and_key(pack: Pack) -> None:
    with pytest.raises(PackError) as caught:
        pack.configure(
            {
                "stack-errors": {"rules": {"no-privileged": "loud"}},
                "resource-mistakes": {},
                "stack-warnings": {"enforcementLevel": "loud"},
            }
        )
    assert caught.value.problems == (
        "policy pack configuration: resource-mistakes: the pack has no such policy",
        'policy pack configuration: stack-errors.rules.no-privileged: "loud" is not one of "off", "warning" or "error"',
        (
            "policy pack configuration: stack-warnings.enforcementLevel: "
            '"loud" is not one of "advisory", "mandatory" or 2 other candidates'
        ),
    )


def test_a_configuration_that_the_pack_refuses_stops_a_deployment_and_names_the_key(reports: Report) -> None:
    text = "policy pack configuration: rules.no-such-rule: no such rule"
    found = reports(deployment(), **FARGATE, rules={"no-such-rule": "off"})
    assert (STACK, "resource-errors", True, text) in found
    assert ("", "stack-errors", True, text) in found
    assert {one[3] for one in found} == {text}


def test_the_enforcement_level_is_the_engines_to_configure(pack: Pack) -> None:
    refused = deployment(securityContext={"privileged": True})
    pack.configure({name: {**FARGATE, "enforcementLevel": "disabled"} for name in pack.policies})
    assert pack.analyze([stack_resource(), refused]) == []
    pack.configure({name: {**FARGATE, "enforcementLevel": "advisory"} for name in pack.policies})
    assert [one.mandatory for one in pack.analyze([stack_resource(), refused])] == [False]
