"""The least policy of whoever deploys."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from eks_fargate.fargate.resource_types import NODE_GROUP
from eks_fargate.live.demand import Demand
from eks_fargate.live.preflight.deployer_policy import (
    MANAGED_POLICY_CHARACTERS,
    deployer_policy,
    types_without_actions,
)
from eks_fargate.live.tables import table
from eks_fargate.offline.lint.iam_actions import unknown_actions


def statement_with(policy: dict[str, Any], action: str) -> dict[str, Any]:
    (found,) = [one for one in policy["Statement"] if action in one["Action"]]
    return dict(found)


def test_the_whole_plan_is_in_the_policy_and_it_fits_a_managed_one(demand: Demand) -> None:
    assert types_without_actions(demand) == []
    assert len(json.dumps(deployer_policy(demand), separators=(",", ":"))) <= MANAGED_POLICY_CHARACTERS


def test_every_action_of_the_table_exists() -> None:
    for type_, row in table("deployer_actions")["types"].items():
        document = {"Statement": [{"Action": one["actions"]} for one in row["statements"]]}
        assert list(unknown_actions(document)) == [], type_


def test_no_action_is_a_wildcard_and_what_changes_the_cluster_is_limited_to_it(demand: Demand) -> None:
    policy = deployer_policy(demand)
    assert [one for one in policy["Statement"] for action in one["Action"] if "*" in action] == []
    cluster = "arn:aws:eks:us-east-1:123456789012:cluster/eks-fargate-whole"
    assert statement_with(policy, "eks:CreateCluster")["Resource"] == [cluster]


def test_roles_are_passed_to_the_services_that_use_them_alone(demand: Demand) -> None:
    passing = [one for one in deployer_policy(demand)["Statement"] if one["Action"] == ["iam:PassRole"]]
    role = "arn:aws:iam::123456789012:role"
    assert {one["Resource"][0]: one["Condition"]["StringEquals"]["iam:PassedToService"] for one in passing} == {
        f"{role}/cluster-role-*": ["eks.amazonaws.com"],
        f"{role}/eks-fargate-whole-us-east-1-pod-execution": ["eks-fargate-pods.amazonaws.com", "eks.amazonaws.com"],
        f"{role}/nodes-role-*": ["ec2.amazonaws.com", "eks.amazonaws.com"],
    }


def test_service_linked_roles_are_those_of_the_planned_services(demand: Demand) -> None:
    linking = statement_with(deployer_policy(demand), "iam:CreateServiceLinkedRole")
    services = ["eks-fargate.amazonaws.com", "eks-nodegroup.amazonaws.com", "eks.amazonaws.com"]
    assert linking["Condition"] == {"StringEquals": {"iam:AWSServiceName": services}}


def test_a_plan_without_nodes_needs_nothing_of_nodes(demand: Demand) -> None:
    without = [one for one in demand.stack.resources if one.type != NODE_GROUP]
    policy = json.dumps(deployer_policy(replace(demand, stack=replace(demand.stack, resources=without))))
    assert "eks:CreateNodegroup" not in policy
    assert "eks-nodegroup.amazonaws.com" not in policy
    assert "ec2:RunInstances" not in policy


def test_an_account_that_settings_do_not_name_is_any(demand: Demand) -> None:
    policy = deployer_policy(replace(demand, account=None))
    cluster = "arn:aws:eks:us-east-1:*:cluster/eks-fargate-whole"
    assert statement_with(policy, "eks:CreateCluster")["Resource"] == [cluster]


@pytest.mark.parametrize("type_", sorted(table("deployer_actions")["types"]))
def test_every_row_names_its_source(type_: str) -> None:
    source = table("deployer_actions")["types"][type_]["source"]
    assert source.startswith("https://docs.aws.amazon.com/service-authorization/latest/reference/list_")
