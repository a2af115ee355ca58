"""What the caller may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from eks_fargate.live.account import Account
from eks_fargate.live.checks import State
from eks_fargate.live.demand import Demand
from eks_fargate.live.preflight.permissions import permissions
from tests.live.documented import Documented
from tests.live.telling import not_well

SESSION = "arn:aws:sts::123456789012:assumed-role/deployer/session"
ROLE = "arn:aws:iam::123456789012:role/teams/deployer"


def caller(documented: Documented, arn: str) -> None:
    documented.answers("sts", "GetCallerIdentity", {"Account": "123456789012", "Arn": arn, "UserId": "x"})


def simulating(documented: Documented, **denied: dict[str, Any]) -> list[Mapping[str, Any]]:
    """Let the simulator allow all but the actions given (eks_CreateCluster); returns the questions it is asked."""
    asked: list[Mapping[str, Any]] = []

    def answer(parameters: Mapping[str, Any]) -> dict[str, Any]:
        asked.append(parameters)
        results = [
            {"EvalActionName": action, "EvalDecision": "allowed", **denied.get(action.replace(":", "_"), {})}
            for action in parameters["ActionNames"]
        ]
        return {"EvaluationResults": results}

    documented.answers("iam", "SimulatePrincipalPolicy", answer)
    return asked


@pytest.fixture
def deployer(documented: Documented) -> Documented:
    caller(documented, SESSION)
    role = {"Path": "/teams/", "RoleName": "deployer", "RoleId": "AROA12345678901234567", "Arn": ROLE}
    documented.answers("iam", "GetRole", {"Role": {**role, "CreateDate": "2026-01-01T00:00:00Z"}})
    return documented


def test_a_caller_who_may_do_all_is_well(account: Account, deployer: Documented, demand: Demand) -> None:
    asked = simulating(deployer)
    assert not_well(permissions(account, demand)) == []
    assert {question["PolicySourceArn"] for question in asked} == {ROLE}
    passing = [question["ContextEntries"] for question in asked if question["ActionNames"] == ["iam:PassRole"]]
    contexts = [{entry["ContextKeyName"]: entry["ContextKeyValues"] for entry in entries} for entries in passing]
    assert {str(context["aws:RequestedRegion"]) for context in contexts} == {"['us-east-1']"}
    # One question for each role and each service that it is passed to.
    assert sorted(service for context in contexts for service in context["iam:PassedToService"]) == [
        "ec2.amazonaws.com",
        "eks-fargate-pods.amazonaws.com",
        "eks.amazonaws.com",
        "eks.amazonaws.com",
        "eks.amazonaws.com",
    ]


def test_what_the_caller_may_not_do_is_named(account: Account, deployer: Documented, demand: Demand) -> None:
    simulating(deployer, iam_PassRole={"EvalDecision": "implicitDeny"})
    check = next(check for check in permissions(account, demand) if check.state is State.PROBLEM)
    assert check.subject == ("iam:PassRole for eks.amazonaws.com on arn:aws:iam::123456789012:role/cluster-role-*")
    assert (check.actual, check.why) == ("iam:PassRole", "the caller may not")


def test_a_condition_that_the_simulator_does_not_know_leaves_it_unknown(
    account: Account, deployer: Documented, demand: Demand
) -> None:
    unsure = {"EvalDecision": "implicitDeny", "MissingContextValues": ["aws:PrincipalOrgID"]}
    simulating(deployer, eks_CreateCluster=unsure)
    (check,) = [check for check in permissions(account, demand) if check.state is not State.OK]
    assert (check.state, check.actual) == (State.UNKNOWN, "eks:CreateCluster")


def test_an_explicit_deny_is_certain_whatever_is_missing(
    account: Account, deployer: Documented, demand: Demand
) -> None:
    denied = {"EvalDecision": "explicitDeny", "MissingContextValues": ["aws:PrincipalOrgID"]}
    simulating(deployer, eks_CreateCluster=denied)
    (check,) = [check for check in permissions(account, demand) if check.state is not State.OK]
    assert check.state is State.PROBLEM


def test_a_simulator_that_is_denied_leaves_every_statement_not_checked(
    account: Account, deployer: Documented, demand: Demand
) -> None:
    deployer.fails("iam", "SimulatePrincipalPolicy", "AccessDenied")
    assert {check.state for check in permissions(account, demand)} == {State.NOT_CHECKED}


def test_the_root_user_is_not_limited(account: Account, documented: Documented, demand: Demand) -> None:
    caller(documented, "arn:aws:iam::123456789012:root")
    (check,) = permissions(account, demand)
    assert (check.state, check.actual) == (State.OK, "root user")


def test_a_type_that_the_table_does_not_have_is_unknown(account: Account, deployer: Documented, demand: Demand) -> None:
    simulating(deployer)
    queue = replace(demand.stack.resources[-1], type="aws:sqs/queue:Queue", custom=True)
    stack = replace(demand.stack, resources=[*demand.stack.resources, queue])
    assert not_well(permissions(account, replace(demand, stack=stack))) == [("unknown", "aws:sqs/queue:Queue")]
