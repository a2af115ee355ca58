"""A plan as text and back."""

from __future__ import annotations

import pytest

from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.changes.handover import plan_text, problems_text, read_plan
from eks_fargate.offline.errors import ProgramError
from tests.offline.conftest import RunProgram
from tests.offline.programs import PLATFORM


def test_a_plan_comes_out_as_it_went_in(run_program: RunProgram) -> None:
    plan = run_program(PLATFORM)
    read = read_plan(plan_text(plan))
    assert read.to_json() == plan.to_json()
    assert read.outputs["vpcId"] is UNKNOWN
    assert plan_text(read) == plan_text(plan)


def test_problems_come_out_as_an_error() -> None:
    with pytest.raises(ProgramError) as caught:
        read_plan(problems_text(["a", "b"]))
    assert caught.value.problems == ("a", "b")
