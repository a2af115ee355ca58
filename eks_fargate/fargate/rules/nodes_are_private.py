"""nodes-are-private: no node stands in a subnet with a route to an internet gateway."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resource_types import NODE_GROUP
from eks_fargate.fargate.rules.aws import PlannedRule
from eks_fargate.fargate.rules.base import Verdict
from eks_fargate.fargate.rules.node_groups import COMPONENTS, SELF_MANAGED_COMPONENTS
from eks_fargate.fargate.rules.private_subnets import public_subnets
from eks_fargate.fargate.stack import Planned


def _check(planned: Planned) -> Iterator[Verdict]:
    key = "nodeSubnetIds" if planned.resource.type in SELF_MANAGED_COMPONENTS else "subnetIds"
    return public_subnets(planned, "the node group", "its nodes are within reach of the internet", key)


rule = PlannedRule(
    id="nodes-are-private",
    group="F",
    level=Level.ERROR,
    statement="No node stands in a subnet with a route to an internet gateway.",
    source="https://docs.aws.amazon.com/eks/latest/best-practices/subnets.html",
    check=_check,
    types=(NODE_GROUP,),
    components=COMPONENTS,
)
