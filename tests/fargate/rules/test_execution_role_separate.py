from __future__ import annotations

import pytest

from eks_fargate.fargate.rules.base import Fail, Undetermined
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.compliant import IN_USE, NODE_GROUP, on_plan, plan, profile, resource, stack_of, trust

RULE = "execution-role-separate"
SHARED = "the pod execution role is the role of node group nodes too"
SHARED_FIX = "Give profiles a role of their own; EKS answers PodExecutionRoleAlreadyInUse."
PATH_FIX = "Use a role whose path is /; EKS takes no other."
ARN = "arn:aws:iam::123456789012:role/pods"
GIVEN = {key: urns for key, urns in IN_USE.items() if key != "podExecutionRoleArn"}
ROLE = "aws:iam/role:Role"


def test_a_role_of_its_own_passes() -> None:
    assert on_plan(RULE, stack_of(plan())) == []


def test_a_role_that_a_node_group_has_too_fails() -> None:
    resources = plan()
    resources["nodes"] = resource("nodes", NODE_GROUP, {"nodeRoleArn": UNKNOWN}, {"nodeRoleArn": ["role"]})
    assert on_plan(RULE, stack_of(resources)) == [("role", Fail("", SHARED, SHARED_FIX))]


def test_a_role_with_another_path_fails() -> None:
    resources = {**plan(), "role": resource("role", ROLE, {"path": "/eks/", "assumeRolePolicy": trust()})}
    message = "the pod execution role has a path other than /"
    assert on_plan(RULE, stack_of(resources)) == [("role", Fail("path", message, PATH_FIX))]


def test_a_role_without_a_path_has_the_right_one() -> None:
    resources = {**plan(), "role": resource("role", ROLE, {})}
    assert on_plan(RULE, stack_of(resources)) == []


def test_a_path_not_known_is_undetermined() -> None:
    resources = {**plan(), "role": resource("role", ROLE, {"path": UNKNOWN})}
    ((urn, verdict),) = on_plan(RULE, stack_of(resources))
    assert (urn, type(verdict)) == ("role", Undetermined)


def test_a_role_that_no_profile_has_is_not_judged() -> None:
    resources = {**plan(), "other": resource("other", ROLE, {"path": "/eks/"})}
    assert on_plan(RULE, stack_of(resources)) == []


@pytest.mark.parametrize(
    ("arn", "node_role", "verdicts"),
    [
        (ARN, "arn:aws:iam::123456789012:role/nodes", []),
        (ARN, ARN, [Fail("podExecutionRoleArn", SHARED, SHARED_FIX)]),
        (
            "arn:aws:iam::123456789012:role/eks/pods",
            ARN,
            [Fail("podExecutionRoleArn", "the pod execution role has a path other than /", PATH_FIX)],
        ),
        (
            ARN,
            UNKNOWN,
            [
                Undetermined(
                    "podExecutionRoleArn", "whether node group nodes has the same role is not known", SHARED_FIX
                )
            ],
        ),
    ],
)
def test_a_role_given_by_arn(arn: str, node_role: object, verdicts: list[object]) -> None:
    resources = plan()
    del resources["profile-b"]
    resources["profile-a"] = profile("profile-a", behind=GIVEN, podExecutionRoleArn=arn)
    resources["nodes"] = resource("nodes", NODE_GROUP, {"nodeRoleArn": node_role})
    assert [verdict for _, verdict in on_plan(RULE, stack_of(resources))] == verdicts


def test_an_arn_not_known_is_undetermined() -> None:
    resources = {**plan(), "profile-a": profile("profile-a", behind=GIVEN)}
    ((urn, verdict),) = on_plan(RULE, stack_of(resources))
    assert (urn, type(verdict)) == ("profile-a", Undetermined)
