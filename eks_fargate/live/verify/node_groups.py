"""The managed node groups: each there, active, healthy, and of the planned size and version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resource_types import NODE_GROUP
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import has_unknown
from eks_fargate.live.account import Account, Answer, Question
from eks_fargate.live.checks import Check, State, compared, in_words, not_checked
from eks_fargate.live.demand import Demand, text
from eks_fargate.live.failures import Failure, Kind
from eks_fargate.live.verify.roles import is_name_of

_AREA: Final = "node groups"
_UP: Final = "run `pulumi up`"


def node_groups(account: Account, demand: Demand) -> list[Check]:
    """Each planned node group beside the one that stands, found by its name or by that which Pulumi makes."""
    planned = demand.stack.of_type(NODE_GROUP)
    if not planned:
        return []
    listing = account.ask("eks", "ListNodegroups", clusterName=demand.cluster_name)
    if isinstance(listing, Failure) and listing.kind is not Kind.MISSING:
        return [not_checked(_AREA, f"node groups of {demand.cluster_name}", listing)]
    there = [] if isinstance(listing, Failure) else sorted(map(str, listing.get("nodegroups", [])))
    checks: list[Check] = []
    for group in planned:
        names = [name for name in there if is_name_of(group, name)]
        answers = account.ask_all(
            Question("eks", "DescribeNodegroup", {"clusterName": demand.cluster_name, "nodegroupName": name})
            for name in names
        )
        checks += [check for name, answer in zip(names, answers, strict=True) for check in _checks(name, group, answer)]
        if not names:
            checks.append(Check(_AREA, group.name, State.PROBLEM, "ACTIVE", why="there is no such group", fix=_UP))
    return checks


def _checks(name: str, planned: Resource, answer: Answer) -> Iterator[Check]:
    if isinstance(answer, Failure):
        yield not_checked(_AREA, name, answer)
        return
    live: Mapping[str, Any] = answer["nodegroup"]
    status = str(live.get("status", ""))
    yield compared(_AREA, name, "ACTIVE", status, "wait" if status.endswith("ING") else "correct what its issues name")
    for issue in live.get("health", {}).get("issues", []):
        why = f"health issue of {in_words(sorted(map(str, issue.get('resourceIds', []))))}"
        yield Check(_AREA, name, State.PROBLEM, actual=str(issue.get("code")), why=why, fix="correct what it names")
    version = text(planned.inputs.get("version"))
    if version is not None:
        yield compared(_AREA, f"{name}: version", version, str(live.get("version", "")), _UP)
    types = planned.inputs.get("instanceTypes")
    if isinstance(types, list) and not has_unknown(types):
        actual = in_words(sorted(live.get("instanceTypes", [])))
        yield compared(_AREA, f"{name}: instance types", in_words(sorted(map(str, types))), actual, _UP)
    scaling = planned.inputs.get("scalingConfig")
    if isinstance(scaling, Mapping):
        bounds = ("minSize", "maxSize")  # the desired size is an autoscaler's to move
        wanted = in_words(
            [f"{key} {scaling.get(key):g}" for key in bounds if isinstance(scaling.get(key), (int, float))]
        )
        actual = in_words([f"{key} {live.get('scalingConfig', {}).get(key)}" for key in bounds])
        yield compared(_AREA, f"{name}: size", wanted, actual, _UP, level=Level.WARNING)
