"""What there is to know of a comparison besides the resources."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from eks_fargate.offline.changes.against import Changes, changes_against
from eks_fargate.offline.changes.change import Op
from eks_fargate.offline.engine import run
from tests.offline.repositories import Repository, repository

TODAY = datetime.date(2026, 11, 21)


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return repository(tmp_path, under="infra")


def against_head(repo: Repository, *, stack_dir: Path | None = None) -> Changes:
    plan = run(repo.project, "dev", today=TODAY, stack_dir=stack_dir)
    return changes_against(repo.project, "dev", "HEAD", plan, TODAY, stack_dir=stack_dir)


def test_another_region_is_told_first(repo: Repository) -> None:
    repo.write(Pulumi__dev__yaml="config: {aws:region: us-east-1}\n", uv__lock="new")
    found = against_head(repo)
    assert [(change.op, change.resource.name) for change in found.resources] == [(Op.REPLACE, "main")]
    assert found.notes == (
        "aws:region goes from eu-west-1 to us-east-1: what is in the region is made anew in the other",
        (
            "infra/uv.lock differs: both programs ran with the packages that are installed now, so what other packages "
            "change is not shown"
        ),
    )


def test_another_name_of_the_project_makes_it_another_stack(repo: Repository) -> None:
    repo.write(Pulumi__yaml="name: other\nruntime: python\n")
    found = against_head(repo)
    assert [change.op for change in found.resources] == [Op.DELETE, Op.CREATE]
    assert found.notes == ("the project was called 'demo': to Pulumi this is another stack",)


def test_stack_files_in_another_folder_of_the_repository_are_those_of_the_revision(repo: Repository) -> None:
    stacks = repo.folder / "stacks"
    stacks.mkdir()
    (stacks / "Pulumi.dev.yaml").write_text("config: {aws:region: eu-west-1}\n")
    repo.commit()
    (stacks / "Pulumi.dev.yaml").write_text("config: {aws:region: us-east-1}\n")
    assert against_head(repo, stack_dir=stacks).count(Op.REPLACE) == 1
