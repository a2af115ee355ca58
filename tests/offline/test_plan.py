"""A plan: finding resources, and what of it may be shown."""

from __future__ import annotations

import pytest

from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.plan import Log, Plan, child_path, masked

STACK = Resource("urn:stack", "pulumi:pulumi:Stack", "demo-dev", "", {}, custom=False)
VPC = Resource("urn:vpc", "aws:ec2/vpc:Vpc", "a", "urn:stack", {"cidrBlock": "10.0.0.0/16"})
SUBNET = Resource(
    "urn:subnet", "aws:ec2/subnet:Subnet", "b", "urn:stack", {"vpcId": UNKNOWN}, ("urn:vpc",), options={"protect": True}
)
OBJECT = Resource(
    "urn:object", "kubernetes:core/v1:Secret", "c", "urn:stack", {"stringData": {"a": "x"}}, provider="urn:provider"
)
PROVIDER = Resource("urn:provider", "pulumi:providers:kubernetes", "d", "urn:stack", {}, ("urn:subnet",))
PLAN = Plan("dev", "demo", "eu-west-1", (OBJECT, PROVIDER, STACK, SUBNET, VPC), {"id": UNKNOWN})


def test_resources_are_found_by_type_name_and_parent() -> None:
    assert PLAN.of_type("aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet") == (SUBNET, VPC)
    assert PLAN.named("aws:ec2/vpc:Vpc", "a") is VPC
    assert PLAN.children_of("urn:stack") == (OBJECT, PROVIDER, SUBNET, VPC)


def test_a_resource_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        PLAN.named("aws:ec2/vpc:Vpc", "b")


def test_dependence_goes_through_providers_and_is_not_of_oneself() -> None:
    assert PLAN.depends_on(OBJECT, VPC)
    assert not PLAN.depends_on(VPC, OBJECT)
    assert not PLAN.depends_on(VPC, VPC)


def test_json_keeps_the_documented_keys() -> None:
    plan = Plan("dev", "demo", "eu-west-1", (SUBNET,), {"id": UNKNOWN, "pw": "x"}, ("pw",), (Log("info", "m"),), ("n",))
    assert plan.to_json() == {
        "stack": "dev",
        "region": "eu-west-1",
        "resources": [
            {
                "urn": "urn:subnet",
                "type": "aws:ec2/subnet:Subnet",
                "name": "b",
                "parent": "urn:stack",
                "inputs": {"vpcId": "<unknown>"},
                "dependencies": ["urn:vpc"],
                "options": {"protect": True},
            }
        ],
        "outputs": {"id": "<unknown>", "pw": "[secret]"},
        "logs": [{"severity": "info", "message": "m", "urn": ""}],
        "notes": ["n"],
    }


def test_secrets_are_masked_at_any_depth_and_keys_sorted() -> None:
    values = {"b": [{"tls.crt": "x", "open": 1}], "a": {"deep": {"of": "y"}}}
    shown = masked(values, ('b[0]["tls.crt"]', "a.deep"))
    assert shown == {"a": {"deep": "[secret]"}, "b": [{"open": 1, "tls.crt": "[secret]"}]}
    assert list(shown) == ["a", "b"]


@pytest.mark.parametrize(
    ("path", "key", "joined"),
    [("", "a", "a"), ("a", "b-c_d", "a.b-c_d"), ("a", 0, "a[0]"), ("a", "b.c", 'a["b.c"]'), ("", "x/y", '["x/y"]')],
)
def test_paths_are_written_so_that_no_two_look_alike(path: str, key: str | int, joined: str) -> None:
    assert child_path(path, key) == joined
