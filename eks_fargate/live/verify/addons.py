"""The add-ons: each there, active, healthy, of the planned version, with CoreDNS meant for Fargate where planned."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from eks_fargate.fargate.resource_types import ADDON
from eks_fargate.fargate.resources import Resource
from eks_fargate.live.account import Account, Answer, Question
from eks_fargate.live.checks import Check, State, compared, not_checked
from eks_fargate.live.demand import Demand, text
from eks_fargate.live.failures import Failure, Kind

_AREA: Final = "add-ons"
_UP: Final = "run `pulumi up`"
# Source: https://docs.aws.amazon.com/eks/latest/APIReference/API_AddonIssue.html
_ISSUES: Final = {
    "InsufficientNumberOfReplicas": "see its pods below: delete those that were created before a profile took them",
    "ConfigurationConflict": "run `pulumi up`: the plan resolves conflicts by OVERWRITE",
    "AccessDenied": "give its service account's role the permissions that it lacks",
}


def addons(account: Account, demand: Demand) -> list[Check]:
    """Each planned add-on beside the one that stands."""
    planned = [one for one in demand.stack.of_type(ADDON) if text(one.inputs.get("addonName"))]
    answers = account.ask_all(
        Question("eks", "DescribeAddon", {"clusterName": demand.cluster_name, "addonName": one.inputs["addonName"]})
        for one in planned
    )
    return [check for one, answer in zip(planned, answers, strict=True) for check in _checks(one, answer)]


def _checks(planned: Resource, answer: Answer) -> Iterator[Check]:
    name = str(planned.inputs["addonName"])
    if isinstance(answer, Failure):
        if answer.kind is Kind.MISSING:
            yield Check(_AREA, name, State.PROBLEM, "ACTIVE", why="the cluster has no such add-on", fix=_UP)
        else:
            yield not_checked(_AREA, name, answer)
        return
    live = answer["addon"]
    status = str(live.get("status", ""))
    issues = live.get("health", {}).get("issues", [])
    fix = "wait" if status.endswith("ING") else "correct what its health issues name"
    yield compared(_AREA, name, "ACTIVE", status, fix)
    for issue in issues:
        code = str(issue.get("code"))
        fix = _ISSUES.get(code, "correct what it names")
        yield Check(_AREA, name, State.PROBLEM, actual=code, why="health issue", fix=fix)
    version = text(planned.inputs.get("addonVersion"))
    if version is not None:
        yield compared(_AREA, f"{name}: version", version, str(live.get("addonVersion", "")), _UP)
    compute = _compute_type(planned.inputs.get("configurationValues"))
    if compute is not None:
        actual = _compute_type(live.get("configurationValues")) or "not said"
        yield compared(_AREA, f"{name}: compute type", compute, actual, _UP)


def _compute_type(values: Any) -> str | None:
    if not isinstance(values, str):
        return None
    try:
        loaded = json.loads(values)
    except ValueError:
        return None
    return text(loaded.get("computeType")) if isinstance(loaded, dict) else None
