"""cluster-api-authentication: who may enter the cluster stands in access entries alone."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resource_types import CLUSTER
from eks_fargate.fargate.rules.aws import PlannedRule
from eks_fargate.fargate.rules.base import Fail, Verdict, not_known
from eks_fargate.fargate.rules.control_planes import CLUSTER_COMPONENT, setting
from eks_fargate.fargate.stack import Planned
from eks_fargate.fargate.unknown import UNKNOWN


def _check(planned: Planned) -> Iterator[Verdict]:
    path, mode = setting(planned.resource, "access")
    if mode is UNKNOWN:
        yield not_known(path, "whether the ConfigMap aws-auth gives access")
    elif mode != "API":
        yield Fail(
            path,
            f"authentication mode {mode}: whoever may write the ConfigMap aws-auth gives access",
            "Set authentication mode API, once every entry of aws-auth is an access entry. There is no way back.",
        )


rule = PlannedRule(
    id="cluster-api-authentication",
    group="F",
    level=Level.WARNING,
    statement="The authentication mode is API.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/grant-k8s-access.html",
    check=_check,
    types=(CLUSTER,),
    components=(CLUSTER_COMPONENT,),
    alone=True,
)
