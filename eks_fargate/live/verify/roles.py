"""The IAM roles: each there, with the policies planned for it; and whom the pod execution role trusts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any, Final

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resource_types import CLUSTER, NODE_GROUP, PROFILE, ROLE
from eks_fargate.fargate.resources import Resource
from eks_fargate.live.account import Account
from eks_fargate.live.checks import Check, State, in_words, not_checked, ok
from eks_fargate.live.demand import Demand, text
from eks_fargate.live.failures import Failure, Kind
from eks_fargate.live.verify.found import found

_AREA: Final = "roles"
_ATTACHMENT: Final = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
_FARGATE_PODS: Final = "eks-fargate-pods.amazonaws.com"
_UP: Final = "run `pulumi up`"


def roles(account: Account, demand: Demand) -> list[Check]:
    """Each planned role; one whose name Pulumi makes is found through what has it."""
    return [check for role in demand.stack.of_type(ROLE) for check in _checks(role, account, demand)]


def _checks(role: Resource, account: Account, demand: Demand) -> Iterator[Check]:
    name = text(role.inputs.get("name")) or _name_by_use(role, account, demand)
    if name is None:
        yield not_checked(_AREA, role.name, "Pulumi made its name, and nothing that was found uses it", Level.WARNING)
        return
    answer = account.ask("iam", "GetRole", RoleName=name)
    if isinstance(answer, Failure):
        if answer.kind is Kind.MISSING:
            yield Check(_AREA, name, State.PROBLEM, "exists", why="there is no such role", fix=_UP)
        else:
            yield not_checked(_AREA, name, answer)
        return
    if any(role in demand.stack.behind(one, "podExecutionRoleArn", ROLE) for one in demand.stack.of_type(PROFILE)):
        # The account that settings name, else the one that the role is in.
        account_id = demand.account or str(answer["Role"]["Arn"]).split(":")[4]
        yield _trust(name, _document(answer["Role"].get("AssumeRolePolicyDocument")), demand, account_id)
    else:
        yield ok(_AREA, name, actual="exists")
    yield from _attached(role, name, account, demand)


def _name_by_use(role: Resource, account: Account, demand: Demand) -> str | None:
    """The name of the role that stands where the plan puts this one."""
    cluster = found(account, demand).cluster
    stack = demand.stack
    if any(role in stack.behind(one, "roleArn", ROLE) for one in stack.of_type(CLUSTER)):
        return None if isinstance(cluster, Failure) else _last(cluster.get("roleArn"))
    for key, listing in (("podExecutionRoleArn", PROFILE), ("nodeRoleArn", NODE_GROUP)):
        for user in stack.of_type(listing):
            if role in stack.behind(user, key, ROLE):
                return _role_of_user(user, account, demand.cluster_name)
    return None


def _role_of_user(user: Resource, account: Account, cluster: str | None) -> str | None:
    if user.type == PROFILE:
        name = text(user.inputs.get("fargateProfileName"))
        answer = account.ask("eks", "DescribeFargateProfile", clusterName=cluster, fargateProfileName=name)
        return None if isinstance(answer, Failure) else _last(answer["fargateProfile"].get("podExecutionRoleArn"))
    listing = account.ask("eks", "ListNodegroups", clusterName=cluster)
    names = [] if isinstance(listing, Failure) else [one for one in listing["nodegroups"] if is_name_of(user, one)]
    if not names:
        return None
    answer = account.ask("eks", "DescribeNodegroup", clusterName=cluster, nodegroupName=names[0])
    return None if isinstance(answer, Failure) else _last(answer["nodegroup"].get("nodeRole"))


def is_name_of(resource: Resource, physical_name: str) -> bool:
    """Whether a node group's physical name is the planned one, or one that Pulumi makes of the resource's name."""
    given = text(resource.inputs.get("nodeGroupName"))
    return physical_name == given if given else physical_name.startswith(f"{resource.name}-")


def _last(arn: object) -> str | None:
    return arn.rpartition("/")[2] if isinstance(arn, str) else None


def _document(document: Any) -> Mapping[str, Any]:
    loaded = json.loads(document) if isinstance(document, str) else document
    return loaded if isinstance(loaded, Mapping) else {}


def _trust(name: str, document: Mapping[str, Any], demand: Demand, account_id: str) -> Check:
    """Whether the role trusts Fargate, for this cluster's profiles and no others."""
    subject = f"{name}: trust"
    profile = f"arn:{demand.partition}:eks:{demand.region}:{account_id}:fargateprofile/{demand.cluster_name}/x"
    statements = document.get("Statement", [])
    fargate = [one for one in statements if _FARGATE_PODS in _as_list(one.get("Principal", {}).get("Service"))]
    if not fargate:
        why = f"it does not trust {_FARGATE_PODS}: no pod starts"
        return Check(_AREA, subject, State.PROBLEM, _FARGATE_PODS, "not trusted", why, _UP)
    sources = [source for one in fargate for source in _sources(one.get("Condition", {}))]
    if not sources:
        why = "without aws:SourceArn, Fargate in another's name may use it"
        return Check(_AREA, subject, State.PROBLEM, "limited by aws:SourceArn", "not limited", why, _UP, Level.WARNING)
    if any(fnmatchcase(profile, source) or fnmatchcase(source, profile) for source in sources):
        return ok(_AREA, subject, _FARGATE_PODS, in_words(sources))
    why = "aws:SourceArn names other profiles than this cluster's: no pod starts"
    return Check(_AREA, subject, State.PROBLEM, profile.removesuffix("x") + "*", in_words(sources), why, _UP)


def _sources(condition: Mapping[str, Any]) -> list[str]:
    return [
        source
        for operator in condition.values()
        for key, value in operator.items()
        if key.lower() == "aws:sourcearn"
        for source in _as_list(value)
    ]


def _as_list(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _attached(role: Resource, name: str, account: Account, demand: Demand) -> Iterator[Check]:
    planned = {
        arn
        for one in demand.stack.of_type(_ATTACHMENT)
        if role in demand.stack.behind(one, "role", ROLE) or one.inputs.get("role") == role.inputs.get("name", "")
        if (arn := text(one.inputs.get("policyArn")))
    }
    if not planned:
        return
    answer = account.ask("iam", "ListAttachedRolePolicies", RoleName=name)
    if isinstance(answer, Failure):
        yield not_checked(_AREA, f"{name}: policies", answer)
        return
    actual = {str(one["PolicyArn"]) for one in answer.get("AttachedPolicies", [])}
    missing = sorted(planned - actual)
    if missing:
        why = f"not attached: {in_words(missing)}"
        has = in_words(sorted(actual))
        yield Check(_AREA, f"{name}: policies", State.PROBLEM, in_words(sorted(planned)), has, why, _UP)
    else:
        yield ok(_AREA, f"{name}: policies", in_words(sorted(planned)))
