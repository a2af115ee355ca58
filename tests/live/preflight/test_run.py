"""All looks before deployment together."""

from __future__ import annotations

import pytest

from eks_fargate.live.account import Account
from eks_fargate.live.checks import State
from eks_fargate.live.demand import Demand
from eks_fargate.live.failures import LiveError
from eks_fargate.live.operations import READ_ONLY
from eks_fargate.live.preflight.run import preflight
from tests.live.documented import Documented

ASKED = {
    ("cloudwatch", "GetMetricStatistics"),
    ("ec2", "DescribeAvailabilityZones"),
    ("ec2", "DescribeNatGateways"),
    ("ec2", "DescribeRegions"),
    ("ec2", "DescribeVpcPeeringConnections"),
    ("eks", "DescribeAddonVersions"),
    ("eks", "DescribeClusterVersions"),
    ("eks", "ListClusters"),
    ("iam", "GetRole"),
    ("iam", "SimulatePrincipalPolicy"),
    ("service-quotas", "GetServiceQuota"),
}


def test_the_areas_come_in_a_fixed_order(account: Account, demand: Demand) -> None:
    report = preflight(account, demand)
    assert report.title == "preflight of whole in us-east-1"
    assert list(dict.fromkeys(check.area for check in report.checks)) == [
        "identity",
        "zones",
        "version",
        "add-ons",
        "quotas",
        "addresses",
        "service-linked roles",
        "permissions",
    ]


def test_the_same_account_gives_the_same_report(account: Account, demand: Demand) -> None:
    first = preflight(account, demand)
    account.forget()
    assert preflight(account, demand) == first


def test_an_account_that_denies_everything_is_never_called_well(
    account: Account, documented: Documented, demand: Demand
) -> None:
    for service, operations in READ_ONLY.items():
        for operation in operations - {"GetCallerIdentity"}:
            documented.fails(service, operation, "AccessDeniedException")
    report = preflight(account, demand)
    assert not report.failed
    well = {check.area for check in report.checks if check.state is State.OK}
    # The size of subnets that are still to be made is known without AWS.
    assert well <= {"identity", "addresses"}
    assert report.strict().failed


@pytest.mark.parametrize(("service", "operation"), sorted(ASKED))
def test_any_single_call_may_fail_and_is_told(
    account: Account, documented: Documented, demand: Demand, service: str, operation: str
) -> None:
    documented.fails(service, operation, "AccessDeniedException")
    if operation == "GetMetricStatistics":
        metric = {"MetricNamespace": "AWS/Usage", "MetricName": "ResourceCount", "MetricDimensions": {}}
        quota = {"Quota": {"Value": 6.0, "UsageMetric": metric}}
        documented.answers("service-quotas", "GetServiceQuota", quota)
    report = preflight(account, demand)
    asked = f"{service}:{operation} "
    told = [check for check in report.checks if asked in check.why]
    assert told
    assert {check.state for check in told} == {State.NOT_CHECKED}


def test_credentials_that_are_refused_end_the_command_at_the_first_call(
    account: Account, documented: Documented, demand: Demand
) -> None:
    documented.fails("sts", "GetCallerIdentity", "InvalidClientTokenId")
    with pytest.raises(LiveError):
        preflight(account, demand)
    assert account.calls == 1
