"""cluster-private-access: where public access is limited by CIDR, pods and nodes reach the control plane privately."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resource_types import CLUSTER
from eks_fargate.fargate.rules.aws import PlannedRule
from eks_fargate.fargate.rules.base import Fail, Verdict, not_known
from eks_fargate.fargate.rules.control_planes import CLUSTER_COMPONENT, is_open, setting
from eks_fargate.fargate.stack import Planned
from eks_fargate.fargate.unknown import UNKNOWN


def _check(planned: Planned) -> Iterator[Verdict]:
    path, private = setting(planned.resource, "private")
    public_path, public = setting(planned.resource, "public")
    cidrs_path, cidrs = setting(planned.resource, "cidrs")
    opened = is_open(cidrs)
    if public is False or opened is True or private is True:
        return
    for unknown, value in ((path, private), (public_path, public), (cidrs_path, opened)):
        if value is UNKNOWN:
            yield not_known(unknown, "whether pods and nodes can reach the control plane")
            return
    yield Fail(
        path,
        "public access is limited by CIDR and private access is off, so pods and nodes reach the control plane only if "
        "the CIDRs hold their NAT addresses, which are not known before deployment",
        "Turn private access on.",
    )


rule = PlannedRule(
    id="cluster-private-access",
    group="F",
    level=Level.ERROR,
    statement="Private access is on where public access is limited by CIDR.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html",
    check=_check,
    types=(CLUSTER,),
    components=(CLUSTER_COMPONENT,),
    alone=True,
)
