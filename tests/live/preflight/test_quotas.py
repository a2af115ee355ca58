"""Quotas and what is left of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from eks_fargate.live.account import Account
from eks_fargate.live.checks import Check, State
from eks_fargate.live.demand import Demand
from eks_fargate.live.preflight.quotas import quotas
from tests.live.documented import Documented
from tests.live.telling import not_well, told

METRIC = {
    "MetricNamespace": "AWS/Usage",
    "MetricName": "ResourceCount",
    "MetricDimensions": {"Class": "None", "Resource": "OnDemand", "Service": "Fargate", "Type": "Resource"},
}
VCPU = "Fargate On-Demand vCPU resource count"


def allowing(documented: Documented, **values: float) -> None:
    """Let Service Quotas allow 100 of everything, but for the codes given (L_... for L-...)."""

    def answer(parameters: Mapping[str, Any]) -> dict[str, Any]:
        code = parameters["QuotaCode"]
        quota = {"QuotaCode": code, "Value": values.get(code.replace("-", "_"), 100.0)}
        return {"Quota": quota | ({"UsageMetric": METRIC} if code == "L-3032A538" else {})}

    documented.answers("service-quotas", "GetServiceQuota", answer)


def using(documented: Documented, vcpu: float) -> None:
    documented.answers("cloudwatch", "GetMetricStatistics", {"Datapoints": [{"Maximum": vcpu}]})


@pytest.fixture
def roomy(documented: Documented) -> Documented:
    allowing(documented)
    using(documented, 2.0)
    # The stand-in fails with an error of its own where a cluster does not exist.
    for operation in ("ListFargateProfiles", "ListNodegroups"):
        documented.fails("eks", operation, "ResourceNotFoundException")
    return documented


def check_of(account: Account, demand: Demand, subject: str) -> Check:
    return told(quotas(account, demand), subject)


def test_a_plan_that_fits_has_headroom_everywhere(account: Account, roomy: Documented, demand: Demand) -> None:
    checks = quotas(account, demand)
    assert not_well(checks) == []
    assert {check.subject: check.planned for check in checks} == {
        "EKS clusters in the region": "1 more",
        "VPCs in the region": "1 more",
        "internet gateways in the region": "1 more",
        "Elastic IP addresses in the region": "2 more",
        "Fargate profiles per cluster": "3 more",
        "Managed node groups per cluster": "1 more",
        "NAT gateways in zone use1-az1": "1 more",
        "NAT gateways in zone use1-az2": "1 more",
        VCPU: "1 more",
    }


def test_the_vcpu_are_those_of_the_sizes_that_fargate_gives(
    account: Account, roomy: Documented, demand: Demand
) -> None:
    # CoreDNS and the load balancer controller, two pods of 0.25 vCPU each.
    check = check_of(account, demand, VCPU)
    assert (check.state, check.planned, check.actual) == (State.OK, "1 more", "2 used of 100")


def test_too_little_vcpu_is_a_problem(account: Account, roomy: Documented, demand: Demand) -> None:
    allowing(roomy, L_3032A538=2.5)
    check = check_of(account, demand, VCPU)
    assert (check.state, check.why) == (State.PROBLEM, "0.5 too many")
    assert check.fix == "ask Service Quotas for more of L-3032A538, or free some"


def test_vcpu_of_a_cluster_that_runs_already_may_be_counted_twice(
    account: Account, roomy: Documented, demand: Demand
) -> None:
    allowing(roomy, L_3032A538=2.5)
    roomy.answers("eks", "DescribeCluster", {"cluster": {"name": "eks-fargate-whole"}})
    check = check_of(account, demand, VCPU)
    assert check.state is State.UNKNOWN
    assert check.why == "0.5 too many, unless pods of this cluster, which run already, are counted twice in that"


def test_a_use_that_is_denied_is_not_checked(account: Account, roomy: Documented, demand: Demand) -> None:
    roomy.fails("cloudwatch", "GetMetricStatistics", "AccessDenied")
    check = check_of(account, demand, VCPU)
    assert (check.state, check.actual) == (State.NOT_CHECKED, "unknown used of 100")


def test_the_fifth_vpc_is_the_last_of_a_quota_of_five(account: Account, roomy: Documented, demand: Demand) -> None:
    allowing(roomy, L_F678F1CE=5.0)
    vpcs = [{"VpcId": f"vpc-{index}"} for index in range(5)]
    roomy.answers("ec2", "DescribeVpcs", {"Vpcs": vpcs[:4]})
    assert check_of(account, demand, "VPCs in the region").state is State.OK
    account.forget()
    roomy.answers("ec2", "DescribeVpcs", {"Vpcs": vpcs})
    check = check_of(account, demand, "VPCs in the region")
    assert (check.state, check.actual, check.why) == (State.PROBLEM, "5 used of 5", "1 too many")


def test_what_the_plan_has_made_already_is_not_counted_again(
    account: Account, roomy: Documented, demand: Demand
) -> None:
    allowing(roomy, L_F678F1CE=1.0)
    vpc = {"VpcId": "vpc-1", "Tags": [{"Key": "Name", "Value": "network-vpc"}]}
    roomy.answers("ec2", "DescribeVpcs", {"Vpcs": [vpc]})
    check = check_of(account, demand, "VPCs in the region")
    assert (check.state, check.planned) == (State.OK, "0 more")


def test_a_profile_stands_beside_the_one_that_it_replaces(account: Account, roomy: Documented, demand: Demand) -> None:
    allowing(roomy, L_33415657=10.0)
    roomy.answers("eks", "ListFargateProfiles", {"fargateProfileNames": [f"old-{index}" for index in range(8)]})
    check = check_of(account, demand, "Fargate profiles per cluster")
    assert (check.state, check.planned, check.actual) == (State.PROBLEM, "3 more", "8 used of 10")


def test_nat_gateways_are_counted_by_zone(account: Account, roomy: Documented, demand: Demand) -> None:
    allowing(roomy, L_FE5A380F=5.0)
    roomy.answers("ec2", "DescribeSubnets", {"Subnets": [{"SubnetId": "s", "AvailabilityZoneId": "use1-az2"}]})
    nat = {"SubnetId": "s", "State": "available"}
    gone = {"SubnetId": "s", "State": "deleted"}
    roomy.answers("ec2", "DescribeNatGateways", {"NatGateways": [nat] * 5 + [gone]})
    assert check_of(account, demand, "NAT gateways in zone use1-az1").state is State.OK
    check = check_of(account, demand, "NAT gateways in zone use1-az2")
    assert (check.state, check.actual) == (State.PROBLEM, "5 used of 5")


def test_without_service_quotas_the_default_is_shown_and_decides_nothing(
    account: Account, roomy: Documented, demand: Demand
) -> None:
    for operation in ("GetServiceQuota", "GetAWSDefaultServiceQuota"):
        roomy.fails("service-quotas", operation, "AccessDeniedException")
    check = check_of(account, demand, "Elastic IP addresses in the region")
    assert (check.state, check.actual) == (State.NOT_CHECKED, "0 used of 5")
    assert check.why == (
        "service-quotas:GetServiceQuota is not allowed to these credentials (AccessDeniedException); AWS's default is 5"
    )


def test_the_default_of_service_quotas_serves_where_no_quota_was_ever_applied(
    account: Account, roomy: Documented, demand: Demand
) -> None:
    roomy.fails("service-quotas", "GetServiceQuota", "NoSuchResourceException")
    roomy.answers("service-quotas", "GetAWSDefaultServiceQuota", {"Quota": {"Value": 3.0}})
    check = check_of(account, demand, "Elastic IP addresses in the region")
    assert (check.state, check.actual) == (State.OK, "0 used of 3")


def test_what_does_not_fit_even_without_what_is_used_is_a_problem(
    account: Account, roomy: Documented, demand: Demand
) -> None:
    allowing(roomy, L_3032A538=0.5)
    roomy.fails("cloudwatch", "GetMetricStatistics", "AccessDenied")
    check = check_of(account, demand, VCPU)
    assert check.state is State.PROBLEM
    assert check.why == (
        "cloudwatch:GetMetricStatistics is not allowed to these credentials (AccessDenied); 0.5 too many for that"
    )
