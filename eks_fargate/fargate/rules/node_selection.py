"""node-selector-is-met and linux-amd64-only: a Fargate pod asks for no node that Fargate does not have."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.rules.base import Fail, Verdict, not_known
from eks_fargate.fargate.rules.node_requirements import OPERATING_SYSTEM_OR_ARCHITECTURE, Asked, unmet
from eks_fargate.fargate.rules.subjects import PodRule, PodSubject
from eks_fargate.fargate.unknown import UNKNOWN


def _check_labels(subject: PodSubject) -> Iterator[Verdict]:
    for part in unmet(subject):
        if part.answer is UNKNOWN:
            if part.key not in OPERATING_SYSTEM_OR_ARCHITECTURE:
                yield not_known(part.path, "whether the pod asks for a label that Fargate nodes do not carry")
        elif part.key not in OPERATING_SYSTEM_OR_ARCHITECTURE:
            yield _wrong_label(part)


def _wrong_label(part: Asked) -> Fail:
    return Fail(
        part.path,
        f"the pod asks for a node with {part}, which no Fargate node has",
        "Remove it, or run the pod on nodes; a zone is asked for by topology.kubernetes.io/zone.",
    )


def _check_platform(subject: PodSubject) -> Iterator[Verdict]:
    for part in unmet(subject):
        if part.answer is UNKNOWN:
            if part.key is UNKNOWN or part.key in OPERATING_SYSTEM_OR_ARCHITECTURE:
                yield not_known(part.path, "whether the pod asks for arm64 or Windows")
        elif part.key in OPERATING_SYSTEM_OR_ARCHITECTURE:
            yield Fail(
                part.path,
                f"the pod asks for a node with {part}, and EKS on Fargate runs Linux on amd64 alone",
                "Build the image for linux/amd64 and remove the requirement, or run the pod on nodes.",
            )


node_selector_is_met = PodRule(
    id="node-selector-is-met",
    group="A",
    level=Level.ERROR,
    statement=(
        "No nodeSelector or required node affinity asks for a label that Fargate nodes do not carry; "
        "the zone label is one they do."
    ),
    source="https://github.com/aws/containers-roadmap/issues/1125",
    check=_check_labels,
)

linux_amd64_only = PodRule(
    id="linux-amd64-only",
    group="A",
    level=Level.ERROR,
    statement="No nodeSelector or required node affinity asks for arm64 or Windows.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/fargate.html",
    check=_check_platform,
)
