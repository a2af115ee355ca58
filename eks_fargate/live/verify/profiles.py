"""The Fargate profiles: each there, active, healthy, and as planned; and those that the plan does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resource_types import PROFILE
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import has_unknown
from eks_fargate.live.account import Account, Answer, Question
from eks_fargate.live.checks import Check, State, compared, in_words, not_checked
from eks_fargate.live.cluster import profile_of_answer
from eks_fargate.live.demand import Demand, text
from eks_fargate.live.failures import Failure, Kind
from eks_fargate.live.verify.found import compared_subnets, found, of_vpc, planned_blocks

_AREA: Final = "profiles"
_UP: Final = "run `pulumi up`"
# Source: https://docs.aws.amazon.com/eks/latest/APIReference/API_FargateProfileIssue.html
_ISSUES: Final = {
    "PodExecutionRoleAlreadyInUse": "use a role that no node group has",
    "AccessDenied": "let the pod execution role's access entry stand, and its trust policy name this cluster",
    "ClusterUnreachable": "open the API server to the profile's subnets: private access, or their NAT addresses",
    "InternalFailure": "wait, or create the profile anew",
}


def profiles(account: Account, demand: Demand) -> list[Check]:
    """Each planned profile beside the one that stands, and the ones that stand without a plan."""
    name = demand.cluster_name
    planned = {text(one.inputs.get("fargateProfileName")): one for one in demand.stack.of_type(PROFILE)}
    if name is None or not planned:
        return []
    listing = account.ask("eks", "ListFargateProfiles", clusterName=name)
    if isinstance(listing, Failure) and listing.kind is not Kind.MISSING:
        return [not_checked(_AREA, f"profiles of {name}", listing)]
    there = set() if isinstance(listing, Failure) else set(listing.get("fargateProfileNames", []))
    shared = sorted(key for key in planned if key is not None and key in there)
    answers = account.ask_all(
        Question("eks", "DescribeFargateProfile", {"clusterName": name, "fargateProfileName": key}) for key in shared
    )
    what = found(account, demand)
    subnets = of_vpc(account, "DescribeSubnets", what.vpc_id)
    checks = [
        check
        for key, answer in zip(shared, answers, strict=True)
        for check in _checks(key, planned[key], answer, subnets, demand)
    ]
    checks += [_missing(key, planned[key]) for key in sorted(set(planned) - there, key=str)]
    return [*checks, *(_unplanned(key) for key in sorted(there - set(planned)))]


def _missing(key: str | None, planned: Resource) -> Check:
    if key is None:
        return not_checked(_AREA, planned.name, "its physical name is not known before deployment")
    return Check(_AREA, key, State.PROBLEM, "ACTIVE", why="there is no such profile", fix=_UP)


def _unplanned(key: str) -> Check:
    why = "the plan has no such profile; it may win pods from those of the plan"
    fix = f"delete it, unless it is meant: aws eks delete-fargate-profile --fargate-profile-name {key}"
    return Check(_AREA, key, State.PROBLEM, actual="exists", why=why, fix=fix, level=Level.WARNING)


def _checks(name: str, planned: Resource, answer: Answer, subnets: Answer, demand: Demand) -> Iterator[Check]:
    if isinstance(answer, Failure):
        yield not_checked(_AREA, name, answer)
        return
    live: Mapping[str, Any] = answer["fargateProfile"]
    status = str(live.get("status", ""))
    yield compared(_AREA, name, "ACTIVE", status, "wait" if status.endswith("ING") else "delete it, and " + _UP)
    for issue in live.get("health", {}).get("issues", []):
        code = str(issue.get("code"))
        fix = _ISSUES.get(code, "correct what it names")
        yield Check(_AREA, name, State.PROBLEM, actual=code, why="health issue", fix=fix)
    if has_unknown(planned.inputs.get("selectors")):
        yield not_checked(_AREA, f"{name}: selectors", "some selector is not known before deployment")
    else:
        wanted = _selectors({"selectors": planned.inputs.get("selectors", [])}, name)
        yield compared(_AREA, f"{name}: selectors", wanted, _selectors(live, name), _UP)
    blocks = planned_blocks(planned, "subnetIds", demand)
    yield compared_subnets(_AREA, f"{name}: subnets", blocks, live.get("subnets", []), subnets)


def _selectors(profile: Mapping[str, Any], name: str) -> str:
    return in_words(sorted(map(str, profile_of_answer(name, profile).selectors)))
