"""What the policy pack costs: its start, each resource, and whole stacks of up to 1,000 resources.

Usage: python tools/bench/pack.py [RESOURCES]
"""

from __future__ import annotations

import datetime
import os
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from eks_fargate.fargate.resources import Resource
from eks_fargate.offline.engine import run
from eks_fargate.offline.gate import PACK, Asked, pack_config
from eks_fargate.offline.pack.analyzer import Pack, started
from eks_fargate.offline.pack.process import Run
from eks_fargate.offline.plan import Plan

ROOT = Path(__file__).parents[2]
STACK = "prod"
TODAY = datetime.date(2026, 11, 21)
STARTS = 5


def main() -> None:
    """Print a line for each figure."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    plan = run(ROOT, STACK, today=TODAY)
    config = pack_config(Asked(ROOT, TODAY), STACK)
    settings = Run(plan.project, STACK, {"aws:region": plan.region}, dict(os.environ))
    print(f"start, median of {STARTS}                   {statistics.median(_starts(settings)):7.3f} s")
    with started(PACK, settings) as pack:
        pack.configure(config)
        pack.analyze(plan.resources)
        shipped = _seconds(pack, plan.resources) / len(plan.resources)
        print(f"Remediate and Analyze, a resource of {STACK}  {shipped * 1000:7.2f} ms")
        many = _many(plan, wanted)
        start = time.perf_counter()
        pack.analyze_stack(many)
        print(f"AnalyzeStack of {len(many)} resources         {time.perf_counter() - start:7.3f} s")


def _starts(settings: Run) -> Iterator[float]:
    for _ in range(STARTS):
        start = time.perf_counter()
        with started(PACK, settings):
            yield time.perf_counter() - start


def _seconds(pack: Pack, resources: tuple[Resource, ...]) -> float:
    start = time.perf_counter()
    pack.analyze_each(resources)
    return time.perf_counter() - start


def _many(plan: Plan, wanted: int) -> list[Resource]:
    """The plan with applications beside it: Deployments of different names, `wanted` resources in all."""
    labels = {"app": "web"}
    requests = {"cpu": "250m", "memory": "512Mi"}
    container = {
        "name": "web",
        "image": "registry.example/web:1.0",
        "resources": {"requests": requests, "limits": requests},
    }
    type_ = "kubernetes:apps/v1:Deployment"
    whole = Resource(
        urn=f"urn:pulumi:{STACK}::{plan.project}::{type_}::web",
        type=type_,
        name="web",
        parent=f"urn:pulumi:{STACK}::{plan.project}::pulumi:pulumi:Stack::{plan.project}-{STACK}",
        inputs={
            "metadata": {"name": "web", "namespace": "app-web"},
            "spec": {
                "selector": {"matchLabels": labels},
                "template": {"metadata": {"labels": labels}, "spec": {"containers": [container]}},
            },
        },
    )
    names = [f"web-{number}" for number in range(wanted - len(plan.resources))]
    return [
        *plan.resources,
        *(
            replace(
                whole,
                urn=f"{whole.urn}-{name}",
                name=name,
                inputs={**whole.inputs, "metadata": {"name": name, "namespace": "app-web"}},
            )
            for name in names
        ),
    ]


if __name__ == "__main__":
    main()
