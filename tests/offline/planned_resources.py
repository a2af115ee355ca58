"""Plans put together by hand: a VPC, a subnet in it, a cluster and a profile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.plan import Plan

VPC = "aws:ec2/vpc:Vpc"
SUBNET = "aws:ec2/subnet:Subnet"
CLUSTER = "aws:eks/cluster:Cluster"
PROFILE = "aws:eks/fargateProfile:FargateProfile"
CONFIG_MAP = "kubernetes:core/v1:ConfigMap"


def urn(type_: str, name: str) -> str:
    """The URN of a resource at the top of the stack."""
    return f"urn:pulumi:dev::demo::{type_}::{name}"


def resource(type_: str, name: str, /, **parts: Any) -> Resource:
    """A resource at the top of the stack; parts as in `Resource`."""
    return Resource(urn(type_, name), type_, name, "", **{"inputs": {}, **parts})


def plan(*resources: Resource, region: str = "eu-west-1") -> Plan:
    """A plan of these resources."""
    return Plan("dev", "demo", region, tuple(sorted(resources, key=lambda one: one.urn)), {})


VPC_MAIN = resource(VPC, "main", inputs={"cidrBlock": "10.0.0.0/16"})
SUBNET_A = resource(
    SUBNET,
    "a",
    inputs={"cidrBlock": "10.0.0.0/24", "vpcId": UNKNOWN},
    property_dependencies={"vpcId": [VPC_MAIN.urn]},
)
CLUSTER_MAIN = resource(
    CLUSTER,
    "cluster",
    inputs={"name": "demo", "version": "1.35", "vpcConfig": {"subnetIds": [UNKNOWN]}},
    property_dependencies={"vpcConfig": [SUBNET_A.urn]},
)
PROFILE_APPS = resource(
    PROFILE,
    "apps",
    inputs={
        "clusterName": "demo",
        "fargateProfileName": "apps--1",
        "selectors": [{"namespace": "app-*"}, {"namespace": "default"}],
        "subnetIds": [UNKNOWN],
    },
    property_dependencies={"clusterName": [CLUSTER_MAIN.urn], "subnetIds": [SUBNET_A.urn]},
    options={"deleteBeforeReplace": False},
)
PLATFORM = (VPC_MAIN, SUBNET_A, CLUSTER_MAIN, PROFILE_APPS)


def changed(original: Resource, inputs: Mapping[str, Any], **parts: Any) -> Resource:
    """A resource with some inputs of another value; further parts are replaced as a whole."""
    return replace(original, inputs={**original.inputs, **inputs}, **parts)


def instead(resources: Sequence[Resource], *others: Resource) -> list[Resource]:
    """The resources, each of `others` in the place of that of its URN."""
    return list({one.urn: one for one in (*resources, *others)}.values())
