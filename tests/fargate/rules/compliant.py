"""A cluster and a planned stack with which every rule of group B is content; each test changes one thing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from eks_fargate.fargate.cluster import Cluster
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.profiles import Profile, Selector
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.rules import all_rules
from eks_fargate.fargate.rules.aws import ClusterRule, PlannedRule
from eks_fargate.fargate.rules.base import Verdict
from eks_fargate.fargate.stack import Planned, Stack
from eks_fargate.fargate.unknown import UNKNOWN

ACCOUNT = "123456789012"
PROFILE = "aws:eks/fargateProfile:FargateProfile"
NODE_GROUP = "aws:eks/nodeGroup:NodeGroup"
ROUTE = "aws:ec2/route:Route"
IN_USE = {
    "podExecutionRoleArn": ("role",),
    "clusterName": ("cluster",),
    "subnetIds": ("subnet-a", "subnet-b"),
}

CLUSTER = Cluster(
    name="shop",
    version="1.35",
    region="us-east-1",
    data_plane=DataPlane.FARGATE,
    profiles=(
        Profile("apps--1a2b3c4d", (Selector("shop", {"tier": "web"}), Selector("batch-*")), key="apps"),
        Profile("system--1a2b3c4d", (Selector("kube-system"),), key="system"),
    ),
    today=date(2026, 11, 21),
    account=ACCOUNT,
    zone_ids=("use1-az1", "use1-az2"),
)


def with_selectors(*selectors: Selector) -> Cluster:
    """The cluster, its profile `apps` with other selectors."""
    first, *others = CLUSTER.profiles
    return replace(CLUSTER, profiles=(replace(first, selectors=selectors), *others))


def trust(source_arn: str | None = f"arn:aws:eks:us-east-1:{ACCOUNT}:fargateprofile/shop/*", **changes: Any) -> str:
    """The role's trust policy, with another limit, or other fields of its one statement."""
    condition = {} if source_arn is None else {"Condition": {"ArnLike": {"aws:SourceArn": source_arn}}}
    principal = {"Service": "eks-fargate-pods.amazonaws.com"}
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal, **condition, **changes}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def resource(
    urn: str, type_: str, inputs: Mapping[str, Any], behind: Mapping[str, Sequence[str]] | None = None
) -> Resource:
    """A resource whose URN and name are both `urn`; behind: input -> the URNs it comes from."""
    sources = {key: tuple(urns) for key, urns in (behind or {}).items()}
    dependencies = tuple(sorted({one for urns in sources.values() for one in urns}))
    return Resource(urn, type_, urn, "", inputs, dependencies, sources)


def profile(urn: str, *after: str, behind: Mapping[str, Sequence[str]] = IN_USE, **inputs: Any) -> Resource:
    """A planned profile that depends on `after` too."""
    given = {"podExecutionRoleArn": UNKNOWN, "clusterName": UNKNOWN, "subnetIds": [UNKNOWN, UNKNOWN], **inputs}
    made = resource(urn, PROFILE, given, behind)
    return replace(made, dependencies=tuple(sorted({*made.dependencies, *after})))


def plan() -> dict[str, Resource]:
    """A compliant stack's resources by URN: two private subnets behind a NAT gateway, one public subnet."""
    on = {"enableDnsSupport": True, "enableDnsHostnames": True}
    table, association = "aws:ec2/routeTable:RouteTable", "aws:ec2/routeTableAssociation:RouteTableAssociation"
    out = {"destinationCidrBlock": "0.0.0.0/0"}
    resources = [
        resource("vpc", "aws:ec2/vpc:Vpc", on),
        resource("internet", "aws:ec2/internetGateway:InternetGateway", {}),
        resource("role", "aws:iam/role:Role", {"path": "/", "assumeRolePolicy": trust()}),
        resource("cluster", "aws:eks/cluster:Cluster", {"name": "shop", "version": "1.35"}),
        resource("table-public", table, {}, {"vpcId": ["vpc"]}),
        resource("table-private", table, {}, {"vpcId": ["vpc"]}),
        resource("nat", "aws:ec2/natGateway:NatGateway", {}, {"subnetId": ["subnet-public"]}),
        resource(
            "route-public",
            ROUTE,
            {**out, "gatewayId": UNKNOWN},
            {"routeTableId": ["table-public"], "gatewayId": ["internet"]},
        ),
        resource(
            "route-private",
            ROUTE,
            {**out, "natGatewayId": UNKNOWN},
            {"routeTableId": ["table-private"], "natGatewayId": ["nat"]},
        ),
        profile("profile-a"),
        profile("profile-b", "profile-a"),
        resource("nodes", NODE_GROUP, {"nodeRoleArn": UNKNOWN}, {"nodeRoleArn": ["node-role"]}),
        resource(
            "node-role",
            "aws:iam/role:Role",
            {"assumeRolePolicy": trust(None, Principal={"Service": "ec2.amazonaws.com"})},
        ),
    ]
    for name, kind in (("subnet-a", "private"), ("subnet-b", "private"), ("subnet-public", "public")):
        sources = {"subnetId": [name], "routeTableId": [f"table-{kind}"]}
        resources.append(resource(name, "aws:ec2/subnet:Subnet", {"vpcId": UNKNOWN}, {"vpcId": ["vpc"]}))
        resources.append(resource(f"association-{name}", association, {}, sources))
    return {one.urn: one for one in resources}


def stack_of(resources: Mapping[str, Resource], *, ours: bool = True, account: str | None = ACCOUNT) -> Stack:
    """A stack of these resources."""
    return Stack(list(resources.values()), ours=ours, account=account)


def on_cluster(rule_id: str, cluster: Cluster) -> list[Verdict]:
    """What a rule says of a cluster."""
    (rule,) = (one for one in all_rules() if one.id == rule_id)
    assert isinstance(rule, ClusterRule)
    return list(rule.check(cluster))


def on_plan(rule_id: str, stack: Stack) -> list[tuple[str, Verdict]]:
    """What a rule says of a stack: the resource's URN and the verdict."""
    (rule,) = (one for one in all_rules() if one.id == rule_id)
    assert isinstance(rule, PlannedRule)
    return [(one.urn, verdict) for one in stack.of_type(*rule.types) for verdict in rule.check(Planned(one, stack))]
