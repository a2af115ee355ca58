"""How long `eks-fargate check` takes: medians over new processes, of one environment and of all.

Usage: python tools/bench/check.py [RUNS]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from eks_fargate.offline.project import stack_names

ROOT = Path(__file__).parents[2]


def seconds(stacks: Sequence[str]) -> float:
    """The seconds on the clock that a check of `stacks` takes in a new process. Raises RuntimeError where it fails."""
    command = [str(Path(sys.executable).with_name("eks-fargate")), "check", *stacks, "--format", "json"]
    start = time.perf_counter()
    code = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False).returncode
    if code != 0:
        msg = f"check {' '.join(stacks)} exits {code}"
        raise RuntimeError(msg)
    return time.perf_counter() - start


def main() -> None:
    """Print a line for each environment, and one for all; one run of each comes first and is not counted."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    names = stack_names(ROOT)
    for stacks in (*((name,) for name in names), names):
        seconds(stacks)
        print(f"{' '.join(stacks):20} {statistics.median(seconds(stacks) for _ in range(runs)):5.2f} s")


if __name__ == "__main__":
    main()
