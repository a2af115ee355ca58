from __future__ import annotations

from dataclasses import replace

from eks_fargate.fargate.profiles import Profile, Selector
from eks_fargate.fargate.rules.base import Fail
from tests.fargate.rules.compliant import CLUSTER, on_cluster, with_selectors

RULE = "profile-selectors-distinct"


def test_a_compliant_cluster_passes() -> None:
    assert on_cluster(RULE, CLUSTER) == []


def test_a_repeated_selector_fails() -> None:
    assert on_cluster(RULE, with_selectors(Selector("shop"), Selector("shop"))) == [
        Fail(
            "profiles.apps.selectors",
            "selector shop takes no pod that shop of the same profile does not take",
            "Remove it.",
        )
    ]


def test_a_selector_shadowed_by_a_profile_that_sorts_before_it_fails() -> None:
    profiles = (Profile("prod", (Selector("shop", {"tier": "web"}),)), Profile("beta", (Selector("sh*"),)))
    (verdict,) = on_cluster(RULE, replace(CLUSTER, profiles=profiles))
    assert verdict.path == "profiles.prod.selectors"
    assert verdict.message == (
        "every pod of selector shop (tier=web) goes to profile beta, whose name sorts before prod and whose selector "
        "sh* takes it too"
    )


def test_a_wide_selector_of_a_profile_that_sorts_last_shadows_nothing() -> None:
    profiles = (Profile("beta", (Selector("shop", {"tier": "web"}),)), Profile("prod", (Selector("sh*"),)))
    assert on_cluster(RULE, replace(CLUSTER, profiles=profiles)) == []
