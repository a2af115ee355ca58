from __future__ import annotations

import pytest

from eks_fargate.fargate.rules.base import each, entries, not_known, read, words
from eks_fargate.fargate.unknown import UNKNOWN


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"a": {"b": 1}}, 1),
        ({"a": {}}, None),
        ({"a": None}, None),
        ({"a": "text"}, None),
        ({"a": ["b"]}, None),
        ({}, None),
        (None, None),
        ({"a": UNKNOWN}, UNKNOWN),
        ({"a": {"b": UNKNOWN}}, UNKNOWN),
        (UNKNOWN, UNKNOWN),
    ],
)
def test_a_value_is_read_around_what_is_missing_and_what_is_unknown(fields: object, expected: object) -> None:
    assert read(fields, "a", "b") is expected or read(fields, "a", "b") == expected


def test_the_entries_of_a_list_have_paths() -> None:
    assert list(each(["x", UNKNOWN], "spec.list")) == [("spec.list[0]", "x"), ("spec.list[1]", UNKNOWN)]
    assert list(each(UNKNOWN, "spec.list")) == [("spec.list", UNKNOWN)]
    assert list(each(None, "spec.list")) == list(each("text", "spec.list")) == []


def test_the_entries_of_a_mapping_are_sorted() -> None:
    assert list(entries({"b": 1, "a": 2}, "spec")) == [("spec.a", "a", 2), ("spec.b", "b", 1)]
    assert list(entries(UNKNOWN, "spec")) == [("spec", "", UNKNOWN)]
    assert list(entries([1], "spec")) == []


def test_an_unknown_value_says_what_it_decides() -> None:
    verdict = not_known("spec.type", "whether it is a load balancer")
    assert verdict.message == "spec.type is not known before deployment, and decides whether it is a load balancer"


@pytest.mark.parametrize(
    ("items", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_are_joined_as_in_a_sentence(items: list[str], text: str) -> None:
    assert words(items) == text
