"""`eks-fargate preview`: what is written where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eks_fargate.cli.main import run

PROGRAM = """\
import pulumi
import pulumi_aws as aws

print("hello")
vpc = aws.ec2.Vpc("main", cidr_block="10.0.0.0/16", tags={"day": __import__("os").environ["EKS_FARGATE_TODAY"]})
pulumi.export("vpcId", vpc.id)
"""


@pytest.fixture
def project(tmp_path: Path) -> str:
    (tmp_path / "Pulumi.yaml").write_text("name: demo\nruntime: python\n")
    (tmp_path / "Pulumi.dev.yaml").write_text("config: {aws:region: eu-west-1}\n")
    (tmp_path / "__main__.py").write_text(PROGRAM)
    return str(tmp_path)


def test_the_plan_goes_to_stdout_and_what_the_program_prints_to_stderr(
    project: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["preview", "dev", "--project", project]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "demo dev in eu-west-1",
        "└─ ec2 Vpc main  cidrBlock=10.0.0.0/16",
        "",
        "1 resource: no component 1",
        "",
        "Outputs:",
        "  vpcId: <unknown>",
        "",
        "No findings",
    ]
    assert err == "hello\n"


def test_json_is_the_plan_and_the_day_is_the_programs(project: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["preview", "dev", "--project", project, "--format", "json", "--today", "2027-01-02"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert list(plan) == [
        *("stack", "region", "resources", "outputs", "logs", "notes"),
        *("findings", "notChecked", "cost"),
    ]
    assert plan["resources"][0]["inputs"] == {"cidrBlock": "10.0.0.0/16", "tags": {"day": "2027-01-02"}}


def test_stack_files_may_lie_elsewhere(
    project: str, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tmp_path_factory.mktemp("stacks")
    (elsewhere / "Pulumi.qa.yaml").write_text("")
    assert run(["preview", "qa", "--project", project, "--stack-dir", str(elsewhere)]) == 0
    assert capsys.readouterr().out.startswith("demo qa\n")


def test_bad_input_exits_2_and_writes_nothing_to_stdout(project: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["preview", "qa", "--project", project]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        f"error: unknown stack 'qa': there is no {Path(project) / 'Pulumi.qa.yaml'}; stacks that exist: dev\n"
    )


def test_settings_that_the_program_refuses_are_all_told(project: str, capsys: pytest.CaptureFixture[str]) -> None:
    refusing = "class Bad(Exception):\n    problems = ['a: got 1', 'b: got 2']\nraise Bad\n"
    (Path(project) / "__main__.py").write_text(refusing)
    assert run(["preview", "dev", "--project", project]) == 2
    assert capsys.readouterr() == ("", "error: a: got 1\nerror: b: got 2\n")
