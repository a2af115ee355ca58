"""The IAM roles beside the planned ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from eks_fargate.fargate.findings import Level
from eks_fargate.live.checks import Check, State
from eks_fargate.live.demand import Demand
from eks_fargate.live.verify.roles import roles
from tests.live.conftest import Live
from tests.live.telling import not_well, told

PROFILES = "arn:aws:eks:us-east-1:123456789012:fargateprofile"


def trusting(live: Live, service: str, condition: Mapping[str, Any] | None) -> None:
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    document = {"Statement": [statement | ({"Condition": condition} if condition else {})]}
    iam = live.environment.client("iam")

    def answer(given: Mapping[str, Any]) -> dict[str, Any]:
        role = iam.get_role(**given)["Role"]
        return {"Role": role | {"AssumeRolePolicyDocument": json.dumps(document)}}

    live.documented.answers("iam", "GetRole", answer)


def trust(live: Live, demand: Demand) -> Check:
    (check,) = [check for check in roles(live.account, demand) if check.subject.endswith(": trust")]
    return check


def test_roles_as_planned_are_well_and_one_that_nothing_uses_is_not_checked(live: Live, demand: Demand) -> None:
    assert not_well(roles(live.account, demand)) == [("not-checked", "alb-ingress-role")]


def test_a_role_that_does_not_trust_fargate_is_an_error(live: Live, demand: Demand) -> None:
    trusting(live, "ec2.amazonaws.com", None)
    check = trust(live, demand)
    assert (check.state, check.level) == (State.PROBLEM, Level.ERROR)
    assert check.why == "it does not trust eks-fargate-pods.amazonaws.com: no pod starts"


def test_a_trust_without_a_source_is_a_warning(live: Live, demand: Demand) -> None:
    trusting(live, "eks-fargate-pods.amazonaws.com", None)
    check = trust(live, demand)
    assert (check.state, check.level, check.actual) == (State.PROBLEM, Level.WARNING, "not limited")


@pytest.mark.parametrize(
    ("source", "state"),
    [
        (f"{PROFILES}/eks-fargate-whole/*", State.OK),
        ("arn:aws:eks:*:123456789012:fargateprofile/*/*", State.OK),
        (f"{PROFILES}/another/*", State.PROBLEM),
        ("arn:aws:eks:eu-west-1:123456789012:fargateprofile/eks-fargate-whole/*", State.PROBLEM),
    ],
)
def test_the_source_is_this_clusters_profiles(live: Live, demand: Demand, source: str, state: State) -> None:
    trusting(live, "eks-fargate-pods.amazonaws.com", {"ArnLike": {"aws:SourceArn": source}})
    assert trust(live, demand).state is state


def test_a_policy_that_was_detached_is_named(live: Live, demand: Demand) -> None:
    live.documented.answers("iam", "ListAttachedRolePolicies", {"AttachedPolicies": []})
    check = told(roles(live.account, demand), "cluster-role-1234567: policies")
    assert (check.state, check.actual) == (State.PROBLEM, "none")
    assert check.why == "not attached: arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"


def test_a_role_that_is_gone_is_a_problem(live: Live, demand: Demand) -> None:
    live.documented.fails("iam", "GetRole", "NoSuchEntity")
    assert told(roles(live.account, demand), "cluster-role-1234567").why == "there is no such role"
