"""The tree of another git revision."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from eks_fargate.offline.changes.revision import RevisionError, changed_lock_files, unpacked
from tests.offline.repositories import repository


def refused(project: Path, name: str) -> tuple[str, ...]:
    with pytest.raises(RevisionError) as caught, unpacked(project, name):
        pass
    return caught.value.problems


def test_the_files_are_those_of_the_revision_and_the_work_tree_stays(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    first = repo.git("rev-parse", "HEAD").strip()
    repo.write(notes="new")
    repo.commit()
    repo.write(notes="newer", untracked="mine")
    before = repo.git("status", "--porcelain")
    with unpacked(tmp_path, "HEAD~1") as revision:
        assert revision.commit == first
        assert revision.project_dir == revision.tree
        assert sorted(path.name for path in revision.tree.iterdir()) == [
            "Pulumi.dev.yaml",
            "Pulumi.yaml",
            "__main__.py",
        ]
        scratch = revision.scratch
        assert scratch.stat().st_mode & 0o077 == 0
    assert not scratch.exists()
    assert repo.git("status", "--porcelain") == before


def test_a_project_may_lie_under_the_top_of_the_repository(tmp_path: Path) -> None:
    repo = repository(tmp_path, under="infra/eks")
    with unpacked(repo.project, "main") as revision:
        assert revision.project_dir == revision.tree / "infra" / "eks"
        assert (revision.project_dir / "Pulumi.yaml").is_file()
        assert revision.here(repo.project / "stacks") == revision.project_dir / "stacks"
        assert revision.here(Path("/elsewhere")) == Path("/elsewhere")


@pytest.mark.parametrize("name", ["nosuch", "--output=/tmp/owned", "-", "", "HEAD:Pulumi.yaml", "HEAD^{tree}", "a b"])
def test_what_is_no_commit_is_refused(tmp_path: Path, name: str) -> None:
    repository(tmp_path)
    assert refused(tmp_path, name) == (
        f"--against: {name!r} is no revision of the repository: give a branch, a tag or a commit that `git log` knows",
    )


def test_a_tag_and_a_short_commit_are_revisions(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    repo.git("tag", "v1")
    commit = repo.git("rev-parse", "HEAD").strip()
    for name in ("v1", commit[:8], "HEAD@{0}"):
        with unpacked(tmp_path, name) as revision:
            assert revision.commit == commit


@pytest.mark.parametrize(
    ("name", "fetch"),
    [
        ("HEAD~1", "run `git fetch --unshallow`"),
        ("origin/main", "run `git fetch --depth=1 origin main` and give `--against FETCH_HEAD`"),
        ("release/1.2", "run `git fetch --depth=1 origin release/1.2` and give `--against FETCH_HEAD`"),
        ("0123abc", "run `git fetch --unshallow`"),
        ("0" * 40, f"run `git fetch --depth=1 origin {'0' * 40}`"),
    ],
)
def test_a_shallow_clone_is_told_what_to_fetch(tmp_path: Path, name: str, fetch: str) -> None:
    repo = repository(tmp_path / "full")
    repo.write(notes="new")
    repo.commit()
    clone = tmp_path / "clone"
    source = (tmp_path / "full").as_uri()
    subprocess.run(["git", "clone", "--quiet", "--depth=1", "--branch=main", source, str(clone)], check=True)
    subprocess.run(["git", "-C", str(clone), "remote", "rename", "origin", "upstream"], check=True, capture_output=True)
    assert refused(clone, name) == (f"--against: this shallow clone does not have the revision {name!r}: {fetch}",)


def test_a_folder_outside_any_repository_is_refused(tmp_path: Path) -> None:
    (problem,) = refused(tmp_path, "HEAD")
    assert problem.startswith("--against: git says: fatal: not a git repository")
    assert problem.endswith(f"(in {tmp_path})")


def test_without_git_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refused(tmp_path, "HEAD") == ("--against: there is no `git` on the PATH",)


def test_variables_that_point_git_elsewhere_are_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(tmp_path / "here")
    repository(tmp_path / "there").write(notes="other")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "there" / ".git"))
    with unpacked(tmp_path / "here", "HEAD") as revision:
        assert revision.top == (tmp_path / "here").resolve()


def test_a_link_out_of_the_tree_is_left_out(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    (tmp_path / "passwords").symlink_to("/etc/passwd")
    (tmp_path / "inside").symlink_to("Pulumi.yaml")
    repo.commit()
    with unpacked(tmp_path, "HEAD") as revision:
        assert not (revision.tree / "passwords").is_symlink()
        assert (revision.tree / "inside").read_text() == (tmp_path / "Pulumi.yaml").read_text()


def test_lock_files_that_differ_are_named_wherever_they_count(tmp_path: Path) -> None:
    repo = repository(tmp_path, under="infra")
    repo.write(requirements__lock="pulumi==1\n", uv__lock="same")
    (tmp_path / "poetry.lock").write_text("a")
    repo.commit()
    repo.write(requirements__lock="pulumi==2\n", Pipfile__lock="new")
    (tmp_path / "poetry.lock").unlink()
    with unpacked(repo.project, "HEAD") as revision:
        assert changed_lock_files(repo.project, revision) == [
            "infra/Pipfile.lock",
            "infra/requirements.lock",
            "poetry.lock",
        ]


def test_an_error_within_leaves_nothing_behind(tmp_path: Path) -> None:
    repository(tmp_path)
    context = unpacked(tmp_path, "HEAD")
    scratch = context.__enter__().scratch
    assert context.__exit__(ZeroDivisionError, ZeroDivisionError(), None) is False
    assert not scratch.exists()


def test_a_process_that_is_told_to_terminate_leaves_nothing_behind(tmp_path: Path) -> None:
    repository(tmp_path / "repo")
    (tmp_path / "tmp").mkdir()
    program = (
        "import pathlib, sys, time\n"
        "from eks_fargate.offline.changes.revision import unpacked\n"
        "with unpacked(pathlib.Path(sys.argv[1]), 'HEAD') as revision:\n"
        "    print(revision.scratch, flush=True)\n"
        "    time.sleep(60)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "repo")]
    variables = {**os.environ, "TMPDIR": str(tmp_path / "tmp")}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=variables
    ) as process:
        assert process.stdout is not None
        assert Path(process.stdout.readline().strip()).is_dir()
        process.send_signal(signal.SIGTERM)
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_thread_of_its_own_may_unpack_too(tmp_path: Path) -> None:
    repository(tmp_path)
    found: list[bool] = []

    def look() -> None:
        with unpacked(tmp_path, "HEAD") as revision:
            found.append(revision.scratch.is_relative_to(Path(tempfile.gettempdir()).resolve()))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert found == [True]
