"""Who may use the Kubernetes API: the planned access entries, and the one that EKS itself makes for Fargate's pods."""

from __future__ import annotations

from typing import Any, Final

from eks_fargate.fargate.resource_types import PROFILE
from eks_fargate.live.account import Account
from eks_fargate.live.checks import Check, State, not_checked, ok
from eks_fargate.live.demand import Demand, text
from eks_fargate.live.failures import Failure
from eks_fargate.live.verify.found import found

_AREA: Final = "access"
_ENTRY: Final = "aws:eks/accessEntry:AccessEntry"


def access(account: Account, demand: Demand) -> list[Check]:
    """Each planned access entry, and that of each pod execution role, without which no Fargate node joins."""
    name = demand.cluster_name
    cluster = found(account, demand).cluster
    if name is None or isinstance(cluster, Failure):
        return []
    mode = cluster.get("accessConfig", {}).get("authenticationMode", "CONFIG_MAP")
    if mode == "CONFIG_MAP":
        why = "the cluster uses the ConfigMap aws-auth, which EKS writes for Fargate: see the pods below"
        return [not_checked(_AREA, "access entries", why)]
    listing = account.ask("eks", "ListAccessEntries", clusterName=name)
    if isinstance(listing, Failure):
        return [not_checked(_AREA, "access entries", listing)]
    there = {str(arn) for arn in listing.get("accessEntries", [])}
    checks = []
    for entry in demand.stack.of_type(_ENTRY):
        arn = text(entry.inputs.get("principalArn"))
        if arn is None:
            checks.append(not_checked(_AREA, entry.name, "its principal is not known before deployment"))
        elif arn in there:
            checks.append(ok(_AREA, arn, actual="has an entry"))
        else:
            checks.append(Check(_AREA, arn, State.PROBLEM, why="it has no access entry", fix="run `pulumi up`"))
    return [*checks, *(_of_execution_role(arn, account, name, there) for arn in execution_roles(account, demand))]


def execution_roles(account: Account, demand: Demand) -> list[str]:
    """The ARNs of the pod execution roles of the planned profiles, as they stand; sorted."""
    arns = set()
    for profile in demand.stack.of_type(PROFILE):
        name = text(profile.inputs.get("fargateProfileName"))
        answer = account.ask(
            "eks", "DescribeFargateProfile", clusterName=demand.cluster_name, fargateProfileName=name or profile.name
        )
        if not isinstance(answer, Failure):
            arns.add(str(answer["fargateProfile"].get("podExecutionRoleArn")))
    return sorted(arns)


def _of_execution_role(arn: str, account: Account, cluster: str, there: set[str]) -> Check:
    wanted = "an entry of type FARGATE_LINUX"
    fix = f"aws eks create-access-entry --cluster-name {cluster} --type FARGATE_LINUX --principal-arn {arn}"
    if arn not in there:
        why = "EKS makes it with the profile; without it no Fargate node may join the cluster"
        return Check(_AREA, arn, State.PROBLEM, wanted, "no entry", why, fix)
    answer: Any = account.ask("eks", "DescribeAccessEntry", clusterName=cluster, principalArn=arn)
    if isinstance(answer, Failure):
        return not_checked(_AREA, arn, answer)
    actual = str(answer["accessEntry"].get("type"))
    if actual != "FARGATE_LINUX":
        why = "an entry of another type keeps Fargate nodes out, and its type cannot be changed"
        return Check(_AREA, arn, State.PROBLEM, wanted, f"an entry of type {actual}", why, f"delete it, then {fix}")
    return ok(_AREA, arn, wanted, f"an entry of type {actual}")
