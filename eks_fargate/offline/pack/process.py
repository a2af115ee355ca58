"""The process of a CrossGuard policy pack, started as Pulumi's language host starts it.

Source: https://github.com/pulumi/pulumi/blob/master/sdk/python/lib/pulumi/policy/__main__.py
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from eks_fargate.offline.errors import OfflineError

ENGINE: Final = "127.0.0.1:1"
"""The address that a pack is told for the engine's: the SDK reads it, and never calls it."""

_START_SECONDS = 30.0
_STOP_SECONDS = 5.0
_STDERR_SHOWN = 2000


class PackError(OfflineError):
    """The pack does not start, does not answer, refuses its configuration, or fails."""


@dataclass(frozen=True, slots=True)
class Run:
    """The stack that a pack is started for.

    config: full key -> text. environment: the variables of the pack's process, besides Pulumi's own; omitted: those of
    this process.
    """

    project: str
    stack: str
    config: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))


@dataclass(frozen=True, eq=False)
class PackProcess:
    """A pack's process. folder: where the pack is. port: on which it answers."""

    folder: Path
    port: int
    _stderr: IO[bytes]

    def says(self) -> str:
        """The end of what the pack wrote to stderr, as the end of a message."""
        return _tail(self._stderr)


@contextlib.contextmanager
def process_of(folder: Path, run: Run) -> Iterator[PackProcess]:
    """Start the policy pack in `folder` for a stack, and end it after the body. Raises PackError."""
    folder = folder.resolve()
    if not (folder / "PulumiPolicy.yaml").is_file():
        raise PackError([f"policy pack {folder}: there is no PulumiPolicy.yaml"])
    with tempfile.TemporaryFile() as stderr, _process(folder, run, stderr) as process:
        line = _first_line(process)
        if line is None or not line.isdigit():
            got = f"nothing within {_START_SECONDS:g} seconds" if line is None else repr(line.decode(errors="replace"))
            said = f"its first line of output is to be its port, got {got}{_tail(stderr)}"
            raise PackError([f"policy pack {folder} does not start: {said}"])
        yield PackProcess(folder, int(line), stderr)


@contextlib.contextmanager
def _process(folder: Path, run: Run, stderr: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    variables = {
        "PULUMI_ORGANIZATION": "organization",
        "PULUMI_PROJECT": run.project,
        "PULUMI_STACK": run.stack,
        "PULUMI_DRY_RUN": "true",
        "PULUMI_CONFIG": json.dumps(dict(run.config)),
    }
    # The pack prints its port without flushing: -u.
    command = [sys.executable, "-u", "-m", "pulumi.policy", ENGINE, str(folder)]
    process = subprocess.Popen(
        command, cwd=folder, env={**run.environment, **variables}, stdout=subprocess.PIPE, stderr=stderr
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _first_line(process: subprocess.Popen[bytes]) -> bytes | None:
    """The first line that the pack prints, None where it prints none in time.

    What else it prints is read away, so that it can go on.
    """
    lines: queue.Queue[bytes] = queue.Queue()

    def read() -> None:
        assert process.stdout is not None
        with process.stdout:
            lines.put(process.stdout.readline())
            for _ in process.stdout:
                pass

    threading.Thread(target=read, daemon=True).start()
    try:
        return lines.get(timeout=_START_SECONDS).strip()
    except queue.Empty:
        return None


def _tail(stderr: IO[bytes]) -> str:
    """The end of what the pack wrote to stderr, on lines of its own.

    Read by position: the pack writes through the same open file, whose offset must stay its own.
    """
    length = os.fstat(stderr.fileno()).st_size
    text = os.pread(stderr.fileno(), _STDERR_SHOWN, max(0, length - _STDERR_SHOWN)).decode(errors="replace").strip()
    return f"; it says:\n{text}" if text else ""
