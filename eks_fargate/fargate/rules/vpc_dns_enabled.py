"""vpc-dns-enabled: the VPC of the profiles has DNS support and DNS hostnames on."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resource_types import PROFILE, VPC
from eks_fargate.fargate.rules.aws import PlannedRule
from eks_fargate.fargate.rules.base import Fail, Undetermined, Verdict, not_known
from eks_fargate.fargate.rules.planned_profiles import has_given_subnets, planned_subnets
from eks_fargate.fargate.stack import Planned
from eks_fargate.fargate.unknown import UNKNOWN

# What EC2 takes where an input is left out: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html
_DEFAULTS = {"enableDnsHostnames": False, "enableDnsSupport": True}


def _check(planned: Planned) -> Iterator[Verdict]:
    resource, stack = planned.resource, planned.stack
    profiles = stack.of_type(PROFILE)
    if resource.type == PROFILE:
        if resource is next((one for one in profiles if has_given_subnets(one, stack)), None):
            yield Undetermined(
                "subnetIds",
                "the plan does not make all of the subnets, and whether DNS is on in their VPC is not known",
                "Run `eks-fargate preflight`, which reads the VPC from AWS.",
            )
    elif any(
        resource in stack.behind(one, "vpcId") for profile in profiles for one in planned_subnets(profile, stack)[0]
    ):
        for key, default in _DEFAULTS.items():
            value = resource.inputs.get(key, default)
            if value is UNKNOWN:
                yield not_known(key, "whether Fargate pods can reach the cluster by name")
            elif value is not True:
                yield Fail(key, f"{key} is off; Fargate pods cannot reach the cluster by name", f"Set {key} to true.")


rule = PlannedRule(
    id="vpc-dns-enabled",
    group="B",
    level=Level.ERROR,
    statement="DNS support and DNS hostnames are on in the VPC of the profiles.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/fargate.html",
    check=_check,
    types=(VPC, PROFILE),
)
