"""What a quota allows in this account: asked of Service Quotas, with AWS's default and the table to fall back on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from eks_fargate.live.account import Account
from eks_fargate.live.checks import Check, State
from eks_fargate.live.failures import Failure

AREA: Final = "quotas"


@dataclass(frozen=True, slots=True)
class Quota:
    """A quota. value: how many. assumed: empty where AWS says it; else why the default is taken for it.

    metric: the CloudWatch metric of its use, as AWS names it; empty where there is none.
    """

    what: str
    code: str
    value: float
    assumed: str
    metric: Mapping[str, Any]


def quota_of(account: Account, row: Mapping[str, Any]) -> Quota:
    """The quota of a row of a table (service, code, what, default)."""
    what, code = str(row["what"]), str(row["code"])
    asked = {"ServiceCode": row["service"], "QuotaCode": code}
    why = ""
    for operation in ("GetServiceQuota", "GetAWSDefaultServiceQuota"):
        answer = account.ask("service-quotas", operation, **asked)
        if isinstance(answer, Failure):
            why = why or str(answer)
            continue
        found = answer["Quota"]
        if "Value" in found:
            return Quota(what, code, float(found["Value"]), "", found.get("UsageMetric", {}))
    return Quota(what, code, float(row["default"]), why or "AWS names no value", {})


def headroom(subject: str, quota: Quota, used: float | Failure, more: float) -> Check:
    """Whether `more` fits beside what is used. A quota that is assumed, or a use not known, decides nothing."""
    known_use = 0.0 if isinstance(used, Failure) else used
    planned = f"{more:g} more"
    actual = f"{'unknown' if isinstance(used, Failure) else f'{used:g}'} used of {quota.value:g}"
    fix = f"ask Service Quotas for more of {quota.code}, or free some"
    if quota.assumed or isinstance(used, Failure):
        fits = known_use + more <= quota.value
        unsaid = [quota.assumed, str(used) if isinstance(used, Failure) else ""]
        if quota.assumed:
            unsaid.append(f"AWS's default is {quota.value:g}")
        if not fits:
            unsaid.append(f"{known_use + more - quota.value:g} too many for that")
        state = State.NOT_CHECKED if quota.assumed or fits else State.PROBLEM
        return Check(AREA, subject, state, planned, actual, "; ".join(filter(None, unsaid)), "" if fits else fix)
    if known_use + more > quota.value:
        why = f"{known_use + more - quota.value:g} too many"
        return Check(AREA, subject, State.PROBLEM, planned, actual, why, fix)
    return Check(AREA, subject, State.OK, planned, actual)
