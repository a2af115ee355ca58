"""How long `eks-fargate preview` takes and how much memory: medians over new processes, for each stack.

Usage: python tools/bench/preview.py [RUNS]
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from eks_fargate.offline.project import stack_names

ROOT = Path(__file__).parents[2]


class Sample(NamedTuple):
    """One run: seconds on the clock, seconds of processor time, peak resident memory in MiB."""

    wall_seconds: float
    cpu_seconds: float
    peak_mib: float


def sample(stack: str) -> Sample:
    """Preview `stack` in a new process. Raises RuntimeError where it fails."""
    command = [str(Path(sys.executable).with_name("eks-fargate")), "preview", stack, "--format", "json"]
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        wall_seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        msg = f"preview {stack} exits {process.returncode}"
        raise RuntimeError(msg)
    # Linux counts ru_maxrss in KiB: https://man7.org/linux/man-pages/man2/getrusage.2.html
    return Sample(wall_seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def main() -> None:
    """Print a line for each stack; one run of each comes first and is not counted."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    for stack in stack_names(ROOT):
        sample(stack)
        columns = zip(*(sample(stack) for _ in range(runs)), strict=True)
        wall, cpu, peak = (statistics.median(column) for column in columns)
        print(f"{stack:10} {wall:5.2f} s  {cpu:5.2f} s CPU  {peak:4.0f} MiB")


if __name__ == "__main__":
    main()
