"""A plan as text."""

from __future__ import annotations

from typing import Any

import pytest

from eks_fargate.cli.plan_text import plan_text, type_name
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.plan import Log, Plan

STACK = Resource("urn:stack", "pulumi:pulumi:Stack", "demo-dev", "", {}, custom=False)
NETWORK = Resource("urn:net", "demo:index:Network", "net", "urn:stack", {}, custom=False)


def child(type_: str, name: str, parent: str = "urn:stack", **fields: Any) -> Resource:
    return Resource(f"urn:{type_}:{name}", type_, name, parent, fields.pop("inputs", {}), **fields)


def text(*resources: Resource, **fields: Any) -> list[str]:
    return plan_text(Plan("dev", "demo", "", (STACK, *resources), fields.pop("outputs", {}), **fields)).splitlines()


def test_components_come_first_and_their_children_stand_under_them() -> None:
    lines = text(
        child("aws:iam/role:Role", "role"),
        NETWORK,
        child("aws:ec2/vpc:Vpc", "vpc", "urn:net", inputs={"cidrBlock": "10.0.0.0/16", "enableDnsHostnames": True}),
        child("aws:ec2/eip:Eip", "ip", "urn:net", options={"protect": True}),
    )
    assert lines == [
        "demo dev",
        "├─ Network net",
        "│  ├─ ec2 Eip ip  protect",
        "│  └─ ec2 Vpc vpc  cidrBlock=10.0.0.0/16  enableDnsHostnames=true",
        "└─ iam Role role",
        "",
        "3 resources: Network net 2, no component 1",
    ]


def test_an_option_that_a_parent_has_is_told_there_alone() -> None:
    cluster = Resource("urn:c", "demo:index:Cluster", "c", "urn:stack", {}, options={"protect": True}, custom=False)
    role = child("aws:iam/role:Role", "role", "urn:c", options={"protect": True, "retainOnDelete": True})
    assert text(cluster, role)[1:3] == ["└─ Cluster c  protect", "   └─ iam Role role  retainOnDelete"]


def test_selectors_are_told_in_words_and_unknown_values_left_out() -> None:
    selectors = [{"namespace": "shop", "labels": {"b": "2", "a": "1"}}, {"namespace": "kube-system"}]
    profile = child("aws:eks/fargateProfile:FargateProfile", "p", inputs={"selectors": selectors})
    subnet = child("aws:ec2/subnet:Subnet", "s", inputs={"cidrBlock": UNKNOWN})
    assert text(profile, subnet)[1:3] == [
        "├─ ec2 Subnet s",
        "└─ eks FargateProfile p  selectors=[shop (a=1, b=2), kube-system]",
    ]


def test_an_object_is_told_by_its_namespace_and_name_and_its_secrets_are_not() -> None:
    inputs = {"metadata": {"namespace": "shop", "name": "secret"}, "spec": {"replicas": 3}}
    web = child("kubernetes:apps/v1:Deployment", "web", inputs=inputs, secret_paths=("metadata.name",))
    assert text(web)[1] == "└─ apps/v1 Deployment web  namespace=shop  name=[secret]  replicas=3"


def test_outputs_messages_and_what_is_unknown_follow() -> None:
    lines = text(
        outputs={"b": {"x": [1, "y"]}, "a": "s"},
        secret_outputs=("a",),
        logs=(Log("warning", "careful"),),
        notes=("demo:token holds a secret",),
    )
    assert lines[1:] == [
        "",
        "0 resources",
        "",
        "Outputs:",
        "  a: [secret]",
        "  b: {x: [1, y]}",
        "",
        "Logged by the program:",
        "  warning: careful",
        "",
        "Not known offline:",
        "  demo:token holds a secret",
    ]


@pytest.mark.parametrize(
    ("type_", "name"),
    [
        ("aws:ec2/vpc:Vpc", "ec2 Vpc"),
        ("aws:index/getRegion:GetRegion", "index GetRegion"),
        ("kubernetes:core/v1:Namespace", "core/v1 Namespace"),
        ("kubernetes:helm.sh/v3:Release", "helm.sh/v3 Release"),
        ("eks:index:ManagedNodeGroup", "ManagedNodeGroup"),
        ("pulumi:providers:aws", "aws provider"),
        ("pulumi:pulumi:StackReference", "StackReference"),
    ],
)
def test_types_are_named_without_the_noise(type_: str, name: str) -> None:
    assert type_name(type_) == name
