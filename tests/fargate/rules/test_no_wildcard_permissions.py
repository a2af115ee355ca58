from __future__ import annotations

import json

import pytest

from eks_fargate.fargate.rules.base import Fail, not_known
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.compliant import on_plan, plan, resource, stack_of

RULE = "no-wildcard-permissions"
POLICY = "aws:iam/policy:Policy"
ROLE = "aws:iam/role:Role"
MESSAGE = "the statement allows every action, or all but some, on every resource"
FIX = "Name the actions and the resources that are needed."
QUESTION = "whether the policy allows everything on everything"
EVERYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}
READ = {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "*"}


def verdicts(policy: object, type_: str = POLICY) -> list[object]:
    return [verdict for _, verdict in on_plan(RULE, stack_of({"one": resource("one", type_, {"policy": policy})}))]


def document(*statements: object) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def test_a_compliant_stack_passes() -> None:
    assert on_plan(RULE, stack_of(plan())) == []


@pytest.mark.parametrize(
    "statement",
    [
        READ,
        {**EVERYTHING, "Effect": "Deny"},
        {**EVERYTHING, "Resource": "arn:aws:s3:::shop/*"},
        {**EVERYTHING, "Action": "s3:*"},
    ],
)
def test_statements_that_name_something_pass(statement: object) -> None:
    assert verdicts(document(statement)) == []


@pytest.mark.parametrize(
    "statement",
    [
        EVERYTHING,
        {**EVERYTHING, "Action": ["s3:*", "*"], "Resource": ["arn:aws:s3:::shop", "*"]},
        {**EVERYTHING, "Action": "*:*"},
        {"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"},
        {"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::shop"},
    ],
)
@pytest.mark.parametrize("name", ["Policy", "RolePolicy", "UserPolicy", "GroupPolicy"])
def test_everything_on_everything_fails(name: str, statement: object) -> None:
    type_ = f"aws:iam/{name[0].lower()}{name[1:]}:{name}"
    assert verdicts(document(READ, statement), type_) == [Fail("policy.Statement[1]", MESSAGE, FIX)]


def test_a_single_statement_need_not_be_in_a_list() -> None:
    assert verdicts(json.dumps({"Statement": EVERYTHING})) == [Fail("policy.Statement[0]", MESSAGE, FIX)]


def test_inline_policies_of_a_role_are_judged() -> None:
    role = resource("one", ROLE, {"inlinePolicies": [{"name": "all", "policy": document(EVERYTHING)}]})
    assert on_plan(RULE, stack_of({"one": role})) == [
        ("one", Fail("inlinePolicies[0].policy.Statement[0]", MESSAGE, FIX))
    ]


@pytest.mark.parametrize(
    "policy",
    [
        UNKNOWN,
        {"Statement": UNKNOWN},
        {"Statement": [READ, UNKNOWN]},
        {"Statement": [{**EVERYTHING, "Action": UNKNOWN}]},
        {"Statement": [{**EVERYTHING, "Resource": ["arn:aws:s3:::shop", UNKNOWN]}]},
    ],
)
def test_what_is_not_known_leaves_it_undetermined(policy: object) -> None:
    assert verdicts(policy) == [not_known("policy", QUESTION)]


def test_what_is_not_known_does_not_hide_what_cannot_matter() -> None:
    assert verdicts({"Statement": [{**READ, "Resource": UNKNOWN}]}) == []


def test_text_that_is_no_document_is_left_to_the_schema() -> None:
    assert verdicts("no JSON") == []
