"""Who asks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eks_fargate.live.account import Account
from eks_fargate.live.checks import Check, State
from eks_fargate.live.demand import Demand
from eks_fargate.live.failures import LiveError
from eks_fargate.live.preflight.identity import identity
from tests.live.documented import Documented


def test_the_account_of_the_settings_is_the_callers(account: Account, demand: Demand) -> None:
    assert identity(account, demand) == [Check("identity", "account", State.OK, "123456789012", "123456789012")]


def test_another_account_is_a_problem(account: Account, demand: Demand) -> None:
    (check,) = identity(account, replace(demand, account="111122223333"))
    assert (check.state, check.planned, check.actual) == (State.PROBLEM, "111122223333", "123456789012")
    assert check.fix == "use credentials of account 111122223333, or correct eks-fargate:account"


def test_settings_that_name_no_account_are_compared_with_nothing(account: Account, demand: Demand) -> None:
    (check,) = identity(account, replace(demand, account=None))
    assert (check.state, check.why) == (State.OK, "settings name no account to compare it with")


def test_expired_credentials_end_the_command(account: Account, documented: Documented, demand: Demand) -> None:
    documented.fails("sts", "GetCallerIdentity", "ExpiredToken")
    expected = (
        r"^AWS credentials: sts:GetCallerIdentity was refused because the credentials are missing, expired or invalid "
        r"\(ExpiredToken\): renew them \(`aws sso login`\), or set AWS_PROFILE$"
    )
    with pytest.raises(LiveError, match=expected):
        identity(account, demand)


def test_an_sts_that_does_not_answer_is_told(account: Account, documented: Documented, demand: Demand) -> None:
    documented.fails("sts", "GetCallerIdentity", "Throttling")
    (check,) = identity(account, demand)
    assert check.state is State.NOT_CHECKED
