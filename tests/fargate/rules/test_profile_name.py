from __future__ import annotations

from dataclasses import replace

import pytest

from eks_fargate.fargate.cluster import Cluster
from eks_fargate.fargate.profiles import Profile, Selector
from eks_fargate.fargate.rules.base import Fail
from eks_fargate.fargate.rules.profile_name import name_problem, settings_name_problem
from tests.fargate.rules.compliant import CLUSTER, on_cluster

RULE = "profile-name"


def named(name: str) -> Cluster:
    return replace(CLUSTER, profiles=(Profile(name, (Selector("shop"),), key="apps"),))


def test_a_compliant_cluster_passes() -> None:
    assert on_cluster(RULE, CLUSTER) == []


@pytest.mark.parametrize("name", ["eksapps", "apps_2", "A", "fp-eks-1", "a--b"])
def test_letters_digits_hyphens_and_underscores_pass(name: str) -> None:
    assert on_cluster(RULE, named(name)) == []


@pytest.mark.parametrize("name", ["", "my profile", "apps.web", "käse", "apps\n"])
def test_other_characters_fail(name: str) -> None:
    message = f"{name!r} is no profile name: write one or more letters, digits, - or _"
    assert on_cluster(RULE, named(name)) == [Fail("profiles.apps", message, "Rename the profile.")]


@pytest.mark.parametrize("name", ["eks", "EKS", "eks-apps", "Eks-apps"])
def test_names_that_aws_reserves_fail(name: str) -> None:
    message = f"{name!r} is reserved by AWS: choose a name that is not eks and does not begin with eks-"
    assert on_cluster(RULE, named(name)) == [Fail("profiles.apps", message, "Rename the profile.")]


def test_a_long_name_is_at_most_a_warning() -> None:
    assert on_cluster(RULE, named("a" * 63)) == []
    (verdict,) = on_cluster(RULE, named("a" * 64))
    assert isinstance(verdict, Fail)
    assert verdict.soft
    assert verdict.message == (
        f"the name {'a' * 64} has 64 characters; pods carry it as a label value, of which Kubernetes takes 63"
    )


def test_two_hyphens_are_refused_in_settings_only() -> None:
    assert settings_name_problem("web--api") == (
        "has -- in it, which parts the name from the hash that this project adds: write a single -"
    )
    assert name_problem("web--api") is None
    assert settings_name_problem("web-api") is None
    assert settings_name_problem("eks") == name_problem("eks")
