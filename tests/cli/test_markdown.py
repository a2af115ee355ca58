"""Markdown that shows a text as it is."""

from __future__ import annotations

import pytest

from eks_fargate.cli.markdown import code, table, text


@pytest.mark.parametrize(
    ("shown", "written"),
    [
        ("selector app-* takes it", "selector app-\\* takes it"),
        ("<img src=x> | #1", "\\<img src=x\\> \\| \\#1"),
        ("run `helm template | less *`, then", "run `helm template \\| less *`, then"),
        ("one ` alone *", "one \\` alone \\*"),
        ("ask @someone", "ask @\N{ZERO WIDTH SPACE}someone"),
        ("a\x1bb\nc", "a\\\\x1bb\\\\nc"),
    ],
)
def test_text_is_shown_as_it_is(shown: str, written: str) -> None:
    assert text(shown) == written


def test_a_name_cannot_end_its_code() -> None:
    assert code("a`b|c") == "`a'b\\|c`"


def test_a_table_has_titles_a_rule_and_rows() -> None:
    assert list(table(("A", "B"), [("1", "2")])) == ["| A | B |", "| --- | --- |", "| 1 | 2 |"]
