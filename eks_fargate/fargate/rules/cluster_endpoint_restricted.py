"""cluster-endpoint-restricted: the control plane does not answer the whole internet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resource_types import CLUSTER
from eks_fargate.fargate.rules.aws import PlannedRule
from eks_fargate.fargate.rules.base import Fail, Verdict, not_known
from eks_fargate.fargate.rules.control_planes import CLUSTER_COMPONENT, is_open, setting
from eks_fargate.fargate.stack import Planned
from eks_fargate.fargate.unknown import UNKNOWN


def _check(planned: Planned) -> Iterator[Verdict]:
    soft = not planned.stack.production
    public_path, public = setting(planned.resource, "public")
    path, cidrs = setting(planned.resource, "cidrs")
    opened = is_open(cidrs)
    if public is False or opened is False:
        return
    if UNKNOWN in (public, opened):
        unknown = public_path if public is UNKNOWN else path
        yield replace(not_known(unknown, "whether the public endpoint answers every address"), soft=soft)
    else:
        where = ", in production" if planned.stack.production else ""
        yield Fail(
            path,
            f"the public endpoint answers every address{where}",
            "List the CIDRs that need it, or turn public access off.",
            soft=soft,
        )


rule = PlannedRule(
    id="cluster-endpoint-restricted",
    group="F",
    level=Level.ERROR,
    statement="A public endpoint is limited to some CIDRs; where the environment is not production, a warning.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html",
    check=_check,
    types=(CLUSTER,),
    components=(CLUSTER_COMPONENT,),
    alone=True,
)
