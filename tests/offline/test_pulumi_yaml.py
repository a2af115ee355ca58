"""Scalars as go-yaml v3 resolves them, and what is refused with its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eks_fargate.offline.pulumi_yaml import read
from eks_fargate.offline.yaml_documents import MAX_ALIASED, MAX_DEPTH


def value_of(tmp_path: Path, text: str) -> Any:
    (tmp_path / "a.yaml").write_text(text)
    document = read(tmp_path / "a.yaml", "a.yaml")
    assert document.problems == ()
    return document.value


def problems_of(tmp_path: Path, text: str) -> tuple[str, ...]:
    (tmp_path / "a.yaml").write_text(text)
    return read(tmp_path / "a.yaml", "a.yaml").problems


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"),
        ("yes", "yes"),
        ("1:30", "1:30"),
        ("2026-11-21", "2026-11-21"),
        ("true", True),
        ("1.30", 1.3),
        ("1e3", 1000.0),
        ("012", 10),
        ("0o12", 10),
        ("0x1f", 31),
        ("1_000", 1000),
        ("089012345678", 89012345678.0),
        ("123456789012", 123456789012),
        ("~", None),
        ("", None),
        ("10.0.0.0/16", "10.0.0.0/16"),
        ("'1.30'", "1.30"),
    ],
)
def test_scalars_are_read_as_pulumi_reads_them(tmp_path: Path, text: str, value: object) -> None:
    found = value_of(tmp_path, f"key: {text}\n")["key"]
    assert found == value
    assert type(found) is type(value)


def test_a_merge_key_is_followed(tmp_path: Path) -> None:
    assert value_of(tmp_path, "a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\n")["b"] == {"x": 1, "y": 3}


def test_an_empty_file_has_no_value(tmp_path: Path) -> None:
    assert value_of(tmp_path, "# nothing\n") is None


def test_lines_of_the_first_two_levels_are_known(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: 1\nb:\n  c: 2\n")
    assert read(tmp_path / "a.yaml", "a.yaml").lines == {("a",): 1, ("b",): 2, ("b", "c"): 3}


def test_every_duplicate_key_is_named_with_its_line(tmp_path: Path) -> None:
    assert problems_of(tmp_path, "a: 1\nb: {x: 1, x: 2}\na: 2\n") == (
        "a.yaml:2: the key 'x' stands twice in the same mapping: remove one",
        "a.yaml:3: the key 'a' stands twice in the same mapping: remove one",
    )


def test_malformed_text_is_named_with_its_line(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, "a: 1\nb: [\n")
    assert problem.startswith("a.yaml:3: not YAML: ")


def test_a_second_document_is_refused(tmp_path: Path) -> None:
    assert problems_of(tmp_path, "a: 1\n---\nb: 2\n") == ("a.yaml:2: more than one YAML document: keep one",)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"a: \xff\n")
    assert read(tmp_path / "a.yaml", "a.yaml").problems == ("a.yaml: not UTF-8 text (byte 3)",)


@pytest.mark.parametrize("opening", ["[", "{a: "])
def test_what_is_nested_without_end_is_refused(tmp_path: Path, opening: str) -> None:
    assert problems_of(tmp_path, f"x:\n  y: {opening * 100_000}") == (
        f"a.yaml:2: more than {MAX_DEPTH} mappings and lists within each other",
    )


def test_an_alias_within_what_it_names_is_refused(tmp_path: Path) -> None:
    assert problems_of(tmp_path, "x: 1\ny: &y\n  z: *y\n") == (
        "a.yaml:3: the alias *y stands within what it names, without end",
    )


def test_aliases_that_multiply_are_refused(tmp_path: Path) -> None:
    lists = [f"x{i}: &x{i} [{', '.join([f'*x{i - 1}'] * 10)}]" for i in range(1, 20)]
    assert problems_of(tmp_path, "\n".join(["x0: &x0 [1, 2]", *lists])) == (
        f"a.yaml:6: the aliases up to here repeat more than {MAX_ALIASED} values",
    )


@pytest.mark.parametrize("tag", ["binary aGk=", "timestamp 2026-11-21", "set {a, b}", "omap [a: b]", "pairs [a: b]"])
def test_a_tag_whose_values_have_no_form_in_json_is_refused(tmp_path: Path, tag: str) -> None:
    name = tag.split()[0]
    assert problems_of(tmp_path, f"x: 1\ny: !!{tag}\n") == (
        f"a.yaml:2: not YAML: could not determine a constructor for the tag 'tag:yaml.org,2002:{name}'",
    )


@pytest.mark.parametrize(("tag", "why"), [("bool x", "'x'"), ("float ''", "string index out of range")])
def test_a_scalar_that_is_not_of_its_tag_is_refused(tmp_path: Path, tag: str, why: str) -> None:
    assert problems_of(tmp_path, f"x: !!{tag}\n") == (f"a.yaml: not YAML: {why}",)
