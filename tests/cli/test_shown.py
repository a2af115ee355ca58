"""Text from an input, as it may be shown."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eks_fargate.cli.shown import MOST_CHARACTERS, json_text, one_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("web-1 café 😀", "web-1 café 😀"),
        ("a\nb\x1b[2J", "a\\nb\\x1b[2J"),
        ("a\u202eb\ud800", "a\\u202eb\\ud800"),
        ("a" * 2000, "a" * MOST_CHARACTERS + "..."),
    ],
)
def test_what_a_terminal_would_act_on_is_escaped_and_long_text_is_cut(text: str, shown: str) -> None:
    assert one_line(text) == shown


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_every_text_can_be_printed(text: str) -> None:
    assert one_line(text).isprintable()
    one_line(text).encode()


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_every_text_can_be_written_as_json(text: str) -> None:
    written = json_text({"name": text})
    assert json.loads(written.encode()) == {"name": text}


def test_json_keeps_what_utf_8_can_hold() -> None:
    assert json_text({"a": "café \ud800"}) == '{\n  "a": "café \\ud800"\n}\n'
