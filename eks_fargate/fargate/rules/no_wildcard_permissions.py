"""no-wildcard-permissions: no IAM statement allows everything on everything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resource_types import ROLE
from eks_fargate.fargate.rules.aws import PlannedRule
from eks_fargate.fargate.rules.base import Fail, Verdict, each, not_known, read
from eks_fargate.fargate.rules.iam_documents import listed, parsed
from eks_fargate.fargate.stack import Planned
from eks_fargate.fargate.unknown import UNKNOWN, Unknown

_POLICIES = tuple(
    f"aws:iam/{name[0].lower()}{name[1:]}:{name}" for name in ("Policy", "RolePolicy", "UserPolicy", "GroupPolicy")
)
_EVERYTHING = ("*", "*:*")


def _check(planned: Planned) -> Iterator[Verdict]:
    inputs = planned.resource.inputs
    if planned.resource.type == ROLE:
        for path, inline in each(inputs.get("inlinePolicies"), "inlinePolicies"):
            yield from _document(f"{path}.policy", read(inline, "policy"))
    else:
        yield from _document("policy", inputs.get("policy"))


def _document(path: str, document: Any) -> Iterator[Verdict]:
    statements = listed(parsed(document), "Statement")
    for index, statement in enumerate(statements):
        allows = _allows_everything(statement)
        if allows is UNKNOWN:
            yield not_known(path, "whether the policy allows everything on everything")
            return
        if allows:
            yield Fail(
                f"{path}.Statement[{index}]",
                "the statement allows every action, or all but some, on every resource",
                "Name the actions and the resources that are needed.",
            )


def _allows_everything(statement: Any) -> bool | Unknown:
    answers = (
        _is_any(listed(statement, "Effect"), ("Allow",)),
        True if listed(statement, "NotAction") else _is_any(listed(statement, "Action"), _EVERYTHING),
        True if listed(statement, "NotResource") else _is_any(listed(statement, "Resource"), ("*",)),
    )
    return False if False in answers else UNKNOWN if UNKNOWN in answers else True


def _is_any(values: list[Any], sought: tuple[str, ...]) -> bool | Unknown:
    if any(value in sought for value in values):
        return True
    return UNKNOWN if UNKNOWN in values else False


rule = PlannedRule(
    id="no-wildcard-permissions",
    group="F",
    level=Level.ERROR,
    statement="No IAM statement allows every action, or all but some, on every resource.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
    check=_check,
    types=(*_POLICIES, ROLE),
    alone=True,
)
