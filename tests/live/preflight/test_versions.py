"""The Kubernetes version."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from eks_fargate.fargate.findings import Level
from eks_fargate.live.account import Account
from eks_fargate.live.checks import Check, State
from eks_fargate.live.demand import Demand
from eks_fargate.live.preflight.versions import versions
from tests.live.documented import Documented
from tests.live.telling import told


def listed(documented: Documented, status: str, version: str = "1.35") -> None:
    row = {
        "clusterVersion": version,
        "versionStatus": status,
        "endOfStandardSupportDate": datetime(2027, 3, 27, tzinfo=UTC),
        "endOfExtendedSupportDate": datetime(2028, 3, 27, tzinfo=UTC),
    }
    documented.answers("eks", "DescribeClusterVersions", {"clusterVersions": [row]})


def check_of(account: Account, demand: Demand) -> Check:
    return told(versions(account, demand), "Kubernetes 1.35")


def test_a_version_in_standard_support_is_well(account: Account, documented: Documented, demand: Demand) -> None:
    listed(documented, "STANDARD_SUPPORT")
    check = check_of(account, demand)
    assert (check.state, check.why) == (State.OK, "standard support ends on 2027-03-27")


def test_extended_support_is_a_warning_with_its_end(account: Account, documented: Documented, demand: Demand) -> None:
    listed(documented, "EXTENDED_SUPPORT")
    check = check_of(account, demand)
    assert (check.state, check.level) == (State.PROBLEM, Level.WARNING)
    assert check.why == "extended support costs more, and ends on 2028-03-27"


def test_an_unsupported_version_is_an_error(account: Account, documented: Documented, demand: Demand) -> None:
    listed(documented, "UNSUPPORTED")
    check = check_of(account, demand)
    assert (check.state, check.level, check.why) == (State.PROBLEM, Level.ERROR, "AWS creates no cluster of it")


def test_a_version_that_aws_does_not_list_is_an_error(account: Account, documented: Documented, demand: Demand) -> None:
    listed(documented, "STANDARD_SUPPORT", version="1.36")
    check = check_of(account, demand)
    assert (check.state, check.fix) == (State.PROBLEM, "set cluster.version to one of 1.36")


def test_a_listing_that_is_denied_is_not_checked(account: Account, documented: Documented, demand: Demand) -> None:
    documented.fails("eks", "DescribeClusterVersions", "AccessDeniedException")
    assert check_of(account, demand).state is State.NOT_CHECKED


@pytest.mark.parametrize(
    ("running", "state", "why"),
    [
        ("1.35", State.OK, ""),
        ("1.34", State.OK, ""),
        ("1.33", State.PROBLEM, "EKS upgrades one minor version at a time"),
        ("1.36", State.PROBLEM, "EKS does not take a cluster back to an older version"),
    ],
)
def test_the_step_from_the_cluster_that_stands_is_one_that_eks_takes(  # noqa: PLR0913, PLR0917 - three fixtures, three values
    account: Account, documented: Documented, demand: Demand, running: str, state: State, why: str
) -> None:
    listed(documented, "STANDARD_SUPPORT")
    documented.answers("eks", "DescribeCluster", {"cluster": {"name": "eks-fargate-whole", "version": running}})
    check = told(versions(account, demand), "cluster eks-fargate-whole")
    assert (check.state, check.why) == (state, why)


def test_a_cluster_that_does_not_exist_yet_is_well(account: Account, documented: Documented, demand: Demand) -> None:
    listed(documented, "STANDARD_SUPPORT")
    assert told(versions(account, demand), "cluster eks-fargate-whole").actual == "does not exist yet"


@pytest.mark.parametrize(
    ("status", "state", "why"),
    [
        ("ACTIVE", State.OK, ""),
        ("UPDATING", State.PROBLEM, "EKS makes no profile while the cluster is not ACTIVE"),
    ],
)
def test_the_cluster_that_a_plan_attaches_to_is_active(  # noqa: PLR0913, PLR0917 - three fixtures, three values
    account: Account, documented: Documented, attached: Demand, status: str, state: State, why: str
) -> None:
    documented.answers("eks", "DescribeCluster", {"cluster": {"status": status, "version": "1.35"}})
    (check,) = versions(account, attached)
    assert (check.subject, check.state, check.why) == ("cluster payments", state, why)


def test_a_cluster_to_attach_to_that_is_not_there_is_a_problem(
    account: Account, documented: Documented, attached: Demand
) -> None:
    documented.fails("eks", "DescribeCluster", "ResourceNotFoundException")
    (check,) = versions(account, attached)
    assert (check.state, check.why) == (State.PROBLEM, "there is no such cluster in us-east-1")
