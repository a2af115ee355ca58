"""spread-is-ignored: every Fargate pod has a node of its own, so what arranges pods over nodes has no effect."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.rules.base import Fail, Verdict, not_known, read
from eks_fargate.fargate.rules.subjects import PodRule, PodSubject
from eks_fargate.fargate.unknown import UNKNOWN

_IGNORED = (
    ("topologySpreadConstraints",),
    ("affinity", "podAffinity"),
    ("affinity", "podAntiAffinity"),
    ("affinity", "nodeAffinity", "preferredDuringSchedulingIgnoredDuringExecution"),
)


def _check(subject: PodSubject) -> Iterator[Verdict]:
    for keys in _IGNORED:
        value = read(subject.pod.spec, *keys)
        if value is UNKNOWN:
            yield not_known(subject.at(*keys), f"whether the pod sets {keys[-1]}, which Fargate ignores")
        elif value:
            yield Fail(
                subject.at(*keys),
                f"{keys[-1]} is set, and Fargate ignores it",
                "Remove it. A pod goes to one profile, so to spread over zones evenly, give each zone a workload and a "
                "profile of one subnet.",
            )


rule = PodRule(
    id="spread-is-ignored",
    group="D",
    level=Level.WARNING,
    statement="No topologySpreadConstraints, no pod affinity or anti-affinity, no preferred node affinity.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html",
    check=_check,
)
