"""no-host-namespaces: a Fargate pod shares no namespace with its host."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.rules.base import Fail, Verdict, not_known, read
from eks_fargate.fargate.rules.events import refused
from eks_fargate.fargate.rules.subjects import PodRule, PodSubject
from eks_fargate.fargate.unknown import UNKNOWN

# The field, and how the event names it.
_FIELDS = {"hostNetwork": "HostNetwork", "hostPID": "HostPID", "hostIPC": "HostIPC"}


def _check(subject: PodSubject) -> Iterator[Verdict]:
    values = {field: read(subject.pod.spec, field) for field in _FIELDS}
    on = [_FIELDS[field] for field, value in values.items() if value is True]
    for field, value in values.items():
        if value is UNKNOWN:
            yield not_known(subject.at(field), f"whether the pod sets {field}")
        elif value is True:
            yield Fail(
                subject.at(field),
                f"{field} is true, and Fargate shares no namespace of its host",
                f"Remove {field}, or run the pod on nodes.",
                refused(f"fields not supported: {', '.join(on)}"),
            )


rule = PodRule(
    id="no-host-namespaces",
    group="A",
    level=Level.ERROR,
    statement="hostNetwork, hostPID and hostIPC are off.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/fargate.html",
    check=_check,
)
