"""Runs the program of another revision in a process of its own: it brings its own version of every module."""

from __future__ import annotations

import contextlib
import datetime
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from eks_fargate.offline.changes.handover import read_plan
from eks_fargate.offline.changes.revision import Revision, RevisionError
from eks_fargate.offline.errors import OfflineError
from eks_fargate.offline.plan import Plan
from eks_fargate.offline.project import stack_names

_TIMEOUT_SECONDS = 90.0
_MOST_BYTES = 64 * 1024 * 1024


def plan_at(revision: Revision, stack: str, today: datetime.date, stack_dir: Path | None) -> Plan | None:
    """The plan of the revision; None where it does not have the stack, or the project, yet."""
    if not (revision.project_dir / "Pulumi.yaml").is_file():
        return None
    try:
        if stack not in stack_names(revision.project_dir, stack_dir):
            return None
        return read_plan(_handed_over(revision, stack, today, stack_dir))
    except OfflineError as error:
        problems = [problem.replace(f"{revision.tree}{os.sep}", "") for problem in error.problems]
        raise RevisionError([f"at {revision.name}: {problem}" for problem in problems]) from None


def _handed_over(revision: Revision, stack: str, today: datetime.date, stack_dir: Path | None) -> str:
    """What the process that runs the revision's program hands over."""
    # -I: neither this folder nor variables add to the import path; -B: nothing is compiled that is used once.
    command = [sys.executable, "-I", "-B", "-m", "eks_fargate.offline.changes", str(revision.project_dir), stack]
    command += [today.isoformat(), *([] if stack_dir is None else [str(stack_dir)])]
    with subprocess.Popen(
        command,
        cwd=revision.scratch,
        env=_variables(revision),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            assert process.stdout is not None
            text = _read(process.stdout)
        finally:
            # All of its group: the program may have started others. macOS denies it where all have ended already.
            with contextlib.suppress(PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
    if not text:
        raise RevisionError(["the process that ran the program ended without a plan"])
    return text


def _variables(revision: Revision) -> Mapping[str, str]:
    """A home without an account, and nothing of this process's environment but where programs are."""
    home = revision.scratch / "home"
    home.mkdir()
    return {"HOME": str(home), "TMPDIR": str(home), "PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}


def _read(pipe: IO[bytes]) -> str:
    """All that comes through a pipe, within limits of time and size."""
    ends = time.monotonic() + _TIMEOUT_SECONDS
    read = bytearray()
    while True:
        ready, _, _ = select.select([pipe], [], [], max(0.0, ends - time.monotonic()))
        if not ready:
            raise RevisionError([f"the program did not end within {_TIMEOUT_SECONDS:g} seconds"])
        chunk = os.read(pipe.fileno(), 65536)
        if not chunk:
            return read.decode()
        read += chunk
        if len(read) > _MOST_BYTES:
            raise RevisionError([f"the plan is larger than {_MOST_BYTES // 1024 // 1024} MiB"])
