"""Profiles: which pods they select, in which order they are asked, and which selectors change nothing."""

from __future__ import annotations

from typing import Any

import pytest

from eks_fargate.fargate.pods import UNKNOWN_MAPPING
from eks_fargate.fargate.profiles import Profile, Selector, Shadowed, covers, in_order, shadowed
from eks_fargate.fargate.unknown import UNKNOWN, Unknown

SHOP = Selector("shop", {"tier": "web", "environment": "fargate"})
POD_LABELS = {"tier": "web", "environment": "fargate", "app": "cart"}


def test_a_selector_matches_a_pod_that_has_all_its_labels() -> None:
    assert SHOP.selects("shop", POD_LABELS) is True
    assert SHOP.missing("shop", POD_LABELS) == []


@pytest.mark.parametrize(
    ("namespace", "labels", "missing"),
    [
        ("shop-2", POD_LABELS, ["namespace shop"]),
        ("shop", {"tier": "web"}, ["label environment=fargate"]),
        ("shop", {**POD_LABELS, "tier": "db"}, ["label tier=web"]),
        ("x", {}, ["namespace shop", "label environment=fargate", "label tier=web"]),
    ],
)
def test_a_selector_tells_what_a_pod_lacks(namespace: str, labels: dict[str, str], missing: list[str]) -> None:
    assert SHOP.selects(namespace, labels) is False
    assert SHOP.missing(namespace, labels) == missing


def test_wildcards_count_in_namespace_label_keys_and_label_values() -> None:
    selector = Selector("prod-?*", {"app.kubernetes.io/*": "c??t"})
    assert selector.selects("prod-1", {"app.kubernetes.io/name": "cart"}) is True
    assert selector.selects("prod-", {"app.kubernetes.io/name": "cart"}) is False
    assert selector.selects("prod-1", {"app.kubernetes.io/name": "cut"}) is False
    assert selector.selects("prod-1", {"app": "cart"}) is False


def test_key_and_value_must_match_in_one_and_the_same_label() -> None:
    assert Selector("*", {"a*": "x"}).selects("shop", {"a1": "y", "b": "x"}) is False
    assert Selector("*", {"a*": "x"}).selects("shop", {"a1": "y", "a2": "x"}) is True


@pytest.mark.parametrize(
    ("selector", "namespace", "labels", "answer"),
    [
        (Selector("shop"), UNKNOWN, {}, UNKNOWN),
        (Selector("*"), UNKNOWN, {}, True),
        (Selector("shop", {"tier": "web"}), UNKNOWN, {}, False),
        (Selector("shop", {"tier": "web"}), "shop", {"tier": UNKNOWN}, UNKNOWN),
        (Selector("shop", {"tier": "*"}), "shop", {"tier": UNKNOWN}, True),
        (Selector("shop", {"tier": "?*"}), "shop", {"tier": UNKNOWN}, UNKNOWN),
        (Selector("shop", {"tier": "web"}), "other", {"tier": UNKNOWN}, False),
        (Selector("shop", {"tier": "web"}), "shop", {"other": UNKNOWN}, False),
        (Selector("shop", {"tier*": "web"}), "shop", {"tier1": UNKNOWN, "tier2": "web"}, True),
        (Selector("shop", {"a": "1", "tier": "web"}), "shop", {"tier": UNKNOWN}, False),
        (Selector("shop", {"tier": "web"}), "shop", UNKNOWN_MAPPING, UNKNOWN),
        (Selector("shop"), "shop", UNKNOWN_MAPPING, True),
        (Selector("shop", {"tier": "web"}), "shop", {"tier": 3}, False),
    ],
)
def test_an_unknown_value_counts_only_where_it_decides(
    selector: Selector,
    namespace: str | Unknown,
    labels: dict[str, Any],
    answer: bool | Unknown,  # noqa: FBT001
) -> None:
    assert selector.selects(namespace, labels) is answer
    assert (selector.missing(namespace, labels) == []) is (answer is True)


def test_the_selectors_of_a_profile_are_alternatives() -> None:
    first, second = Selector("a", {"x": "1"}), Selector("b")
    profile = Profile("p", (first, second))
    assert profile.selects("a", {"x": "1"}) is first
    assert profile.selects("b", {}) is second
    assert profile.selects("a", {}) is None


def test_a_certain_match_outweighs_one_that_hangs_on_an_unknown_value() -> None:
    certain = Selector("shop")
    profile = Profile("p", (Selector("shop", {"tier": "web"}), certain))
    assert profile.answer("shop", {"tier": UNKNOWN}) is certain
    assert profile.answer("other", {"tier": UNKNOWN}) is None
    assert profile.answer(UNKNOWN, {}) is UNKNOWN
    assert [profile.answer(namespace, {}) for namespace in ("shop", "other")] == [certain, None]
    assert profile.selects(UNKNOWN, {}) is None


def test_profiles_are_asked_alphanumerically_by_physical_name() -> None:
    named = tuple(Profile(name, ()) for name in ("prod-workload", "beta-workload", "Zeta", "2-first", "beta"))
    assert [profile.name for profile in in_order(named)] == [
        "2-first",
        "Zeta",
        "beta",
        "beta-workload",
        "prod-workload",
    ]


@pytest.mark.parametrize(
    ("wider", "narrower", "covered"),
    [
        (Selector("shop"), Selector("shop", {"a": "1"}), True),
        (Selector("shop", {"a": "1"}), Selector("shop"), False),
        (Selector("shop*"), Selector("shop-?"), True),
        (Selector("*", {"a*": "*"}), Selector("x", {"ab": "1", "b": "2"}), True),
        (Selector("*", {"a": "1", "b": "?"}), Selector("x", {"a": "1", "b": "22"}), False),
        (Selector("*", {"a*": "x", "*b": "x"}), Selector("x", {"ab": "x"}), True),
    ],
)
def test_one_selector_covers_another(wider: Selector, narrower: Selector, covered: bool) -> None:  # noqa: FBT001
    assert covers(wider, narrower) is covered


def test_a_selector_is_shadowed_by_one_of_a_profile_that_wins() -> None:
    late, early = Profile("b", (Selector("shop", {"a": "1"}),)), Profile("a", (Selector("x"), Selector("sho?")))
    assert list(shadowed((late, early))) == [Shadowed(late, late.selectors[0], early, early.selectors[1])]


def test_a_wider_selector_of_a_profile_that_loses_shadows_nothing() -> None:
    assert list(shadowed((Profile("a", (Selector("shop"),)), Profile("b", (Selector("*"),))))) == []


def test_of_two_equal_selectors_of_one_profile_the_later_is_repeated() -> None:
    profile = Profile("a", (Selector("*?"), Selector("?*")))
    assert list(shadowed((profile,))) == [Shadowed(profile, Selector("?*"), profile, Selector("*?"))]


def test_a_narrower_selector_is_shadowed_by_a_wider_one_of_its_profile_wherever_that_stands() -> None:
    profile = Profile("a", (Selector("shop", {"a": "1"}), Selector("shop")))
    assert list(shadowed((profile,))) == [Shadowed(profile, profile.selectors[0], profile, profile.selectors[1])]


def test_a_selector_is_written_with_its_labels_sorted() -> None:
    assert str(SHOP) == "shop (environment=fargate, tier=web)"
    assert str(Selector("shop")) == "shop"
