"""The tree of another git revision, unpacked into a scratch folder: the work tree and the index are left alone."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tarfile
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eks_fargate.offline.errors import OfflineError

LOCK_FILES = (
    "Pipfile.lock",
    "constraints.txt",
    "poetry.lock",
    "pylock.toml",
    "requirements.lock",
    "requirements.txt",
    "uv.lock",
)
"""Files that say which packages a program runs with."""

_TIMEOUT_SECONDS = 60
_NEEDED = ("HOME", "PATH", "XDG_CONFIG_HOME")
# Neither a question nor a download: what a partial clone or Git LFS lacks stays out.
_GIT_VARIABLES = {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
_WITHOUT_LFS = ("filter.lfs.smudge=", "filter.lfs.process=", "filter.lfs.required=false")


class RevisionError(OfflineError):
    """There is no such revision to compare with, or its program cannot be run."""


@dataclass(frozen=True, slots=True)
class Revision:
    """An unpacked revision.

    name: as it was asked for. commit: its full id. scratch: a private folder, deleted at the end. tree: the files of
    the repository. project_dir: the project's folder in it, which need not exist. top: the present repository's folder.
    """

    name: str
    commit: str
    scratch: Path
    tree: Path
    project_dir: Path
    top: Path

    def here(self, path: Path) -> Path:
        """Where a file or folder of the present repository is in this revision; one from elsewhere is where it is."""
        resolved = path.resolve()
        return self.tree / resolved.relative_to(self.top) if resolved.is_relative_to(self.top) else resolved


@contextlib.contextmanager
def unpacked(project_dir: Path, name: str) -> Iterator[Revision]:
    """Unpack the revision `name` of the repository that the project is in, for the time of the body.

    Raises RevisionError where that is no repository or no revision; a shallow clone is told what to fetch. Files that
    `.gitattributes` marks `export-ignore`, submodules, and links out of the tree are left out.
    """
    top = Path(_git(project_dir, "rev-parse", "--show-toplevel").strip())
    commit = _commit(project_dir, name)
    with _terminable(), tempfile.TemporaryDirectory(prefix="eks-fargate-", ignore_cleanup_errors=True) as folder:
        scratch = Path(folder).resolve()
        tree = scratch / "tree"
        archive = scratch / "tree.tar"
        settings = [part for setting in _WITHOUT_LFS for part in ("-c", setting)]
        _git(top, *settings, "archive", "--format=tar", f"--output={archive}", commit)
        with tarfile.open(archive) as tar:
            tar.extractall(tree, filter=_within)
        archive.unlink()
        yield Revision(name, commit, scratch, tree, tree / project_dir.resolve().relative_to(top), top)


def changed_lock_files(project_dir: Path, revision: Revision) -> list[str]:
    """The files of `LOCK_FILES`, beside the project or above it in the repository, that the revision has otherwise."""
    project = project_dir.resolve()
    folders = [folder for folder in (project, *project.parents) if folder.is_relative_to(revision.top)]
    paths = [folder / name for folder in folders for name in LOCK_FILES]
    changed = [path for path in paths if _content(path) != _content(revision.here(path))]
    return sorted(path.relative_to(revision.top).as_posix() for path in changed)


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _within(member: tarfile.TarInfo, folder: str) -> tarfile.TarInfo | None:
    try:
        return tarfile.data_filter(member, folder)
    except tarfile.FilterError:
        return None


@contextlib.contextmanager
def _terminable() -> Iterator[None]:
    """Turn a request to terminate into an exception, so that what is to be cleaned up is."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _commit(project_dir: Path, name: str) -> str:
    try:
        # A name that begins with a hyphen is an option to some part of git, whatever stands before it.
        if not name.startswith("-"):
            return _git(
                project_dir, "rev-parse", "--quiet", "--verify", "--end-of-options", f"{name}^{{commit}}"
            ).strip()
    except RevisionError:
        if _git(project_dir, "rev-parse", "--is-shallow-repository").strip() == "true":
            problem = f"--against: this shallow clone does not have the revision {name!r}: {_fetch(name)}"
            raise RevisionError([problem]) from None
    msg = f"--against: {name!r} is no revision of the repository: give a branch, a tag or a commit that `git log` knows"
    raise RevisionError([msg])


def _fetch(name: str) -> str:
    """How to get a revision into a shallow clone. One commit of a whole id, or the tip of a name, can be had alone."""
    if re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", name):
        return f"run `git fetch --depth=1 origin {name}`"
    is_name = re.fullmatch(r"[\w./-]+", name) and name != "HEAD" and not re.fullmatch(r"[0-9a-f]{4,}", name)
    if is_name:
        return f"run `git fetch --depth=1 origin {name.removeprefix('origin/')}` and give `--against FETCH_HEAD`"
    return "run `git fetch --unshallow`"


def _git(folder: Path, *arguments: str) -> str:
    git = shutil.which("git")
    if git is None:
        raise RevisionError(["--against: there is no `git` on the PATH"])
    command = [git, "-C", str(folder), *arguments]
    variables = {name: os.environ[name] for name in _NEEDED if name in os.environ} | _GIT_VARIABLES
    try:
        done = subprocess.run(
            command,
            env=variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        msg = f"--against: `git {arguments[0]}` did not end within {_TIMEOUT_SECONDS} seconds"
        raise RevisionError([msg]) from None
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()
        raise RevisionError([f"--against: git says: {said[0] if said else 'nothing'} (in {folder})"])
    return done.stdout
