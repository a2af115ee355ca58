from __future__ import annotations

from dataclasses import replace

import pytest

from eks_fargate.fargate.facts import Facts
from eks_fargate.fargate.profiles import Selector
from eks_fargate.fargate.rules.base import Fail
from tests.fargate.rules.compliant import CLUSTER, on_cluster, with_selectors

RULE = "profile-has-selectors"
WILDCARDS = "Only * (any characters, or none) and ? (one character) are wildcards; there are no regular expressions."


def test_a_compliant_cluster_passes() -> None:
    assert on_cluster(RULE, CLUSTER) == []


def test_a_profile_without_selectors_fails() -> None:
    assert on_cluster(RULE, with_selectors()) == [
        Fail(
            "profiles.apps.selectors",
            "profile apps has no selectors",
            "Give it 1 to 5 selectors, each with a namespace.",
        )
    ]


def test_a_sixth_selector_fails_unless_the_quota_is_raised() -> None:
    cluster = with_selectors(*(Selector(f"shop-{number}") for number in range(6)))
    (verdict,) = on_cluster(RULE, cluster)
    assert verdict.path == "profiles.apps.selectors"
    assert verdict.message == "profile apps has 6 selectors; EKS takes 5 a profile"
    raised = Facts({"quotas": {"selectorsPerFargateProfile": {"default": 6}}})
    assert on_cluster(RULE, replace(cluster, facts=raised)) == []


def test_a_selector_without_a_namespace_fails() -> None:
    assert on_cluster(RULE, with_selectors(Selector("shop"), Selector("", {"tier": "web"}))) == [
        Fail(
            "profiles.apps.selectors[1].namespace",
            "the selector has no namespace",
            "Name one; '*' stands for every namespace.",
        )
    ]


@pytest.mark.parametrize("namespace", ["[a-z]*", "web-.*", "^shop$", "shop|batch", "Shop", "shop ", "-shop", "a{3}"])
def test_regular_expressions_and_what_is_no_namespace_fail(namespace: str) -> None:
    assert on_cluster(RULE, with_selectors(Selector(namespace))) == [
        Fail(
            "profiles.apps.selectors[0].namespace",
            f"{namespace!r} matches no namespace that Kubernetes allows",
            f"Write a namespace. {WILDCARDS}",
        )
    ]


@pytest.mark.parametrize("namespace", ["*", "?", "shop", "shop-*", "*-?hop-*", "0"])
def test_wildcards_pass_anywhere_in_a_namespace(namespace: str) -> None:
    assert on_cluster(RULE, with_selectors(Selector(namespace))) == []


@pytest.mark.parametrize(
    ("key", "value", "what", "pattern"),
    [
        ("app", "we[bp]", "label value", "we[bp]"),
        ("app", "", "label value", ""),
        ("app", "a/b", "label value", "a/b"),
        ("ap(p)", "web", "label key", "ap(p)"),
        ("/app", "web", "label key", "/app"),
    ],
)
def test_labels_that_no_pod_can_have_fail(key: str, value: str, what: str, pattern: str) -> None:
    assert on_cluster(RULE, with_selectors(Selector("shop", {key: value}))) == [
        Fail(
            f"profiles.apps.selectors[0].labels.{key}",
            f"{pattern!r} matches no {what} that Kubernetes allows",
            f"Write a {what}. {WILDCARDS}",
        )
    ]


def test_labels_with_prefix_dots_and_wildcards_pass() -> None:
    assert on_cluster(RULE, with_selectors(Selector("shop", {"app.kubernetes.io/na?e": "v1.2_*"}))) == []


def test_a_label_key_longer_than_eks_takes_fails() -> None:
    (verdict,) = on_cluster(RULE, with_selectors(Selector("shop", {"a" * 128: "web"})))
    assert verdict.message == "EKS takes at most 127 characters in a key, and 255 in a value"
    assert on_cluster(RULE, with_selectors(Selector("shop", {"a" * 127: "w" * 255}))) == []
