"""The arguments that commands share."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path

import pytest

from eks_fargate.cli.arguments import add_project, add_today


def parsed(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_project(parser)
    add_today(parser)
    return parser.parse_args(arguments)


def test_the_project_is_here_and_today_is_today_unless_told_otherwise() -> None:
    before = datetime.date.today()
    found = parsed()
    assert (found.project, found.stack_dir) == (Path(), None)
    assert before <= found.today <= datetime.date.today()


def test_what_is_given_is_taken() -> None:
    found = parsed("--project", "a", "--stack-dir", "b", "--today", "2026-11-21")
    assert (found.project, found.stack_dir, found.today) == (Path("a"), Path("b"), datetime.date(2026, 11, 21))


def test_a_date_in_another_form_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parsed("--today", "21.11.2026")
    assert "argument --today: '21.11.2026' is not a date: write YYYY-MM-DD" in capsys.readouterr().err
