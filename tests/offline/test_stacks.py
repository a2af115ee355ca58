"""The stacks of this project: an update sends everything that their previews leave open."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from eks_fargate.offline.engine import run
from eks_fargate.offline.project import stack_names
from tests.offline.update_check import lost_inputs

ROOT = Path(__file__).parents[2]
TODAY = datetime.date(2026, 11, 21)


@pytest.mark.parametrize("stack", stack_names(ROOT))
def test_every_input_unknown_in_a_preview_is_there_in_an_update(stack: str) -> None:
    preview = run(ROOT, stack, today=TODAY)
    update = run(ROOT, stack, today=TODAY, dry_run=False)
    assert [resource.urn for resource in preview.resources] == [resource.urn for resource in update.resources]
    assert lost_inputs(preview, update) == []
