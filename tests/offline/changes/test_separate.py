"""The program of another revision, in a process of its own."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from eks_fargate.offline.changes import separate
from eks_fargate.offline.changes.revision import RevisionError, unpacked
from eks_fargate.offline.changes.separate import plan_at
from eks_fargate.offline.plan import Plan
from tests.offline.repositories import Repository, repository

TODAY = datetime.date(2026, 11, 21)

PlanOf = Callable[[str], Plan | None]


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return repository(tmp_path / "repo")


@pytest.fixture
def plan_of(repo: Repository) -> PlanOf:
    """Commit a program and give the plan that the process of its own hands over."""

    def plan(program: str) -> Plan | None:
        repo.program(program)
        repo.commit()
        with unpacked(repo.project, "HEAD") as revision:
            return plan_at(revision, "dev", TODAY, None)

    return plan


def problems(plan_of: PlanOf, program: str) -> tuple[str, ...]:
    with pytest.raises(RevisionError) as caught:
        plan_of(program)
    return caught.value.problems


def test_it_finds_its_own_modules_and_nothing_of_this_environment(
    repo: Repository, plan_of: PlanOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "mine")
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    repo.write(eks_fargate__py="mark = 'of the revision'\n")
    plan = plan_of(
        """
        import os, sys, pulumi
        import eks_fargate
        print("not in between")
        os.system("echo nor this")
        pulumi.export("mark", eks_fargate.mark)
        pulumi.export("variables", sorted(os.environ))
        pulumi.export("home", os.listdir(os.path.expanduser("~")))
        pulumi.export("elsewhere", "/elsewhere" in sys.path)
        pulumi.export("today", os.environ["EKS_FARGATE_TODAY"])
        """
    )
    assert plan is not None
    assert dict(plan.outputs) == {
        "mark": "of the revision",
        "variables": ["EKS_FARGATE_TODAY", "HOME", "LC_ALL", "PATH", "TMPDIR"],
        "home": [],
        "elsewhere": False,
        "today": "2026-11-21",
    }


def test_a_module_that_the_revision_does_not_have_is_not_found_here(plan_of: PlanOf) -> None:
    assert problems(plan_of, "import stacks.settings\n") == (
        "at HEAD: __main__.py:1: ModuleNotFoundError: No module named 'stacks'",
    )


def test_all_problems_of_its_settings_are_told_as_its_own(plan_of: PlanOf) -> None:
    refusing = "class Bad(Exception):\n    problems = ['a: got 1', 'b: got 2']\nraise Bad\n"
    assert problems(plan_of, refusing) == ("at HEAD: a: got 1", "at HEAD: b: got 2")


def test_a_malformed_project_file_is_told_without_the_scratch_folder(repo: Repository) -> None:
    repo.write(Pulumi__yaml="name: demo\nruntime: nodejs\nmain: nowhere\n")
    repo.commit()
    with unpacked(repo.project, "HEAD") as revision, pytest.raises(RevisionError) as caught:
        plan_at(revision, "dev", TODAY, None)
    assert caught.value.problems == (
        "at HEAD: Pulumi.yaml: runtime: got 'nodejs': only `python` programs run offline",
        "at HEAD: nowhere/__main__.py: no such file: Pulumi runs this program",
    )


def test_a_revision_without_the_stack_has_no_plan(repo: Repository) -> None:
    with unpacked(repo.project, "HEAD") as revision:
        assert plan_at(revision, "prod", TODAY, None) is None


def test_a_revision_without_the_project_has_no_plan(repo: Repository) -> None:
    (repo.project / "Pulumi.yaml").unlink()
    repo.commit()
    with unpacked(repo.project, "HEAD") as revision:
        assert plan_at(revision, "dev", TODAY, None) is None


def test_stack_files_may_lie_elsewhere(repo: Repository, tmp_path: Path) -> None:
    stacks = tmp_path / "stacks"
    stacks.mkdir()
    (stacks / "Pulumi.qa.yaml").write_text("config: {aws:region: us-east-1}\n")
    with unpacked(repo.project, "HEAD") as revision:
        plan = plan_at(revision, "qa", TODAY, stacks)
    assert plan is not None
    assert plan.region == "us-east-1"


def test_a_process_that_dies_is_said_to(plan_of: PlanOf) -> None:
    assert problems(plan_of, "import os\nos._exit(3)\n") == (
        "at HEAD: the process that ran the program ended without a plan",
    )


def test_a_program_that_does_not_end_is_given_up(plan_of: PlanOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(separate, "_TIMEOUT_SECONDS", 0.05)
    assert problems(plan_of, "while True: pass\n") == ("at HEAD: the program did not end within 0.05 seconds",)


def test_a_plan_that_is_too_large_is_not_read(plan_of: PlanOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(separate, "_MOST_BYTES", 0)
    assert problems(plan_of, "") == ("at HEAD: the plan is larger than 0 MiB",)
