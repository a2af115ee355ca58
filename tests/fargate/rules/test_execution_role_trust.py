from __future__ import annotations

import json

import pytest

from eks_fargate.fargate.rules.base import Fail, Undetermined, Verdict
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.compliant import ACCOUNT, IN_USE, on_plan, plan, profile, resource, stack_of, trust

RULE = "execution-role-trust"
SERVICE = "eks-fargate-pods.amazonaws.com"
OTHER = "210987654321"


def verdicts(policy: object, *, account: str | None = ACCOUNT) -> list[Verdict]:
    """On a role with that trust policy."""
    resources = {**plan(), "role": resource("role", "aws:iam/role:Role", {"assumeRolePolicy": policy})}
    found = on_plan(RULE, stack_of(resources, account=account))
    assert {urn for urn, _ in found} <= {"role"}
    return [verdict for _, verdict in found]


def test_a_role_limited_to_this_cluster_s_profiles_passes() -> None:
    assert on_plan(RULE, stack_of(plan())) == []


@pytest.mark.parametrize(
    "policy",
    [
        trust(Principal={"Service": ["ec2.amazonaws.com", SERVICE]}),
        trust(Action=["sts:AssumeRole", "sts:TagSession"]),
        trust(None, Condition={"StringLike": {"AWS:SourceArn": [f"arn:aws:eks:*:{ACCOUNT}:fargateprofile/shop/*"]}}),
        json.loads(trust()),
    ],
)
def test_other_ways_to_say_the_same_pass(policy: object) -> None:
    assert verdicts(policy) == []


@pytest.mark.parametrize(
    "policy",
    [
        trust(Principal={"Service": "eks.amazonaws.com"}),
        trust(Effect="Deny"),
        trust(Action="sts:TagSession"),
        trust(Principal="*"),
        "not JSON",
        "[]",
        None,
    ],
)
def test_a_role_that_does_not_trust_fargate_fails(policy: object) -> None:
    message = f"the pod execution role does not trust {SERVICE}"
    fix = f"Allow sts:AssumeRole to the service {SERVICE}."
    assert verdicts(policy) == [Fail("assumeRolePolicy", message, fix)]


def test_a_missing_limit_is_a_warning() -> None:
    (verdict,) = verdicts(trust(None))
    assert isinstance(verdict, Fail)
    assert verdict.soft
    assert verdict.message == f"the trust in {SERVICE} has no limit aws:SourceArn: any cluster may use it"


@pytest.mark.parametrize("cluster", ["*", "sh?p", "shop*"])
def test_a_limit_wider_than_the_cluster_is_a_warning(cluster: str) -> None:
    (verdict,) = verdicts(trust(f"arn:aws:eks:us-east-1:{ACCOUNT}:fargateprofile/{cluster}/*"))
    assert isinstance(verdict, Fail)
    assert verdict.soft
    assert verdict.message == "aws:SourceArn is wider than the profiles of cluster shop"


@pytest.mark.parametrize("resource_part", ["fargateprofile/warehouse/*", "cluster/shop", "fargateprofile/shop"])
def test_a_limit_that_shuts_the_cluster_out_fails(resource_part: str) -> None:
    (verdict,) = verdicts(trust(f"arn:aws:eks:us-east-1:{ACCOUNT}:{resource_part}"))
    assert isinstance(verdict, Fail)
    assert not verdict.soft
    assert verdict.message == "aws:SourceArn names no profile of cluster shop, so Fargate cannot use the role"


def test_another_account_fails() -> None:
    (verdict,) = verdicts(trust(f"arn:aws:eks:us-east-1:{OTHER}:fargateprofile/shop/*"))
    assert isinstance(verdict, Fail)
    assert verdict.message == "aws:SourceArn names another account"


def test_an_account_not_known_is_undetermined() -> None:
    (verdict,) = verdicts(trust(), account=None)
    assert verdict == Undetermined(
        "assumeRolePolicy",
        "the account is not known, and decides whether aws:SourceArn names this cluster's profiles",
        (
            "Set eks-fargate:account in the stack's file, 12 digits in quotes, or account in the policy pack's "
            "configuration."
        ),
    )


def test_a_policy_not_known_is_undetermined() -> None:
    (verdict,) = verdicts(UNKNOWN)
    assert isinstance(verdict, Undetermined)
    assert verdict.path == "assumeRolePolicy"


def test_a_cluster_name_not_known_is_undetermined() -> None:
    resources = {**plan(), "cluster": resource("cluster", "aws:eks/cluster:Cluster", {})}
    ((urn, verdict),) = on_plan(RULE, stack_of(resources))
    assert (urn, type(verdict), verdict.path) == ("role", Undetermined, "clusterName")


def test_a_role_that_the_plan_does_not_make_is_undetermined() -> None:
    given = {key: urns for key, urns in IN_USE.items() if key != "podExecutionRoleArn"}
    resources = {**plan(), "profile-a": profile("profile-a", behind=given)}
    ((urn, verdict),) = on_plan(RULE, stack_of(resources))
    assert (urn, type(verdict), verdict.path) == ("profile-a", Undetermined, "podExecutionRoleArn")
