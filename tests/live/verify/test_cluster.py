"""The cluster beside the planned one."""

from __future__ import annotations

from typing import Any

import pytest

from eks_fargate.fargate.findings import Level
from eks_fargate.live.checks import State
from eks_fargate.live.demand import Demand
from eks_fargate.live.verify.cluster import cluster
from tests.live.conftest import Live
from tests.live.telling import not_well, told

NAME = "eks-fargate-whole"


def test_a_cluster_as_planned_is_well(live: Live, demand: Demand) -> None:
    assert not_well(cluster(live.account, demand)) == []


@pytest.mark.parametrize(
    ("setting", "change", "planned", "actual"),
    [
        ("version", {"version": "1.34"}, "1.35", "1.34"),
        ("authentication mode", {"accessConfig": {"authenticationMode": "CONFIG_MAP"}}, "API", "CONFIG_MAP"),
        ("encryption of", {"encryptionConfig": []}, "secrets", "none"),
        ("deletion protection", {"deletionProtection": True}, "off", "on"),
    ],
)
def test_drift_is_planned_beside_actual(  # noqa: PLR0913, PLR0917 - two fixtures and four values
    live: Live, demand: Demand, setting: str, change: dict[str, Any], planned: str, actual: str
) -> None:
    live.cluster |= change
    check = told(cluster(live.account, demand), f"{NAME}: {setting}")
    assert (check.state, check.level, check.planned, check.actual) == (State.PROBLEM, Level.ERROR, planned, actual)


@pytest.mark.parametrize(
    ("setting", "change", "planned", "actual"),
    [
        ("public access", {"endpointPublicAccess": False}, "on", "off"),
        ("private access", {"endpointPrivateAccess": False}, "on", "off"),
        ("public access CIDRs", {"publicAccessCidrs": ["0.0.0.0/0"]}, "203.0.113.0/24", "0.0.0.0/0"),
        ("subnets", {"subnetIds": ["subnet-gone"]}, "10.30.0.0/19, 10.30.32.0/19", "subnet-gone"),
    ],
)
def test_drift_of_the_endpoint_and_the_subnets_is_told(  # noqa: PLR0913, PLR0917 - two fixtures and four values
    live: Live, demand: Demand, setting: str, change: dict[str, Any], planned: str, actual: str
) -> None:
    live.cluster["resourcesVpcConfig"] |= change
    check = told(cluster(live.account, demand), f"{NAME}: {setting}")
    assert (check.state, check.planned, check.actual) == (State.PROBLEM, planned, actual)


def test_log_types_that_are_off_are_a_warning(live: Live, demand: Demand) -> None:
    live.cluster["logging"] = {"clusterLogging": [{"types": ["api"], "enabled": True}]}
    check = told(cluster(live.account, demand), f"{NAME}: log types")
    assert (check.level, check.planned, check.actual) == (Level.WARNING, "api, audit", "api")


def test_a_health_issue_is_a_problem_that_names_its_resources(live: Live, demand: Demand) -> None:
    live.cluster["health"] = {"issues": [{"code": "Ec2SubnetNotFound", "resourceIds": ["subnet-1"]}]}
    (check,) = [check for check in cluster(live.account, demand) if check.state is State.PROBLEM]
    assert (check.actual, check.why) == ("Ec2SubnetNotFound", "health issue of subnet-1")


def test_a_cluster_that_is_not_active_is_a_problem(live: Live, demand: Demand) -> None:
    live.cluster["status"] = "FAILED"
    check = told(cluster(live.account, demand), NAME)
    assert (check.state, check.planned, check.actual) == (State.PROBLEM, "ACTIVE", "FAILED")


def test_a_cluster_that_is_not_there_may_be_in_another_region(live: Live, demand: Demand) -> None:
    live.documented.fails("eks", "DescribeCluster", "ResourceNotFoundException")
    (check,) = cluster(live.account, demand)
    assert (check.state, check.why) == (State.PROBLEM, "there is no such cluster in us-east-1")
    assert check.fix == "run `pulumi up`, or correct aws:region"


def test_a_cluster_that_may_not_be_read_is_not_checked(live: Live, demand: Demand) -> None:
    live.documented.fails("eks", "DescribeCluster", "AccessDeniedException")
    assert not_well(cluster(live.account, demand)) == [("not-checked", NAME)]
