"""The least IAM policy that deploying a plan, and removing it again, takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from eks_fargate.fargate.resource_types import ROLE
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.zones import region_of
from eks_fargate.live.demand import Demand, text
from eks_fargate.live.tables import table

MANAGED_POLICY_CHARACTERS: Final = 6144
"""The most that a managed policy may hold, white space not counted.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

_ANY: Final = "*"


def deployer_policy(demand: Demand) -> dict[str, Any]:
    """The policy document. An account that settings do not name is `*`; what the table does not have is left out."""
    actions: defaultdict[str, set[str]] = defaultdict(set)
    passed: defaultdict[str, set[str]] = defaultdict(set)
    linked: set[str] = set()
    types, services = table("deployer_actions")["types"], table("deployer_actions")["serviceLinkedRoles"]["services"]
    for resource in demand.stack.resources:
        row = types.get(resource.type)
        if row is None:
            continue
        for statement in row["statements"]:
            for arn in _arns(statement["resource"], resource, row, demand):
                actions[arn].update(statement["actions"])
        if "passes" in row:
            for arn in _passed_roles(resource, row["passes"]["role"], demand):
                passed[arn].update(row["passes"]["to"])
        linked.update({services[resource.type]} if resource.type in services else ())
    statements = [_allow(sorted(actions[arn]), [arn]) for arn in sorted(actions)]
    for arn in sorted(passed):
        condition = {"StringEquals": {"iam:PassedToService": sorted(passed[arn])}}
        statements.append(_allow(["iam:PassRole"], [arn], condition))
    if linked:
        arns = [f"arn:{demand.partition}:iam::{_account(demand)}:role/aws-service-role/*"]
        condition = {"StringEquals": {"iam:AWSServiceName": sorted(linked)}}
        statements.append(_allow(["iam:CreateServiceLinkedRole"], arns, condition))
    return {"Version": "2012-10-17", "Statement": _joined(statements)}


def types_without_actions(demand: Demand) -> list[str]:
    """The planned AWS types of which the table does not have the actions, sorted."""
    types = table("deployer_actions")["types"]
    planned = {one.type for one in demand.stack.resources if one.custom and one.type.startswith("aws:")}
    return sorted(planned - set(types))


def _allow(actions: list[str], arns: list[str], condition: Mapping[str, Any] | None = None) -> dict[str, Any]:
    statement: dict[str, Any] = {"Effect": "Allow", "Action": actions, "Resource": arns}
    return statement | ({"Condition": condition} if condition else {})


def _joined(statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Statements of the same actions and conditions as one."""
    joined: dict[str, dict[str, Any]] = {}
    for statement in statements:
        key = str((statement["Action"], statement.get("Condition")))
        if key in joined:
            joined[key]["Resource"] += statement["Resource"]
        else:
            joined[key] = statement
    return list(joined.values())


def _arns(pattern: str, resource: Resource, row: Mapping[str, Any], demand: Demand) -> Iterator[str]:
    named = resource
    for key, type_ in row.get("of", {}).items():
        # A role that the plan does not make is named by the input itself.
        named = next(iter(demand.stack.behind(resource, key, type_)), resource)
        if named is resource:
            yield _filled(pattern, text(resource.inputs.get(key)) or _ANY, "/", demand)
            return
    yield _filled(pattern, _name(named), text(named.inputs.get("path")) or "/", demand)


def _filled(pattern: str, name: str, path: str, demand: Demand) -> str:
    region = region_of(demand.region, demand.facts)
    return pattern.format(
        partition=demand.partition,
        region=demand.region,
        account=_account(demand),
        dnsSuffix=region.dns_suffix if region else _ANY,
        cluster=demand.cluster_name or _ANY,
        path=path,
        name=name,
    )


def _passed_roles(resource: Resource, key: str, demand: Demand) -> list[str]:
    """The ARNs of the roles that an input hands over: planned or given; any where it is not known which."""
    given = text(resource.inputs.get(key))
    role = f"arn:{demand.partition}:iam::{_account(demand)}:role"
    planned = [
        f"{role}{text(one.inputs.get('path')) or '/'}{_name(one)}" for one in demand.stack.behind(resource, key, ROLE)
    ]
    return planned or [given or f"{role}/*"]


def _name(resource: Resource) -> str:
    """The physical name; Pulumi's own, of the resource's name and seven characters, where none is given."""
    return text(resource.inputs.get("name")) or f"{resource.name}-*"


def _account(demand: Demand) -> str:
    return demand.account or _ANY
