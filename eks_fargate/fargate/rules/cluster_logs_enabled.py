"""cluster-logs-enabled: the control plane writes the log that tells who did what."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resource_types import CLUSTER
from eks_fargate.fargate.rules.aws import PlannedRule
from eks_fargate.fargate.rules.base import Fail, Verdict, each, not_known
from eks_fargate.fargate.rules.control_planes import CLUSTER_COMPONENT, setting
from eks_fargate.fargate.stack import Planned
from eks_fargate.fargate.unknown import UNKNOWN

_NEEDED = "audit"


def _check(planned: Planned) -> Iterator[Verdict]:
    path, logs = setting(planned.resource, "logs")
    types = [type_ for _, type_ in each(logs, path)]
    if _NEEDED in types:
        return
    if UNKNOWN in types:
        yield not_known(path, f"whether the control plane writes its {_NEEDED} log")
    else:
        yield Fail(path, f"the control plane writes no {_NEEDED} log", f"Add {_NEEDED} to the log types.")


rule = PlannedRule(
    id="cluster-logs-enabled",
    group="F",
    level=Level.WARNING,
    statement="The control plane writes its audit log.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/eks-controls.html#eks-8",
    check=_check,
    types=(CLUSTER,),
    components=(CLUSTER_COMPONENT,),
    alone=True,
)
