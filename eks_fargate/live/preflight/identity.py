"""Who asks, and whether that is the account that settings name."""

from __future__ import annotations

from typing import Final

from eks_fargate.live.account import Account
from eks_fargate.live.checks import Check, compared, not_checked, ok
from eks_fargate.live.demand import Demand
from eks_fargate.live.failures import Failure, Kind, LiveError

_AREA: Final = "identity"


def identity(account: Account, demand: Demand) -> list[Check]:
    """The caller's account against the settings'. Raises LiveError where the credentials are refused as such."""
    caller = account.ask("sts", "GetCallerIdentity")
    if isinstance(caller, Failure):
        if caller.kind is Kind.CREDENTIALS:
            raise LiveError([f"AWS credentials: {caller}: renew them (`aws sso login`), or set AWS_PROFILE"])
        return [not_checked(_AREA, "account", caller)]
    actual = str(caller["Account"])
    if demand.account is None:
        return [ok(_AREA, "account", actual=actual, why="settings name no account to compare it with")]
    fix = f"use credentials of account {demand.account}, or correct eks-fargate:account"
    return [compared(_AREA, "account", demand.account, actual, fix)]
