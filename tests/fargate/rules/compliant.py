"""A cluster and a planned stack with which every rule of groups B and F is content; each test changes one thing."""

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
LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
EKS_CLUSTER = "aws:eks/cluster:Cluster"
TAGS = {"team": "shop"}
CONTROL_PLANE: dict[str, Any] = {
    "name": "shop",
    "version": "1.35",
    "accessConfig": {"authenticationMode": "API"},
    "enabledClusterLogTypes": ["audit"],
    "encryptionConfig": {"provider": {"keyArn": UNKNOWN}, "resources": ["secrets"]},
    "vpcConfig": {
        "endpointPrivateAccess": True,
        "endpointPublicAccess": True,
        "publicAccessCidrs": ["203.0.113.0/24"],
        "subnetIds": [UNKNOWN, UNKNOWN],
    },
}
TEMPLATE = {
    "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {"encrypted": "true"}}],
    "metadataOptions": {"httpTokens": "required"},
}
NODES = {"launchTemplate": {"id": UNKNOWN}, "nodeRoleArn": UNKNOWN, "subnetIds": [UNKNOWN]}
NODES_BEHIND = {"clusterName": ["cluster"], "launchTemplate": ["template"], "subnetIds": ["subnet-a"]}
ROUTE = "aws:ec2/route:Route"
SUBNET = "aws:ec2/subnet:Subnet"
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
    """A tagged resource whose URN and name are both `urn`; behind: input -> the URNs it comes from."""
    sources = {key: tuple(urns) for key, urns in (behind or {}).items()}
    dependencies = tuple(sorted({one for urns in sources.values() for one in urns}))
    return Resource(urn, type_, urn, "", {"tags": TAGS, **inputs}, dependencies, sources)


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
        resource("cluster", EKS_CLUSTER, CONTROL_PLANE, {"vpcConfig": ["subnet-a", "subnet-b"]}),
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
        resource("template", LAUNCH_TEMPLATE, TEMPLATE),
        resource("nodes", NODE_GROUP, NODES, {**NODES_BEHIND, "nodeRoleArn": ["node-role"]}),
        resource(
            "node-role",
            "aws:iam/role:Role",
            {"assumeRolePolicy": trust(None, Principal={"Service": "ec2.amazonaws.com"})},
        ),
    ]
    for name, kind in (("subnet-a", "private"), ("subnet-b", "private"), ("subnet-public", "public")):
        zone = "use1-az2" if name == "subnet-b" else "use1-az1"
        sources = {"subnetId": [name], "routeTableId": [f"table-{kind}"]}
        resources.append(resource(name, SUBNET, {"vpcId": UNKNOWN, "availabilityZoneId": zone}, {"vpcId": ["vpc"]}))
        resources.append(resource(f"association-{name}", association, {}, sources))
    return {one.urn: one for one in resources}


def changed(urn: str, **inputs: Any) -> dict[str, Resource]:
    """The compliant stack's resources, inputs of one of them changed; None leaves an input out."""
    resources = plan()
    given = {key: value for key, value in {**resources[urn].inputs, **inputs}.items() if value is not None}
    return {**resources, urn: replace(resources[urn], inputs=given)}


def stack_of(
    resources: Mapping[str, Resource], *, ours: bool = True, account: str | None = ACCOUNT, production: bool = False
) -> Stack:
    """A stack of these resources."""
    return Stack(list(resources.values()), ours=ours, account=account, production=production)


def on_cluster(rule_id: str, cluster: Cluster) -> list[Verdict]:
    """What a rule says of a cluster."""
    (rule,) = (one for one in all_rules() if one.id == rule_id)
    assert isinstance(rule, ClusterRule)
    return list(rule.check(cluster))


def on_plan(rule_id: str, stack: Stack) -> list[tuple[str, Verdict]]:
    """What a rule says of a stack: the resource's URN and the verdict."""
    (rule,) = (one for one in all_rules() if one.id == rule_id)
    assert isinstance(rule, PlannedRule)
    return [(one.urn, verdict) for one in rule.resources(stack) for verdict in rule.check(Planned(one, stack))]
