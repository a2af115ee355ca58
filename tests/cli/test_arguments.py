"""The arguments that commands share."""

from __future__ import annotations

import argparse
import datetime
from enum import StrEnum
from pathlib import Path

import pytest

from eks_fargate.cli.arguments import add_project, add_today, one_of


def parsed(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_project(parser)
    add_today(parser)
    return parser.parse_args(arguments)


def test_the_project_is_here_and_today_is_today_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EKS_FARGATE_TODAY", raising=False)
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
    wanted = "argument --today: '21.11.2026' is not a date: write YYYY-MM-DD, here or in EKS_FARGATE_TODAY\n"
    assert capsys.readouterr().err.endswith(wanted)


def test_the_environment_says_which_day_is_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EKS_FARGATE_TODAY", "2026-11-21")
    assert parsed().today == datetime.date(2026, 11, 21)
    assert parsed("--today", "2027-01-02").today == datetime.date(2027, 1, 2)
    monkeypatch.setenv("EKS_FARGATE_TODAY", "")
    assert parsed().today >= datetime.date(2026, 11, 21)


def test_a_date_in_another_form_in_the_environment_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EKS_FARGATE_TODAY", "soon")
    with pytest.raises(SystemExit):
        parsed()
    assert "'soon' is not a date: write YYYY-MM-DD, here or in EKS_FARGATE_TODAY" in capsys.readouterr().err


def test_a_choice_that_is_none_is_refused_with_those_there_are() -> None:
    class Colour(StrEnum):
        RED = "red"
        BLUE = "blue"

    assert one_of(Colour)("blue") is Colour.BLUE
    with pytest.raises(argparse.ArgumentTypeError, match=r"^'green' is none of red, blue$"):
        one_of(Colour)("green")
