from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from components.pod_execution_role import PodExecutionRole, PodExecutionRoleArgs
from tests.components.mocks import ACCOUNT, Built, build

ROLE = "aws:iam/role:Role"
POLICY = "aws:iam/rolePolicy:RolePolicy"
ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
PROFILES = "arn:aws:eks:us-east-1:123456789012:fargateprofile/shop/*"
LOG_GROUP = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/eks/shop/fargate"
COMPLIANT = PodExecutionRoleArgs(
    role_name="shop-pod-execution",
    partition="aws",
    profile_arns=PROFILES,
    log_group_arn=LOG_GROUP,
    tags={"team": "shop"},
)


def built(**changes: Any) -> Built:
    def program() -> dict[str, Any]:
        role = PodExecutionRole("pod-execution", replace(COMPLIANT, **changes))
        return {"arn": role.arn, "permissions": [resource.urn for resource in role.permissions]}

    return build(program)


def permissions(role: Built) -> list[str]:
    return [urn.split("::")[-1] for urn in role.outputs["permissions"]]


def test_only_the_clusters_profiles_may_use_the_role() -> None:
    role = built().one(ROLE, "pod-execution-role")
    assert json.loads(role.inputs["assumeRolePolicy"])["Statement"] == [
        {
            "Effect": "Allow",
            "Principal": {"Service": "eks-fargate-pods.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {"ArnLike": {"aws:SourceArn": PROFILES}},
        }
    ]


def test_the_role_has_its_name_and_the_only_path_that_eks_takes() -> None:
    role = built()
    inputs = role.one(ROLE, "pod-execution-role").inputs
    assert (inputs["name"], inputs["path"], inputs["tags"]) == ("shop-pod-execution", "/", {"team": "shop"})
    assert role.outputs["arn"] == f"arn:aws:iam::{ACCOUNT}:role/shop-pod-execution"


@pytest.mark.parametrize("partition", ["aws", "aws-cn"])
def test_the_fargate_policy_is_of_the_partition(partition: str) -> None:
    assert built(partition=partition).one(ATTACHMENT, "pod-execution-fargate").inputs == {
        "role": "shop-pod-execution",
        "policyArn": f"arn:{partition}:iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy",
    }


def test_with_a_log_group_the_role_may_write_to_that_group_alone() -> None:
    role = built()
    policy = role.one(POLICY, "pod-execution-logging").inputs
    assert policy["role"] == "shop-pod-execution"
    assert json.loads(policy["policy"])["Statement"] == [
        {
            "Effect": "Allow",
            "Action": ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            "Resource": [LOG_GROUP, f"{LOG_GROUP}:*"],
        }
    ]
    assert permissions(role) == ["pod-execution-fargate", "pod-execution-logging"]


def test_without_a_log_group_the_role_has_the_fargate_policy_alone() -> None:
    role = built(log_group_arn=None)
    assert role.of_type(POLICY) == []
    assert permissions(role) == ["pod-execution-fargate"]
