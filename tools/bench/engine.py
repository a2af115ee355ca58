"""How long an offline preview takes beside `pulumi preview` of the same stack, and the ratio of the two: medians.

The CLI has its file backend on this machine and providers that answer at once, so what it costs here it costs at least.

Usage: python tools/bench/engine.py [RUNS]
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT)]

from tests.engine.engine import Engine, project_copy  # noqa: E402
from tools.bench.preview import sample  # noqa: E402
from tools.pulumi.build import build, find_cli  # noqa: E402

STACKS = ("dev", "prod", "staging")


def real_preview(stack: str, folder: Path) -> Callable[[], float]:
    """Makes the stack; each call previews it and returns the seconds that took. Raises RuntimeError where it fails."""
    engine = Engine(find_cli() or build(), project_copy(folder), folder, folder)
    engine.run("stack", "init", stack, "--secrets-provider", "passphrase")

    def once() -> float:
        start = time.perf_counter()
        done = engine.run("preview", "--json")
        if done.failed:
            raise RuntimeError(done.output)
        return time.perf_counter() - start

    return once


def main() -> None:
    """Print a line for each stack; one run of each comes first and is not counted."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    for stack in STACKS:
        folder = Path(tempfile.mkdtemp())
        try:
            once = real_preview(stack, folder)
            once(), sample(stack)
            real = statistics.median(once() for _ in range(runs))
            offline = statistics.median(sample(stack).wall_seconds for _ in range(runs))
        finally:
            shutil.rmtree(folder)
        print(f"{stack:10} offline {offline:5.2f} s  pulumi preview {real:5.2f} s  ratio {real / offline:4.1f}")


if __name__ == "__main__":
    main()
