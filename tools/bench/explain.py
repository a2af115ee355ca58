"""What `eks-fargate explain` costs on many Deployments: processor time in all and by part, and peak memory.

Usage: python tools/bench/explain.py [DEPLOYMENTS...]
"""

from __future__ import annotations

import gc
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from eks_fargate.cli.arguments import Format
from eks_fargate.cli.explain import formatted
from eks_fargate.cli.explain_cluster import ClusterAsked
from eks_fargate.fargate.explain import explain
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.profiles import Profile, Selector
from eks_fargate.fargate.rules.base import DEFAULT_LEVELS
from eks_fargate.fargate.world import World
from eks_fargate.offline.manifests import read_manifests

T = TypeVar("T")

WEB: Final = Path(__file__).parents[2] / "examples" / "shop" / "web.yaml"
PROFILES: Final = '{"fargateProfileName": "apps", "selectors": [{"namespace": "app-*"}]}'
WORLD: Final = World(
    data_plane=DataPlane.FARGATE,
    kubernetes_version=(1, 35),
    today=date(2026, 11, 21),
    profiles=(Profile("apps", (Selector("app-*"),)),),
    region="us-east-1",
)


def stream(count: int) -> str:
    """A stream of as many Deployments, of which every fourth has findings."""
    deployment = WEB.read_text(encoding="utf-8").partition("\n---")[0]
    worse = deployment.replace("cpu: 500m", "gpu: 1").replace("ALL]", "ALL]\n              add: [SYS_PTRACE]")
    return "\n---\n".join(
        (deployment if number % 4 else worse).replace("name: web", f"name: web-{number}") for number in range(count)
    )


def timed(what: Callable[[], T]) -> tuple[T, float]:
    """What a call returns, and the processor time that it takes."""
    start = time.process_time()
    made = what()
    return made, time.process_time() - start


def parts(text: str) -> tuple[float, float, float]:
    """Processor seconds of reading, of explaining, of writing."""
    read, reading = timed(lambda: read_manifests(["-"], io.BytesIO(text.encode())))
    found, explaining = timed(lambda: explain(read.objects, WORLD))
    cluster = ClusterAsked(WORLD, DEFAULT_LEVELS, "a benchmark")
    _, writing = timed(lambda: formatted(found, cluster, Format.TEXT))
    return reading, explaining, writing


def whole(text: str) -> tuple[float, float]:
    """Processor seconds and peak MiB of the command in a process of its own. Raises RuntimeError where it fails."""
    with tempfile.TemporaryDirectory() as folder:
        manifests, profiles = Path(folder, "manifests.yaml"), Path(folder, "profiles.json")
        manifests.write_text(text, encoding="utf-8")
        profiles.write_text(PROFILES, encoding="utf-8")
        command = [str(Path(sys.executable).with_name("eks-fargate")), "explain", str(manifests)]
        command += ["--profiles", str(profiles), "--region", "us-east-1"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 1:
        msg = f"explain exits {process.returncode}"
        raise RuntimeError(msg)
    # Linux counts ru_maxrss in KiB: https://man7.org/linux/man-pages/man2/getrusage.2.html
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    """Print a line for each number of Deployments."""
    gc.disable()
    parts(stream(1))
    for count in [int(argument) for argument in sys.argv[1:]] or [5_000, 50_000]:
        text = stream(count)
        seconds, peak_mib = whole(text)
        reading, explaining, writing = parts(text)
        print(
            f"{count:6} Deployments, {len(text) / 2**20:4.1f} MiB  {seconds:5.2f} s CPU  {peak_mib:4.0f} MiB  "
            f"(read {reading:.2f} s, explain {explaining:.2f} s, write {writing:.2f} s)"
        )


if __name__ == "__main__":
    main()
