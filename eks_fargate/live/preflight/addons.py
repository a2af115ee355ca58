"""Whether the planned add-on versions exist for the planned Kubernetes version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from eks_fargate.fargate.resource_types import ADDON
from eks_fargate.fargate.resources import Resource
from eks_fargate.live.account import Account, Answer, Question
from eks_fargate.live.checks import Check, State, in_words, not_checked, ok
from eks_fargate.live.demand import Demand, text
from eks_fargate.live.failures import Failure

_AREA: Final = "add-ons"


def addons(account: Account, demand: Demand) -> list[Check]:
    """Each planned add-on version against those that AWS lists for the cluster's version."""
    planned = [one for one in demand.stack.of_type(ADDON) if text(one.inputs.get("addonName"))]
    if not planned or demand.version is None:
        return []
    answers = account.ask_all(
        Question(
            "eks",
            "DescribeAddonVersions",
            {"addonName": one.inputs["addonName"], "kubernetesVersion": demand.version},
        )
        for one in planned
    )
    return [_checked(one, answer, demand.version) for one, answer in zip(planned, answers, strict=True)]


def _checked(addon: Resource, answer: Answer, kubernetes: str) -> Check:
    name, version = str(addon.inputs["addonName"]), text(addon.inputs.get("addonVersion"))
    subject = f"{name} on Kubernetes {kubernetes}"
    if isinstance(answer, Failure):
        return not_checked(_AREA, subject, answer)
    listed: list[Mapping[str, Any]] = [row for one in answer.get("addons", []) for row in one.get("addonVersions", [])]
    if version is None:
        return ok(_AREA, subject, why="no version is planned: EKS takes its default") if listed else _none(subject, "")
    if any(row.get("addonVersion") == version for row in listed):
        return ok(_AREA, subject, version)
    if not listed:
        return _none(subject, version)
    default = [str(row["addonVersion"]) for row in listed if _is_default(row)]
    setting = "coreDns.version" if name == "coredns" else "the version of the add-on"
    fix = f"set {setting} to {in_words(default or [str(listed[0]['addonVersion'])])}"
    return Check(_AREA, subject, State.PROBLEM, version, why="AWS lists no such version of it", fix=fix)


def _none(subject: str, version: str) -> Check:
    why, fix = "AWS lists no version of it at all", "choose another Kubernetes version, or leave the add-on out"
    return Check(_AREA, subject, State.PROBLEM, version, why=why, fix=fix)


def _is_default(row: Mapping[str, Any]) -> bool:
    return any(one.get("defaultVersion") for one in row.get("compatibilities", []))
