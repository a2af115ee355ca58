"""jobs-expire: a finished Job's pods keep their Fargate capacity, and its price, until the Job is deleted."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.rules.base import Fail, Verdict, not_known, read
from eks_fargate.fargate.rules.subjects import PodRule, PodSubject
from eks_fargate.fargate.unknown import UNKNOWN

# Helm deletes a hook's Job once it has succeeded where this says so.
# https://helm.sh/docs/topics/charts_hooks/#hook-deletion-policies
_HOOK_ANNOTATION = "helm.sh/hook-delete-policy"
_JOB_SPEC = {"Job": ("spec",), "CronJob": ("spec", "jobTemplate", "spec")}


def _check(subject: PodSubject) -> Iterator[Verdict]:
    keys = _JOB_SPEC.get(subject.pod.kind)
    if keys is None:
        return
    path = ".".join((*keys, "ttlSecondsAfterFinished"))
    seconds = read(subject.pod.manifest, *keys, "ttlSecondsAfterFinished")
    if seconds is UNKNOWN:
        yield not_known(path, "whether the finished Job is deleted")
    elif seconds is None and not _helm_deletes(subject):
        yield Fail(
            path,
            "ttlSecondsAfterFinished is not set, so a finished Job's pods stay and are paid for until it is deleted",
            "Set ttlSecondsAfterFinished, 60 for example.",
        )


def _helm_deletes(subject: PodSubject) -> bool:
    policy = read(subject.pod.manifest, "metadata", "annotations", _HOOK_ANNOTATION)
    return isinstance(policy, str) and "hook-succeeded" in policy


rule = PodRule(
    id="jobs-expire",
    group="D",
    level=Level.WARNING,
    statement="A Job sets ttlSecondsAfterFinished.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/fargate.html",
    check=_check,
)
