"""Region and zones."""

from __future__ import annotations

from typing import Any

import pytest

from eks_fargate.live.account import Account
from eks_fargate.live.checks import State
from eks_fargate.live.demand import Demand
from eks_fargate.live.preflight.zones import zones
from tests.live.documented import Documented
from tests.live.telling import not_well, told


def zone(**changes: Any) -> dict[str, Any]:
    given = {"ZoneId": "use1-az1", "ZoneName": "us-east-1b", "ZoneType": "availability-zone", "State": "available"}
    return given | changes


def test_the_zones_of_the_account_take_the_plan(account: Account, demand: Demand) -> None:
    checks = zones(account, demand)
    assert not_well(checks) == []
    assert [check.subject for check in checks] == ["region us-east-1", "use1-az1", "use1-az2"]


def test_a_zones_name_is_that_of_this_account(account: Account, documented: Documented, demand: Demand) -> None:
    documented.answers("ec2", "DescribeAvailabilityZones", {"AvailabilityZones": [zone()]})
    assert told(zones(account, demand), "use1-az1").actual == "us-east-1b is use1-az1 in this account"


@pytest.mark.parametrize(
    ("listed", "why"),
    [
        ([zone(ZoneId="use1-az9")], "the account has no such zone"),
        ([zone(ZoneType="local-zone")], "EKS on Fargate does not run in a local-zone"),
        ([zone(State="impaired")], "its state is impaired"),
    ],
)
def test_a_zone_that_cannot_be_used_is_a_problem(
    account: Account, documented: Documented, demand: Demand, listed: list[dict[str, Any]], why: str
) -> None:
    documented.answers("ec2", "DescribeAvailabilityZones", {"AvailabilityZones": listed})
    check = told(zones(account, demand), "use1-az1")
    assert (check.state, check.why) == (State.PROBLEM, why)


def test_a_region_that_is_not_enabled_is_a_problem(account: Account, documented: Documented, demand: Demand) -> None:
    documented.answers("ec2", "DescribeRegions", {"Regions": [{"OptInStatus": "not-opted-in"}]})
    check = told(zones(account, demand), "region us-east-1")
    assert (check.state, check.fix) == (State.PROBLEM, "enable region us-east-1 for the account")


def test_zones_that_may_not_be_listed_are_not_checked(account: Account, documented: Documented, demand: Demand) -> None:
    documented.fails("ec2", "DescribeAvailabilityZones", "UnauthorizedOperation")
    assert not_well(zones(account, demand)) == [("not-checked", "use1-az1"), ("not-checked", "use1-az2")]
