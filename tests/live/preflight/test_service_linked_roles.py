"""Service-linked roles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eks_fargate.live.account import Account
from eks_fargate.live.demand import Demand
from eks_fargate.live.preflight.service_linked_roles import ROLES, service_linked_roles
from tests.live.documented import Documented
from tests.live.telling import not_well, told

FARGATE = "AWSServiceRoleForAmazonEKSForFargate"


def test_every_role_of_the_plans_services_is_looked_for(account: Account, demand: Demand) -> None:
    checks = service_linked_roles(account, demand)
    assert [check.subject for check in checks] == list(ROLES)
    assert {check.actual for check in checks} == {"does not exist yet"}


def test_a_role_that_stands_is_well(account: Account, documented: Documented, demand: Demand) -> None:
    def role(parameters: Mapping[str, Any]) -> dict[str, Any]:
        name = parameters["RoleName"]
        arn, made = f"arn:aws:iam::123456789012:role/{name}", "2026-01-01T00:00:00Z"
        return {
            "Role": {"Path": "/", "RoleName": name, "RoleId": "AROA12345678901234567", "Arn": arn, "CreateDate": made}
        }

    documented.answers("iam", "GetRole", role)
    assert told(service_linked_roles(account, demand), FARGATE).actual == "exists"


def test_a_role_that_may_not_be_read_is_not_checked(account: Account, documented: Documented, demand: Demand) -> None:
    documented.fails("iam", "GetRole", "AccessDenied")
    assert ("not-checked", FARGATE) in not_well(service_linked_roles(account, demand))
