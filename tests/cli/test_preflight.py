"""`eks-fargate preflight`: what is written where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eks_fargate.cli.main import run
from tests.live.conftest import ROOT, STACKS, aws, server

STACK = ["whole", "--project", str(ROOT), "--stack-dir", str(STACKS), "--today", "2026-11-21"]
__all__ = ["aws", "server"]


def test_the_report_goes_to_stdout_and_the_exit_code_is_0_without_an_error(
    aws: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["preflight", *STACK, "--endpoint-url", aws, "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert list(report) == ["title", "checks", "summary", "calls"]
    assert report["title"] == "preflight of whole in us-east-1"
    assert {"area": "identity", "subject": "account", "state": "ok", "planned": "123456789012"}.items() <= report[
        "checks"
    ][0].items()


def test_strict_fails_on_what_could_not_be_asked(aws: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["preflight", *STACK, "--endpoint-url", aws, "--strict", "--format", "markdown"]) == 1
    assert capsys.readouterr().out.startswith("## Preflight of whole in us-east-1\n")


def test_manifests_count_against_the_quotas(aws: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    requests = {"requests": {"cpu": "4", "memory": "8Gi"}}
    manifest = {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web", "namespace": "app-shop"},
        "spec": {"replicas": 2, "template": {"spec": {"containers": [{"name": "web", "resources": requests}]}}},
    }
    path = tmp_path / "web.json"
    path.write_text(json.dumps(manifest))
    run(["preflight", *STACK, "--endpoint-url", aws, "--manifests", str(path)])
    out = capsys.readouterr().out
    # 4 vCPU take 8 GB at least, of which the pod itself may ask for 7.75: two pods of 4 vCPU and 9 GB, and one vCPU.
    assert "Fargate On-Demand vCPU resource count: planned 9 more, actual unknown used of 6;" in out


def test_manifests_that_cannot_be_read_exit_2(aws: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["preflight", *STACK, "--endpoint-url", aws, "--manifests", "none.yaml"]) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", "error: none.yaml: No such file or directory\n")


def test_the_deployers_policy_needs_no_account(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    assert run(["preflight", *STACK, "--deployer-policy"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["Version"] == "2012-10-17"
    assert err == ""


def test_without_credentials_it_exits_2_and_writes_nothing_to_stdout(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    assert run(["preflight", *STACK]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "error: AWS credentials: The config profile (nobody) could not be found\n"
