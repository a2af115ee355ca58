"""The log groups of the control plane and of the pods."""

from __future__ import annotations

from typing import Final

from eks_fargate.fargate.findings import Level
from eks_fargate.live.account import Account, Question
from eks_fargate.live.checks import Check, State, compared, not_checked
from eks_fargate.live.demand import Demand, text
from eks_fargate.live.failures import Failure

_AREA: Final = "log groups"
_GROUP: Final = "aws:cloudwatch/logGroup:LogGroup"


def log_groups(account: Account, demand: Demand) -> list[Check]:
    """Each planned log group, and how long it keeps what is logged."""
    planned = {name: one for one in demand.stack.of_type(_GROUP) if (name := text(one.inputs.get("name")))}
    answers = account.ask_all(Question("logs", "DescribeLogGroups", {"logGroupNamePrefix": name}) for name in planned)
    checks = []
    for (name, resource), answer in zip(planned.items(), answers, strict=True):
        if isinstance(answer, Failure):
            checks.append(not_checked(_AREA, name, answer, Level.WARNING))
            continue
        live = next((one for one in answer.get("logGroups", []) if one.get("logGroupName") == name), None)
        if live is None:
            why, fix = "there is no such log group", "run `pulumi up`"
            checks.append(Check(_AREA, name, State.PROBLEM, "exists", why=why, fix=fix, level=Level.WARNING))
            continue
        wanted, actual = _days(resource.inputs.get("retentionInDays")), _days(live.get("retentionInDays"))
        checks.append(compared(_AREA, name, wanted, actual, "run `pulumi up`", level=Level.WARNING))
    return checks


def _days(value: object) -> str:
    return f"kept {value:g} days" if isinstance(value, (int, float)) and value else "kept for ever"
