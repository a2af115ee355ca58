from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.given import SCHEMA, Given, GivenError, given_of
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.profiles import Profile, Selector

TODAY = date(2026, 11, 21)
WHOLE: dict[str, Any] = {
    "dataPlane": "mixed",
    "profiles": {"web": [{"namespace": "shop", "labels": {"app": "web"}}], "all": [{"namespace": "*"}]},
    "region": "eu-west-1",
    "account": "123456789012",
    "kubernetesVersion": "1.35",
    "existingCluster": True,
    "production": True,
    "podSecurity": "restricted",
    "rules": {"no-node-port": "error", "jobs-expire": "off", "no-privileged": "warning"},
    "suppress": {"aws-schema": ["logs"]},
    "overrides": {"quotas": {"fargateProfilesPerCluster": {"default": 20}}},
    "strict": True,
}


def problems(config: dict[str, Any]) -> tuple[str, ...]:
    with pytest.raises(GivenError) as raised:
        given_of(config, TODAY)
    return raised.value.problems


def test_nothing_given_is_what_a_plan_alone_tells() -> None:
    assert given_of({}, TODAY) == Given(TODAY)


def test_every_key_is_read() -> None:
    assert set(WHOLE) == set(SCHEMA)
    given = given_of(WHOLE, TODAY, ours=False)
    assert given.data_plane is DataPlane.MIXED
    assert given.profiles == (Profile("all", (Selector("*"),)), Profile("web", (Selector("shop", {"app": "web"}),)))
    assert (given.region, given.account, given.kubernetes_version) == ("eu-west-1", "123456789012", "1.35")
    assert (given.existing, given.production, given.ours, given.strict) == (True, True, False, True)
    assert given.pod_security == "restricted"
    assert given.levels.by_rule == {"no-node-port": Level.ERROR, "jobs-expire": None, "no-privileged": Level.WARNING}
    assert given.suppress == {"aws-schema": ["logs"]}
    assert given.facts.table("quotas")["fargateProfilesPerCluster"]["default"] == 20


def test_no_profiles_are_not_the_same_as_profiles_not_given() -> None:
    assert given_of({"profiles": {}}, TODAY).profiles == ()
    assert given_of({}, TODAY).profiles is None


def test_all_problems_are_told_at_once() -> None:
    assert problems({"dataPlane": "fargte", "rules": {"no-such": "error"}, "overrides": {"quota": {}}}) == (
        'dataPlane: "fargte" is not one of "fargate", "mixed" or "nodes"',
        "overrides.quota: no such table of facts",
        "rules.no-such: no such rule",
    )


def test_a_key_that_is_none_is_refused() -> None:
    (problem,) = problems({"dataplane": "mixed"})
    assert problem.startswith("configuration: ")
    assert "dataplane" in problem


@pytest.mark.parametrize("rule", ["no-privileged", "profile-quota"])
def test_nothing_is_let_off_from_what_aws_refuses(rule: str) -> None:
    assert problems({"suppress": {rule: ["web"]}}) == (
        f"suppress.{rule}: nothing is let off from this rule, since AWS refuses it all the same",
    )


def test_the_schemas_are_rules_too() -> None:
    given = given_of({"rules": {"aws-schema": "warning", "kubernetes-schema": "off"}}, TODAY)
    assert given.levels.by_rule == {"aws-schema": Level.WARNING, "kubernetes-schema": None}
