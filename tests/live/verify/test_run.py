"""All looks after deployment together, at an environment that was deployed, and at what can go wrong with it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from eks_fargate.live.checks import Report, State
from eks_fargate.live.demand import Demand
from eks_fargate.live.verify.run import verify
from tests.live.api_server import ApiServer
from tests.live.conftest import Live
from tests.live.in_cluster import healthy
from tests.live.telling import not_well, told

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
CALLS = 31
# What this environment is asked for, each once or more.
ASKED = {
    ("ec2", "DescribeInternetGateways"),
    ("ec2", "DescribeNatGateways"),
    ("ec2", "DescribeRouteTables"),
    ("ec2", "DescribeSubnets"),
    ("ec2", "DescribeVpcAttribute"),
    ("ec2", "DescribeVpcEndpoints"),
    ("eks", "DescribeAccessEntry"),
    ("eks", "DescribeAddon"),
    ("eks", "DescribeCluster"),
    ("eks", "DescribeFargateProfile"),
    ("eks", "DescribeNodegroup"),
    ("eks", "ListAccessEntries"),
    ("eks", "ListFargateProfiles"),
    ("eks", "ListNodegroups"),
    ("iam", "GetOpenIDConnectProvider"),
    ("iam", "GetRole"),
    ("iam", "ListAttachedRolePolicies"),
    ("kms", "DescribeKey"),
    ("kms", "GetKeyRotationStatus"),
    ("logs", "DescribeLogGroups"),
    ("sts", "GetCallerIdentity"),
}


@pytest.fixture
def inside(live: Live, api_server: ApiServer, demand: Demand) -> Live:
    """The environment with its API server, in which all is well."""
    live.cluster |= {"endpoint": api_server.url, "certificateAuthority": {"data": api_server.authority}}
    healthy(api_server, demand)
    return live


def looked(live: Live, demand: Demand) -> Report:
    return verify(live.account, demand, NOW)


def test_an_environment_as_planned_is_well_but_for_what_is_said_not_to_be_looked_at(
    inside: Live, demand: Demand
) -> None:
    report = looked(inside, demand)
    assert not_well(report.checks) == [
        ("not-checked", "alb-ingress-role"),
        ("not-checked", "1 x aws:ec2/launchTemplate:LaunchTemplate"),
        ("not-checked", "2 x aws:ec2/eip:Eip"),
        ("not-checked", "2 x aws:iam/rolePolicy:RolePolicy"),
    ]


def test_it_takes_one_pass_of_calls_and_the_questions_are_those_listed(inside: Live, demand: Demand) -> None:
    report = looked(inside, demand)
    assert set(inside.documented.asked) == ASKED
    assert report.calls == CALLS


def test_a_further_profile_that_nobody_planned_costs_one_call(inside: Live, demand: Demand) -> None:
    names = [one["fargateProfileName"] for one in _profiles(inside)]
    inside.documented.answers("eks", "ListFargateProfiles", {"fargateProfileNames": [*names, "zz-by-hand"]})
    inside.documented.answers("eks", "DescribeFargateProfile", lambda given: {"fargateProfile": _live(inside, given)})
    report = looked(inside, demand)
    # Its selectors are read once, since they decide where pods land.
    assert report.calls == CALLS + 1
    assert ("problem", "zz-by-hand") in not_well(report.checks)


def _profiles(live: Live) -> list[dict[str, Any]]:
    eks, name = live.environment.client("eks"), live.environment.name
    names = eks.list_fargate_profiles(clusterName=name)["fargateProfileNames"]
    return [eks.describe_fargate_profile(clusterName=name, fargateProfileName=one)["fargateProfile"] for one in names]


def _live(live: Live, given: Any) -> dict[str, Any]:
    found = {one["fargateProfileName"]: one for one in _profiles(live)}
    return found.get(given["fargateProfileName"], {"status": "ACTIVE", "selectors": [{"namespace": "by-hand"}]})


@pytest.mark.parametrize(("service", "operation"), sorted(ASKED))
def test_any_single_call_may_fail_and_is_told_and_no_problem_is_made_of_it(
    inside: Live, demand: Demand, service: str, operation: str
) -> None:
    inside.documented.fails(service, operation, "AccessDeniedException")
    report = looked(inside, demand)
    told = [check for check in report.checks if f"{service}:{operation} " in check.why]
    assert told
    assert {check.state for check in told} == {State.NOT_CHECKED}
    assert [check for check in report.checks if check.state is State.PROBLEM] == []


@pytest.mark.parametrize("code", ["ExpiredTokenException", "ThrottlingException", "ServerException"])
def test_a_cluster_that_cannot_be_asked_about_is_neither_well_nor_a_problem(
    inside: Live, demand: Demand, code: str
) -> None:
    inside.documented.fails("eks", "DescribeCluster", code)
    report = looked(inside, demand)
    assert {check.state for check in report.checks if check.area == "cluster"} == {State.NOT_CHECKED}
    assert not report.failed


def test_a_plan_that_attaches_to_what_stands_is_compared_by_ids(live: Live, attached: Demand) -> None:
    profile = {
        "status": "ACTIVE",
        "selectors": [{"namespace": "app-*"}],
        "subnets": ["subnet-0123456789abcdef0", "subnet-0123456789abcdef9"],
    }
    (planned,) = attached.profiles
    live.documented.answers("eks", "ListFargateProfiles", {"fargateProfileNames": [planned.name]})
    live.documented.answers("eks", "DescribeFargateProfile", {"fargateProfile": profile})
    check = told(looked(live, attached).checks, f"{planned.name}: subnets")
    assert check.planned == "subnet-0123456789abcdef0, subnet-0123456789abcdef1"
    assert check.actual == "subnet-0123456789abcdef0, subnet-0123456789abcdef9"


def test_a_cluster_that_does_not_exist_is_one_problem_and_nothing_of_it_is_well(live: Live, demand: Demand) -> None:
    for operation in ("DescribeCluster", "ListFargateProfiles", "ListNodegroups", "DescribeAddon"):
        live.documented.fails("eks", operation, "ResourceNotFoundException")
    report = looked(live, demand)
    assert report.failed
    well = {check.area for check in report.checks if check.state is State.OK}
    assert well == {"identity", "roles", "network", "log groups", "keys"}


def test_a_cluster_half_created_is_a_problem_and_its_api_is_not_checked(live: Live, demand: Demand) -> None:
    for key in ("endpoint", "certificateAuthority", "identity"):
        live.cluster.pop(key, None)
    live.cluster["status"] = "CREATING"
    found = not_well(looked(live, demand).checks)
    assert ("problem", "eks-fargate-whole") in found
    assert ("not-checked", "OIDC provider") in found
    assert ("not-checked", "eks-fargate-whole") in found


@pytest.mark.parametrize("status", [401, 403, 500])
def test_an_api_server_that_refuses_is_not_checked(
    inside: Live, api_server: ApiServer, demand: Demand, status: int
) -> None:
    api_server.statuses["/api/v1/pods"] = status
    report = looked(inside, demand)
    (check,) = [check for check in report.checks if check.area == "Kubernetes API"]
    assert check.state is State.NOT_CHECKED
    assert f"status {status}" in check.why


def test_an_api_server_that_cannot_be_reached_is_not_checked(live: Live, api_server: ApiServer, demand: Demand) -> None:
    live.cluster |= {"endpoint": "https://127.0.0.1:1", "certificateAuthority": {"data": api_server.authority}}
    report = looked(live, demand)
    (check,) = [check for check in report.checks if check.area == "Kubernetes API"]
    assert check.state is State.NOT_CHECKED
    assert check.why.startswith("GET /api/v1/pods could not be reached: run this inside the VPC")


def test_nothing_is_sent_to_the_api_server_but_lists(inside: Live, api_server: ApiServer, demand: Demand) -> None:
    looked(inside, demand)
    assert {method for method, _ in api_server.asked} == {"GET"}
    assert sorted(path for _, path in api_server.asked) == [
        "/api/v1/namespaces",
        "/api/v1/namespaces/aws-observability/configmaps",
        "/api/v1/nodes",
        "/api/v1/pods",
        "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations",
        "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations",
        "/apis/apps/v1/deployments",
        "/apis/discovery.k8s.io/v1/endpointslices",
    ]
