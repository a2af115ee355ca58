"""Stacks that earlier releases deployed: what this program would do to them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.engine import Engine
from tests.engine.recorded import recorded_states

# What takes an object away that people have, be it to make another.
LOSSES = {"create-replacement", "delete", "delete-replaced", "discard", "discard-replaced", "replace"}


@pytest.mark.engine
@pytest.mark.parametrize("state", recorded_states(), ids=lambda path: path.stem)
def test_nothing_of_an_earlier_release_is_replaced_or_removed(platform: Callable[[str], Engine], state: Path) -> None:
    engine = platform(stack_of(state))
    taken = engine.run("stack", "import", "--file", str(state))
    assert taken.code == 0, taken.output
    assert len(engine.resources()) == len(json.loads(state.read_text("utf-8"))["deployment"]["resources"])
    assert [step for step in engine.plan() if step[1] in LOSSES] == []


def test_recorded_states_hold_no_secret_in_plain_text() -> None:
    assert {stack_of(state) for state in recorded_states()} == {"dev", "prod", "staging"}
    for state in recorded_states():
        text = state.read_text("utf-8")
        assert "plaintext" not in text
        assert "certificate-authority-data" not in text
        assert '"ciphertext": "v1:' in text


def stack_of(state: Path) -> str:
    return state.stem.rpartition("-")[2]
