"""`eks-fargate verify`: what is written where."""

from __future__ import annotations

import pytest

from eks_fargate.cli import verify
from eks_fargate.cli.main import run
from tests.live.conftest import ROOT, STACKS, aws, server

STACK = ["whole", "--project", str(ROOT), "--stack-dir", str(STACKS), "--today", "2026-11-21"]
__all__ = ["aws", "server"]


def test_an_account_without_the_cluster_exits_1_and_says_so(aws: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", *STACK, "--endpoint-url", aws]) == 1
    out = capsys.readouterr().out
    assert "  error       eks-fargate-whole: ACTIVE; there is no such cluster in us-east-1\n" in out


def test_an_aws_that_cannot_be_reached_is_never_a_success(aws: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", *STACK, "--endpoint-url", "http://127.0.0.1:1"]) == 2
    out, err = capsys.readouterr()
    assert " ok" not in out
    assert err == "error: nothing could be asked: see the reasons above\n"


def test_before_destroy_lists_what_would_be_left(aws: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", *STACK, "--endpoint-url", aws, "--before-destroy"]) == 0
    assert capsys.readouterr().out.startswith("before destroying whole in us-east-1\n")


def test_progress_of_a_wait_goes_to_stderr(
    aws: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = iter([0.0, 30.0, 70.0])
    slept: list[float] = []
    monkeypatch.setattr(verify, "monotonic", lambda: next(now))
    monkeypatch.setattr(verify, "sleep", slept.append)
    assert run(["verify", *STACK, "--endpoint-url", aws, "--wait", "1"]) == 1
    err = capsys.readouterr().err
    assert slept == [15]
    assert err.splitlines()[-1].endswith(" ok; 0 minutes left")


@pytest.mark.parametrize("minutes", ["soon", "-1", "nan"])
def test_minutes_that_are_none_exit_2(minutes: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", "dev", f"--wait={minutes}"]) == 2
    assert f"'{minutes}' is no number of minutes from 0 to 1440" in capsys.readouterr().err


def test_without_credentials_it_exits_2(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    assert run(["verify", *STACK]) == 2
    assert capsys.readouterr().err == "error: AWS credentials: The config profile (nobody) could not be found\n"
