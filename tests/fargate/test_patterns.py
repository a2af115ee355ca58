"""Patterns, against a slow definition by recursion and against every short text."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eks_fargate.fargate.patterns import includes, matches

# "z" stands in no pattern: it plays every character that patterns do not name.
TEXTS = tuple("".join(text) for length in range(7) for text in product("abz", repeat=length))

patterns = st.text("ab*?", max_size=4)


def matches_by_definition(pattern: str, text: str) -> bool:
    if not pattern:
        return not text
    if pattern[0] == "*":
        return any(matches_by_definition(pattern[1:], text[taken:]) for taken in range(len(text) + 1))
    return bool(text) and pattern[0] in ("?", text[0]) and matches_by_definition(pattern[1:], text[1:])


@given(st.text("ab.*?", max_size=8), st.text("ab.\n", max_size=8))
def test_matching_agrees_with_its_definition(pattern: str, text: str) -> None:
    assert matches(pattern, text) is matches_by_definition(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text", "matched"),
    [
        ("*", "", True),
        ("?", "", False),
        ("?", "a", True),
        ("prod*", "prod", True),
        ("prod-?", "prod-1", True),
        ("prod-?", "prod-12", False),
        ("*-prod-*", "eu-prod-prod-1", True),
        ("a*a", "a", False),
        ("*ab*ab", "xabab", True),
        ("*ab*ab", "xab", False),
        ("[a]", "a", False),
        ("a.c", "abc", False),
        ("Shop", "shop", False),
    ],
)
def test_only_the_two_wildcards_are_special(pattern: str, text: str, matched: bool) -> None:  # noqa: FBT001
    assert matches(pattern, text) is matched


def test_a_hostile_pattern_is_answered() -> None:
    assert matches("*a" * 60 + "*b", "a" * 3000) is False
    assert matches("*?a" * 60, "a" * 3000) is True


@given(patterns, patterns)
def test_inclusion_agrees_with_enumeration(wider: str, narrower: str) -> None:
    every_text_too = all(matches(wider, text) for text in TEXTS if matches(narrower, text))
    assert includes(wider, narrower) is every_text_too


@pytest.mark.parametrize(
    ("wider", "narrower", "included"),
    [
        ("*", "?*", True),
        ("?*", "*", False),
        ("*?", "?*", True),
        ("?*?", "*??", True),
        ("a*", "a*b*", True),
        ("*a*", "ba?", True),
        ("*b*", "*a?", False),
        ("a?", "ab", True),
        ("ab", "a?", False),
        ("*ab", "*a?b", False),
        ("", "", True),
        ("*", "", True),
    ],
)
def test_inclusion_understands_wildcards(wider: str, narrower: str, included: bool) -> None:  # noqa: FBT001
    assert includes(wider, narrower) is included


def test_a_pattern_built_to_explode_is_answered_as_not_proven() -> None:
    ending = "a" + "?" * 30
    assert includes(f"*{ending}", f"*a*{ending}") is True
    assert includes(f"*{ending}", "*a*a*a*b*a*" * 8 + ending) is False
    assert includes("*" + "a" * 1000, "*" + "a" * 1001) is False


def test_a_pattern_includes_itself_whatever_its_length() -> None:
    assert includes("a" * 5000, "a" * 5000) is True
