"""execution-role-separate: the pod execution role is no node group's role, and its path is /."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resource_types import NODE_GROUP, PROFILE, ROLE
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.rules.aws import PlannedRule
from eks_fargate.fargate.rules.base import Fail, Undetermined, Verdict, not_known
from eks_fargate.fargate.rules.planned_profiles import users_of
from eks_fargate.fargate.stack import Planned, Stack
from eks_fargate.fargate.unknown import UNKNOWN

_SHARED_FIX = "Give profiles a role of their own; EKS answers PodExecutionRoleAlreadyInUse."
_OTHER_PATH = "the pod execution role has a path other than /"
_PATH_FIX = "Use a role whose path is /; EKS takes no other."


def _check(planned: Planned) -> Iterator[Verdict]:
    if planned.resource.type == ROLE:
        yield from _planned_role(planned.resource, planned.stack)
    elif not planned.stack.behind(planned.resource, "podExecutionRoleArn", ROLE):
        yield from _given_role(planned.resource.inputs.get("podExecutionRoleArn"), planned.stack)


def _planned_role(role: Resource, stack: Stack) -> Iterator[Verdict]:
    if not users_of(role, stack):
        return
    path = role.inputs.get("path", "/")
    if path is UNKNOWN:
        yield not_known("path", "whether EKS takes the role")
    elif path != "/":
        yield Fail("path", _OTHER_PATH, _PATH_FIX)
    for group in stack.of_type(NODE_GROUP):
        if role in stack.behind(group, "nodeRoleArn", ROLE):
            yield Fail("", f"the pod execution role is the role of node group {group.name} too", _SHARED_FIX)


def _given_role(arn: Any, stack: Stack) -> Iterator[Verdict]:
    key = "podExecutionRoleArn"
    if not isinstance(arn, str):
        yield not_known(key, "whether the role is a node group's, and its path /")
        return
    if ":role/" in arn and "/" in arn.split(":role/", 1)[1]:
        yield Fail(key, _OTHER_PATH, _PATH_FIX)
    for group in stack.of_type(NODE_GROUP):
        node_role = group.inputs.get("nodeRoleArn")
        if node_role == arn:
            yield Fail(key, f"the pod execution role is the role of node group {group.name} too", _SHARED_FIX)
        elif node_role is UNKNOWN and not stack.behind(group, "nodeRoleArn", ROLE):
            yield Undetermined(key, f"whether node group {group.name} has the same role is not known", _SHARED_FIX)


rule = PlannedRule(
    id="execution-role-separate",
    group="B",
    level=Level.ERROR,
    statement="The pod execution role is no node group's role, and its path is /.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/pod-execution-role.html",
    check=_check,
    types=(ROLE, PROFILE),
)
