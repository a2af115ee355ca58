"""execution-role-trust: the pod execution role trusts Fargate, for this cluster's profiles alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.patterns import matches
from eks_fargate.fargate.resource_types import PROFILE, ROLE
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.rules.aws import PlannedRule
from eks_fargate.fargate.rules.base import Fail, Undetermined, Verdict, not_known
from eks_fargate.fargate.rules.iam_documents import listed, parsed
from eks_fargate.fargate.rules.planned_profiles import cluster_name, users_of
from eks_fargate.fargate.stack import Planned, Stack
from eks_fargate.fargate.unknown import Unknown, has_unknown

SERVICE = "eks-fargate-pods.amazonaws.com"
_PATH = "assumeRolePolicy"
_QUESTION = f"whether the role trusts {SERVICE} for this cluster's profiles"
_SET_ACCOUNT = (
    "Set eks-fargate:account in the stack's file, 12 digits in quotes, or account in the policy pack's configuration."
)
_WRITE_ACCOUNT = (
    "Make it of the account's id instead of an output of the cluster; a stack of this project does, once "
    "eks-fargate:account is set, 12 digits in quotes."
)
_LIMIT = (
    'Add the condition {"ArnLike": {"aws:SourceArn": "arn:PARTITION:eks:REGION:ACCOUNT:fargateprofile/CLUSTER/*"}}.'
)


def _check(planned: Planned) -> Iterator[Verdict]:
    resource, stack = planned.resource, planned.stack
    if resource.type == PROFILE:
        if not stack.behind(resource, "podExecutionRoleArn", ROLE):
            yield Undetermined(
                "podExecutionRoleArn",
                f"the plan does not make the role, and {_QUESTION} is not known",
                "Run `eks-fargate preflight`, which reads the role from AWS.",
            )
        return
    users = users_of(resource, stack)
    if users:
        yield from _trust(resource, sorted({cluster_name(user, stack) for user in users}, key=str), stack)


def _trust(role: Resource, clusters: list[str | Unknown], stack: Stack) -> Iterator[Verdict]:
    document = parsed(role.inputs.get(_PATH))
    if has_unknown(document):
        yield Undetermined(_PATH, f"{_PATH} is not known before deployment, and decides {_QUESTION}", _WRITE_ACCOUNT)
        return
    statements = [statement for statement in listed(document, "Statement") if _trusts_fargate(statement)]
    if not statements:
        yield Fail(
            _PATH,
            f"the pod execution role does not trust {SERVICE}",
            f"Allow sts:AssumeRole to the service {SERVICE}.",
        )
        return
    limits = [_source_arns(statement) for statement in statements]
    if not all(limits):
        yield Fail(
            _PATH, f"the trust in {SERVICE} has no limit aws:SourceArn: any cluster may use it", _LIMIT, soft=True
        )
        return
    for cluster in clusters:
        yield from _limits(cluster, [arn for arns in limits for arn in arns], stack.account)


def _limits(cluster: str | Unknown, arns: list[str], account: str | None) -> Iterator[Verdict]:
    if isinstance(cluster, Unknown):
        yield not_known("clusterName", "whether aws:SourceArn names this cluster's profiles")
        return
    parts = [arn.split(":", 5) for arn in arns]
    own = [p for p in parts if len(p) == 6 and matches(p[5], f"fargateprofile/{cluster}/name/id")]
    if not own:
        yield Fail(
            _PATH, f"aws:SourceArn names no profile of cluster {cluster}, so Fargate cannot use the role", _LIMIT
        )
        return
    accounts = sorted({p[4] for p in own})
    if account is None and "*" not in accounts:
        yield Undetermined(
            _PATH,
            "the account is not known, and decides whether aws:SourceArn names this cluster's profiles",
            _SET_ACCOUNT,
        )
    elif account is not None and not any(matches(pattern, account) for pattern in accounts):
        yield Fail(_PATH, "aws:SourceArn names another account", _LIMIT)
    if any(not p[5].startswith(f"fargateprofile/{cluster}/") or p[4] == "*" for p in own):
        yield Fail(_PATH, f"aws:SourceArn is wider than the profiles of cluster {cluster}", _LIMIT, soft=True)


def _trusts_fargate(statement: Any) -> bool:
    if not isinstance(statement, Mapping) or statement.get("Effect") != "Allow":
        return False
    allows = any(str(action).lower() in {"sts:assumerole", "sts:*", "*"} for action in listed(statement, "Action"))
    return allows and SERVICE in listed(statement.get("Principal"), "Service")


def _source_arns(statement: Mapping[str, Any]) -> list[str]:
    conditions = statement.get("Condition")
    tests = conditions.values() if isinstance(conditions, Mapping) else ()
    keyed = [(test, key) for test in tests if isinstance(test, Mapping) for key in test]
    return [str(arn) for test, key in keyed if key.lower() == "aws:sourcearn" for arn in listed(test, key)]


rule = PlannedRule(
    id="execution-role-trust",
    group="B",
    level=Level.ERROR,
    statement=f"The pod execution role trusts {SERVICE}, limited by aws:SourceArn to this cluster's profiles.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/pod-execution-role.html",
    check=_check,
    types=(ROLE, PROFILE),
)
