"""Whether the caller may do what deploying the plan takes, as IAM's own simulator tells.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from eks_fargate.fargate.findings import Level
from eks_fargate.live.account import Account, Answer, Question
from eks_fargate.live.checks import Check, State, in_words, not_checked, ok
from eks_fargate.live.demand import Demand
from eks_fargate.live.failures import Failure
from eks_fargate.live.preflight.deployer_policy import deployer_policy, types_without_actions

_AREA: Final = "permissions"
_FIX: Final = "allow it; `eks-fargate preflight STACK --deployer-policy` prints the whole policy"


def permissions(account: Account, demand: Demand) -> list[Check]:
    """Each statement of the deployer's policy, simulated for the caller; and the types that it does not know."""
    unknown = [
        Check(
            _AREA, type_, State.UNKNOWN, why="what deploying this type takes is not in the table", level=Level.WARNING
        )
        for type_ in types_without_actions(demand)
    ]
    caller = account.ask("sts", "GetCallerIdentity")
    if isinstance(caller, Failure):
        return [not_checked(_AREA, "what the caller may do", caller), *unknown]
    principal = _principal(account, str(caller["Arn"]))
    if isinstance(principal, Failure):
        return [not_checked(_AREA, "what the caller may do", principal), *unknown]
    if principal.endswith(":root"):
        return [ok(_AREA, "what the caller may do", actual="root user", why="IAM policies do not limit it"), *unknown]
    known = replace(demand, account=demand.account or str(caller["Account"]))
    cases = [case for statement in deployer_policy(known)["Statement"] for case in _cases(statement)]
    answers = account.ask_all(_question(principal, case, demand.region) for case in cases)
    found = [check for case, answer in zip(cases, answers, strict=True) for check in _checks(case, answer)]
    return [*found, *unknown]


def _principal(account: Account, arn: str) -> str | Failure:
    """The ARN whose policies count: that of the role, with its path, for a session of it."""
    if ":assumed-role/" not in arn:
        return arn
    role = account.ask("iam", "GetRole", RoleName=arn.split("/")[1])
    return role if isinstance(role, Failure) else str(role["Role"]["Arn"])


class _Case(NamedTuple):
    """A statement under one value of its condition; key and value are empty where it has none."""

    actions: Sequence[str]
    resources: Sequence[str]
    key: str = ""
    value: str = ""

    def __str__(self) -> str:
        more = f" and {len(self.actions) - 1} more" if len(self.actions) > 1 else ""
        condition = f" for {self.value}" if self.value else ""
        return f"{self.actions[0]}{more}{condition} on {in_words(self.resources)}"


def _cases(statement: Mapping[str, Any]) -> list[_Case]:
    actions, resources = statement["Action"], statement["Resource"]
    conditions = [keys.items() for keys in statement.get("Condition", {}).values()]
    cases = [_Case(actions, resources, key, value) for items in conditions for key, values in items for value in values]
    return cases or [_Case(actions, resources)]


def _question(principal: str, case: _Case, region: str) -> Question:
    context = {"aws:RequestedRegion": region} | ({case.key: case.value} if case.key else {})
    return Question(
        "iam",
        "SimulatePrincipalPolicy",
        {
            "PolicySourceArn": principal,
            "ActionNames": case.actions,
            "ResourceArns": case.resources,
            "ContextEntries": [
                {"ContextKeyName": key, "ContextKeyValues": [value], "ContextKeyType": "string"}
                for key, value in sorted(context.items())
            ],
        },
    )


def _checks(case: _Case, answer: Answer) -> Iterator[Check]:
    subject = str(case)
    if isinstance(answer, Failure):
        yield not_checked(_AREA, subject, answer)
        return
    results: list[Mapping[str, Any]] = answer.get("EvaluationResults", [])
    denied = sorted({str(one["EvalActionName"]) for one in results if one["EvalDecision"] != "allowed"})
    unsure = sorted({str(one["EvalActionName"]) for one in results if _is_unsure(one)})
    certain = [action for action in denied if action not in unsure]
    if certain:
        yield Check(_AREA, subject, State.PROBLEM, actual=in_words(certain), why="the caller may not", fix=_FIX)
    if unsure:
        why = "the caller's policies depend on conditions that the simulator does not know"
        yield Check(_AREA, subject, State.UNKNOWN, actual=in_words(unsure), why=why)
    if not denied:
        yield ok(_AREA, subject)


def _is_unsure(result: Mapping[str, Any]) -> bool:
    return result["EvalDecision"] == "implicitDeny" and bool(result.get("MissingContextValues"))
