"""What a program finds around it, and what it leaves behind: nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.offline.conftest import RunProgram


def test_the_program_gets_the_date_and_nothing_of_an_account(
    run_program: RunProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_PROFILE", "PULUMI_K8S_SUPPRESS_HELM_HOOK_WARNINGS", "KUBECONFIG"):
        monkeypatch.setenv(name, "mine")
    program = """
        import os, pulumi
        for name in ("AWS_PROFILE", "PULUMI_K8S_SUPPRESS_HELM_HOOK_WARNINGS", "KUBECONFIG", "EKS_FARGATE_TODAY"):
            pulumi.export(name, os.environ.get(name, "unset"))
    """
    assert run_program(program).outputs == {
        "AWS_PROFILE": "unset",
        "PULUMI_K8S_SUPPRESS_HELM_HOOK_WARNINGS": "unset",
        "KUBECONFIG": "unset",
        "EKS_FARGATE_TODAY": "2026-11-21",
    }
    assert os.environ["AWS_PROFILE"] == "mine"
    assert "EKS_FARGATE_TODAY" not in os.environ


def test_the_process_is_left_as_it_was(run_program: RunProgram) -> None:
    before = Path.cwd(), list(sys.path), sys.stdout
    plan = run_program("import shapes\nimport os\nprint(os.getcwd())\n", shapes="SIDE = 3\n")
    assert (Path.cwd(), list(sys.path), sys.stdout) == before
    assert "shapes" not in sys.modules
    assert plan.printed.endswith("\n")


def test_a_folder_that_is_no_package_hides_no_module(run_program: RunProgram, tmp_path: Path) -> None:
    (tmp_path / "pulumi").mkdir()
    assert run_program("import pulumi\npulumi.export('a', 1)\n").outputs == {"a": 1}


def test_a_program_imports_its_own_projects_modules(run_program: RunProgram) -> None:
    program = "import pulumi\nfrom eks_fargate import mark\npulumi.export('mark', mark)\n"
    ours = sys.modules["eks_fargate"]
    assert run_program(program, eks_fargate="mark = 'of the other revision'\n").outputs == {
        "mark": "of the other revision"
    }
    assert sys.modules["eks_fargate"] is ours
