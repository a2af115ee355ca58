from __future__ import annotations

import pytest

from eks_fargate.fargate.rules.base import Fail, Undetermined
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.compliant import IN_USE, on_plan, plan, profile, resource, stack_of

RULE = "vpc-dns-enabled"
VPC = "aws:ec2/vpc:Vpc"
ON = {"enableDnsSupport": True, "enableDnsHostnames": True}


def test_a_vpc_with_dns_on_passes() -> None:
    assert on_plan(RULE, stack_of(plan())) == []


@pytest.mark.parametrize(
    ("inputs", "key"),
    [
        ({"enableDnsSupport": True}, "enableDnsHostnames"),
        ({**ON, "enableDnsHostnames": False}, "enableDnsHostnames"),
        ({**ON, "enableDnsSupport": False}, "enableDnsSupport"),
    ],
)
def test_a_vpc_with_dns_off_fails(inputs: dict[str, bool], key: str) -> None:
    resources = {**plan(), "vpc": resource("vpc", VPC, inputs)}
    message = f"{key} is off; Fargate pods cannot reach the cluster by name"
    assert on_plan(RULE, stack_of(resources)) == [("vpc", Fail(key, message, f"Set {key} to true."))]


def test_dns_support_is_on_unless_said_otherwise() -> None:
    resources = {**plan(), "vpc": resource("vpc", VPC, {"enableDnsHostnames": True})}
    assert on_plan(RULE, stack_of(resources)) == []


def test_a_value_not_known_is_undetermined() -> None:
    resources = {**plan(), "vpc": resource("vpc", VPC, {**ON, "enableDnsHostnames": UNKNOWN})}
    ((urn, verdict),) = on_plan(RULE, stack_of(resources))
    assert urn == "vpc"
    assert isinstance(verdict, Undetermined)
    assert verdict.path == "enableDnsHostnames"


def test_a_vpc_without_profiles_is_not_judged() -> None:
    resources = {**plan(), "other": resource("other", VPC, {})}
    assert on_plan(RULE, stack_of(resources)) == []


def test_a_given_vpc_is_undetermined_once() -> None:
    given = {key: urns for key, urns in IN_USE.items() if key != "subnetIds"}
    resources = plan()
    resources["profile-a"] = profile("profile-a", behind=given, subnetIds=["subnet-0123456789abcdef0"])
    resources["profile-b"] = profile("profile-b", behind=given, subnetIds=["subnet-0123456789abcdef0"])
    message = "the plan does not make all of the subnets, and whether DNS is on in their VPC is not known"
    fix = "Run `eks-fargate preflight`, which reads the VPC from AWS."
    assert on_plan(RULE, stack_of(resources)) == [("profile-a", Undetermined("subnetIds", message, fix))]
