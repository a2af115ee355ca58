"""default-namespace-unused: workloads live in namespaces of their own, by which profiles tell them apart."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.rules.base import Fail, Verdict, not_known
from eks_fargate.fargate.rules.subjects import PodRule, PodSubject
from eks_fargate.fargate.unknown import UNKNOWN


def _check(subject: PodSubject) -> Iterator[Verdict]:
    if subject.pod.namespace is UNKNOWN:
        yield not_known("metadata.namespace", "whether the workload is in the namespace default")
    elif subject.pod.namespace == "default":
        yield Fail(
            "metadata.namespace",
            "the workload is in the namespace default, which whatever names no namespace shares",
            "Set metadata.namespace to a namespace of its own.",
        )


rule = PodRule(
    id="default-namespace-unused",
    group="E",
    level=Level.WARNING,
    statement="No workload is in the namespace default.",
    source="https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",
    check=_check,
)
