"""Manifest text as Kubernetes reads it."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eks_fargate.offline.kubernetes_yaml import Broken, Document, documents
from eks_fargate.offline.yaml_documents import MAX_ALIASED, MAX_DEPTH, plain_scalar


def values(text: str) -> list[Any]:
    """The values of the documents; a broken one as (line, message)."""
    return [(one.line, one.message) if isinstance(one, Broken) else one.value for one in documents(text)]


def only(text: str) -> Document:
    """The one document of a text."""
    (document,) = documents(text)
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", True),
        ("y", True),
        ("On", True),
        ("off", False),
        ("N", False),
        ("yEs", "yEs"),
        ("~", None),
        ("", None),
        ("2026-11-21", "2026-11-21"),
        ("1:30", "1:30"),
        ("0777", 511),
        ("0o17", 15),
        ("0x1F", 31),
        ("-0b101", -5),
        ("08", 8.0),
        ("1_000", 1000),
        ("+12", 12),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("1.35", 1.35),
        ("1.2.3", "1.2.3"),
        ("250m", "250m"),
        (".inf", math.inf),
        ("-.INF", -math.inf),
        ("-", "-"),
        (".", "."),
        ("0x", "0x"),
    ],
)
def test_a_plain_scalar_means_what_it_means_to_kubernetes(text: str, value: object) -> None:
    assert plain_scalar(text) == value
    assert type(plain_scalar(text)) is type(value)


def test_quotes_and_tags_make_text() -> None:
    assert values("a: 'yes'\nb: \"1\"\nc: !!str 2\nd: |\n  on\ne: !custom 3\nf: !!int 4\n") == [
        {"a": "yes", "b": "1", "c": "2", "d": "on\n", "e": "3", "f": 4}
    ]


def test_keys_become_text_as_in_json() -> None:
    assert values("1: a\ntrue: b\n1.5: c\n0777: d\n") == [{"1": "a", "true": "b", "1.5": "c", "511": "d"}]


def test_documents_are_told_apart_by_line_and_empty_ones_are_passed_over() -> None:
    found = list(
        documents("# head\n---\n# Source: a.yaml\na: 1\n---\n---\n\n---\nb: |\n  ---x\n  --- y\n...\n---\r\nc: 3\r\n")
    )
    assert [(one.line, one.value) for one in found if isinstance(one, Document)] == [
        (4, {"a": 1}),
        (9, {"b": "---x\n--- y\n"}),
        (14, {"c": 3}),
    ]
    assert len(found) == 3


def test_a_directive_belongs_to_the_document_after_it() -> None:
    assert values("a: 1\n---\nb: 2\n...\n%YAML 1.1\n---\nc: 3\n") == [{"a": 1}, {"b": 2}, {"c": 3}]
    assert values("%YAML 1.1\n---\na: 1\n") == [{"a": 1}]


def test_a_broken_document_does_not_lose_the_others() -> None:
    assert values("a: 1\n---\nb: [1\nc: 2\n---\nd: 4\n") == [
        {"a": 1},
        (4, "not YAML: while parsing a flow sequence, did not find expected ',' or ']'"),
        {"d": 4},
    ]


def test_what_looks_like_a_template_is_said_to() -> None:
    hint = "; this looks like a template: explain what `helm template` prints"
    assert values("replicas: {{ .Values.replicas }}\n") == [(1, f"a key is a mapping, where text belongs{hint}")]
    assert values("{{- if .Values.on }}\na: 1\n{{- end }}\n")[0][1].endswith(hint)


def test_a_key_that_stands_twice_is_told_with_its_line_and_the_last_counts() -> None:
    document = only("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n")
    assert document.value == {"a": 3, "b": {"c": 2}}
    assert document.faults == [
        (4, "the key 'c' stands twice in the same mapping: remove one"),
        (5, "the key 'a' stands twice in the same mapping: remove one"),
    ]
    assert only('{"x": {"a": 1, "a": 2}}').faults == [(1, "the key 'a' stands twice in the same mapping: remove one")]


def test_merged_mappings_lie_under_the_own_keys() -> None:
    text = "base: &b {x: 1, v: 1}\nother: &o {v: 2, z: 2}\nmade: {x: 3, <<: [*b, *o]}\nquoted: {'<<': 1}\n"
    assert only(text).value["made"] == {"x": 3, "v": 1, "z": 2}
    assert only(text).value["quoted"] == {"<<": 1}
    assert only(text).faults == []
    assert values("a: {<<: 1}") == [(1, "<< is laid under a mapping: a mapping or a list of them belongs")]


def test_the_items_of_a_list_have_their_own_lines() -> None:
    document = only("kind: List\nitems:\n- a: 1\n\n- b: 2\n  items:\n  - c: 3\n")
    first, second = document.value["items"]
    assert document.item_lines == {id(first): 3, id(second): 5}


def test_json_documents_may_follow_one_another() -> None:
    found = list(documents('{"a": 1}\n{"b": 2}\n\n  {"c": {\n"d": 3}}'))
    assert values('{"a": 1} null') == [{"a": 1}]
    assert [(one.line, one.value) for one in found if isinstance(one, Document)] == [
        (1, {"a": 1}),
        (2, {"b": 2}),
        (4, {"c": {"d": 3}}),
    ]


def test_what_begins_like_json_may_be_yaml() -> None:
    assert values("{a: yes, b: [1]}\n---\nc: 2\n") == [{"a": True, "b": [1]}, {"c": 2}]
    assert values('{"a": NaN}') == [{"a": "NaN"}]


def test_a_document_of_aliases_that_grow_without_measure_is_refused() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    assert values("\n".join(lines)) == [(5, f"the aliases up to here repeat more than {MAX_ALIASED} values")]


def test_aliases_are_read_and_those_within_themselves_refused() -> None:
    assert values("a: &a {b: 1}\nc: *a\n") == [{"a": {"b": 1}, "c": {"b": 1}}]
    assert values("a: &a [*a]\n") == [(1, "the alias *a stands within what it names, without end")]
    assert values("a: *b\n") == [(1, "not YAML: the alias *b names no anchor before it")]


@pytest.mark.parametrize("text", ["[" * 100_000, "a: " + "{a: " * 1000, "- " * 50_000, '{"a":' * 100_000])
def test_what_is_too_deep_is_refused(text: str) -> None:
    ((line, message),) = values(text)
    assert line == 1
    assert message == f"more than {MAX_DEPTH} mappings and lists within each other"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: \x01", "not YAML: control characters are not allowed"),
        ("? [a]\n: 1", "a key is a list, where text belongs"),
        ("? \n: 1", "a key is null, where text belongs"),
        ("a: b: c", "not YAML: mapping values are not allowed in this context"),
    ],
)
def test_what_is_no_yaml_says_why(text: str, message: str) -> None:
    assert values(text) == [(1, message)]


def test_huge_scalars_are_text() -> None:
    digits = "1" * 1_000_000
    assert values(f"a: {digits}\n") == [{"a": digits}]
    assert values(f'{{"a": {digits}}}') == [{"a": digits}]


@given(st.text(alphabet="ab:-[]{}&*<\"'|>%?! \n#0.~,\\x", max_size=60))
def test_no_text_raises(text: str) -> None:
    for document in documents(text):
        assert 1 <= document.line <= text.count("\n") + 1
