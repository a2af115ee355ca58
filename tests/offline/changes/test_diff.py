"""What changes between two plans, and what is replaced for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.changes.change import Change, Op
from eks_fargate.offline.changes.diff import changes, renames
from tests.offline.planned_resources import (
    CLUSTER_MAIN,
    CONFIG_MAP,
    PLATFORM,
    PROFILE,
    PROFILE_APPS,
    SUBNET_A,
    VPC,
    VPC_MAIN,
    changed,
    instead,
    plan,
    resource,
    urn,
)


def between(before: Sequence[Resource], after: Sequence[Resource]) -> dict[str, Change]:
    return {change.resource.name: change for change in changes(plan(*before), plan(*after))}


def told(before: Sequence[Resource], after: Sequence[Resource]) -> dict[str, Any]:
    """Name of each changed resource -> its operation and the JSON of its properties."""
    return {
        name: (change.op.value, [one.to_json() for one in change.properties])
        for name, change in between(before, after).items()
    }


def test_the_same_plan_changes_nothing() -> None:
    assert changes(plan(*PLATFORM), plan(*PLATFORM)) == ()


def test_what_is_new_is_created_and_what_is_missing_deleted() -> None:
    other = resource(VPC, "other", inputs={"cidrBlock": "10.1.0.0/16"})
    assert told([VPC_MAIN], [other]) == {"main": ("delete", []), "other": ("create", [])}


def test_without_a_plan_before_everything_is_created() -> None:
    assert [change.op for change in changes(None, plan(*PLATFORM))] == [Op.CREATE] * 4


def test_components_and_what_is_only_read_are_left_out() -> None:
    component = resource("demo:index:Network", "network", custom=False)
    read = resource(VPC, "read", options={"external": True})
    assert changes(plan(), plan(component, read)) == ()
    assert changes(plan(component, read), plan()) == ()


def test_an_input_that_the_provider_updates_in_place_updates() -> None:
    assert told([VPC_MAIN], [changed(VPC_MAIN, {"enableDnsSupport": True})]) == {
        "main": ("update", [{"path": "enableDnsSupport", "new": True}])
    }


def test_a_profile_whose_selectors_change_is_replaced_and_the_new_one_comes_first() -> None:
    selectors = [{"namespace": "batch"}]
    profile = changed(PROFILE_APPS, {"fargateProfileName": "apps--2", "selectors": selectors})
    change = between(PLATFORM, instead(PLATFORM, profile))["apps"]
    assert (change.op, change.deletes_first) == (Op.REPLACE, False)
    assert [one.to_json() for one in change.properties] == [
        {"path": "fargateProfileName", "old": "apps--1", "new": "apps--2", "replaces": True},
        {"path": "selectors", "old": PROFILE_APPS.inputs["selectors"], "new": selectors, "replaces": True},
    ]


@pytest.mark.parametrize(("said", "first"), [({}, True), ({"deleteBeforeReplace": False}, False)])
def test_a_profile_with_a_name_of_its_own_goes_first_unless_the_program_says_no(
    said: dict[str, Any], *, first: bool
) -> None:
    old = changed(PROFILE_APPS, {}, options=said)
    new = changed(old, {"selectors": [{"namespace": "batch"}]})
    assert between(instead(PLATFORM, old), instead(PLATFORM, new))["apps"].deletes_first is first


def test_selectors_in_another_order_are_the_same() -> None:
    turned = changed(PROFILE_APPS, {"selectors": PROFILE_APPS.inputs["selectors"][::-1]})
    assert told(PLATFORM, instead(PLATFORM, turned)) == {}


def test_a_replaced_vpc_replaces_its_subnets_and_they_the_profiles() -> None:
    vpc = changed(VPC_MAIN, {"cidrBlock": "10.1.0.0/16"})
    found = told(PLATFORM, instead(PLATFORM, vpc))
    moved = {"old": "<unknown>", "new": "<unknown>", "replaces": True}
    assert found["a"] == ("replace", [{"path": "vpcId", **moved, "because": {VPC_MAIN.urn: "replaced"}}])
    assert found["apps"] == ("replace", [{"path": "subnetIds", **moved, "because": {SUBNET_A.urn: "replaced"}}])


def test_a_cluster_takes_other_subnets_in_place() -> None:
    subnet = changed(SUBNET_A, {"cidrBlock": "10.0.1.0/24"})
    found = between(PLATFORM, instead(PLATFORM, subnet))
    assert found["a"].op is Op.REPLACE
    assert (found["cluster"].op, [one.path for one in found["cluster"].properties]) == (
        Op.UPDATE,
        ["vpcConfig.subnetIds"],
    )


def test_what_names_a_cluster_that_goes_first_goes_first_too_although_the_name_stays() -> None:
    cluster = changed(CLUSTER_MAIN, {"bootstrapSelfManagedAddons": False})
    found = between(PLATFORM, instead(PLATFORM, cluster))
    assert (found["cluster"].op, found["cluster"].deletes_first) == (Op.REPLACE, True)
    assert (found["apps"].op, found["apps"].deletes_first) == (Op.REPLACE, True)
    assert [one.to_json() for one in found["apps"].properties] == [
        {
            "path": "clusterName",
            "old": "demo",
            "new": "demo",
            "replaces": True,
            "because": {CLUSTER_MAIN.urn: "replaced"},
        }
    ]


def test_an_unknown_value_from_another_resource_is_another_value() -> None:
    other = replace(SUBNET_A, urn=urn(SUBNET_A.type, "b"), name="b")
    profile = changed(PROFILE_APPS, {}, property_dependencies={"subnetIds": [other.urn]})
    before = changed(PROFILE_APPS, {}, property_dependencies={"subnetIds": [SUBNET_A.urn]})
    assert told([SUBNET_A, other, before], [SUBNET_A, other, profile]) == {
        "apps": (
            "replace",
            [
                {
                    "path": "subnetIds",
                    "old": "<unknown>",
                    "new": "<unknown>",
                    "replaces": True,
                    "because": {SUBNET_A.urn: "gone", other.urn: "added"},
                }
            ],
        )
    }


def test_a_list_of_unknown_values_that_grows_says_where_the_new_ones_come_from() -> None:
    other = replace(SUBNET_A, urn=urn(SUBNET_A.type, "b"), name="b")
    dependencies = {**PROFILE_APPS.property_dependencies, "subnetIds": [SUBNET_A.urn, other.urn]}
    profile = changed(PROFILE_APPS, {"subnetIds": [UNKNOWN, UNKNOWN]}, property_dependencies=dependencies)
    (one,) = between([*PLATFORM, other], [*instead(PLATFORM, profile), other])["apps"].properties
    assert one.to_json() == {
        "path": "subnetIds",
        "old": ["<unknown>"],
        "new": ["<unknown>", "<unknown>"],
        "replaces": True,
        "because": {other.urn: "added"},
    }


def test_a_value_that_becomes_known_changes() -> None:
    assert told([SUBNET_A], [changed(SUBNET_A, {"vpcId": "vpc-1"}, property_dependencies={})]) == {
        "a": ("replace", [{"path": "vpcId", "old": "<unknown>", "new": "vpc-1", "replaces": True}])
    }


def test_a_rename_with_an_alias_is_no_replacement_and_moves_nothing_that_depends_on_it() -> None:
    alias = {"spec": {"name": "main"}}
    network = replace(VPC_MAIN, urn=urn(VPC, "network"), name="network", options={"aliases": [alias]})
    subnet = changed(SUBNET_A, {}, property_dependencies={"vpcId": [network.urn]})
    before, after = plan(VPC_MAIN, SUBNET_A), plan(network, subnet)
    assert changes(before, after) == ()
    assert renames(before, after) == {network.urn: VPC_MAIN.urn}


def test_a_rename_without_an_alias_replaces_what_depends_on_it() -> None:
    network = replace(VPC_MAIN, urn=urn(VPC, "network"), name="network")
    subnet = changed(SUBNET_A, {}, property_dependencies={"vpcId": [network.urn]})
    found = between([VPC_MAIN, SUBNET_A], [network, subnet])
    assert {name: change.op.value for name, change in found.items()} == {
        "a": "replace",
        "main": "delete",
        "network": "create",
    }


def test_ignored_changes_are_none() -> None:
    ignoring = {"ignoreChanges": ["cidrBlock"]}
    old = changed(VPC_MAIN, {}, options=ignoring)
    assert told([old], [changed(old, {"cidrBlock": "10.1.0.0/16"})]) == {}
    subnet = changed(SUBNET_A, {}, options={"ignoreChanges": ["vpcId"]})
    assert list(told([VPC_MAIN, subnet], [changed(VPC_MAIN, {"cidrBlock": "10.1.0.0/16"}), subnet])) == ["main"]


def test_a_mapping_that_is_unknown_may_change_whatever_is_in_it() -> None:
    unknown = changed(CLUSTER_MAIN, {"accessConfig": UNKNOWN})
    known = changed(CLUSTER_MAIN, {"accessConfig": {"authenticationMode": "API"}})
    assert between([unknown], [known])["cluster"].op is Op.REPLACE
    assert between([CLUSTER_MAIN], [known])["cluster"].op is Op.UPDATE


def test_an_update_that_the_program_wants_as_a_replacement_is_one() -> None:
    old = changed(VPC_MAIN, {}, options={"replaceOnChanges": ["tags"]})
    assert told([old], [changed(old, {"tags": {"a": "b"}})]) == {
        "main": ("replace", [{"path": "tags.a", "new": "b", "replaces": True}])
    }


def test_what_is_to_be_replaced_with_another_is() -> None:
    follower = resource(VPC, "follower", options={"replaceWith": [VPC_MAIN.urn]})
    change = between([VPC_MAIN, follower], [changed(VPC_MAIN, {"cidrBlock": "10.1.0.0/16"}), follower])["follower"]
    assert (change.op, dict(change.because)) == (Op.REPLACE, {VPC_MAIN.urn: "replaced"})


def test_encryption_of_secrets_replaces_a_cluster_only_where_it_is_taken_away() -> None:
    encrypted = changed(CLUSTER_MAIN, {"encryptionConfig": {"resources": ["secrets"]}})
    assert between([CLUSTER_MAIN], [encrypted])["cluster"].op is Op.UPDATE
    assert between([encrypted], [CLUSTER_MAIN])["cluster"].op is Op.REPLACE


def test_another_region_makes_everything_in_it_anew_but_not_what_is_global() -> None:
    role = resource("aws:iam/role:Role", "role")
    pinned = resource(VPC, "pinned", inputs={"region": "eu-west-1"})
    before, after = plan(VPC_MAIN, role, pinned), plan(VPC_MAIN, role, pinned, region="us-east-1")
    (change,) = changes(before, after)
    assert (change.resource.name, change.op, dict(change.because)) == ("main", Op.REPLACE, {"aws:region": "replaced"})


def test_an_aws_provider_of_another_region_does_the_same() -> None:
    provider = resource("pulumi:providers:aws", "there", inputs={"region": "us-east-1"})
    vpc = changed(VPC_MAIN, {}, provider=provider.urn)
    found = between([provider, vpc], [changed(provider, {"region": "us-west-2"}), vpc])
    assert {name: change.op.value for name, change in found.items()} == {"main": "replace", "there": "update"}


def in_cluster(**provider: Any) -> tuple[Resource, Resource]:
    """The Kubernetes provider of the cluster, and a ConfigMap made through it."""
    made = resource(
        "pulumi:providers:kubernetes",
        "inside",
        inputs={"kubeconfig": UNKNOWN, **provider},
        property_dependencies={"kubeconfig": [CLUSTER_MAIN.urn]},
        secret_paths=["kubeconfig"],
    )
    inputs = {"metadata": {"name": "settings", "namespace": "shop"}, "data": {"color": "red"}}
    return made, resource(CONFIG_MAP, "settings", inputs=inputs, provider=made.urn)


def test_a_replaced_cluster_takes_every_object_in_it_along() -> None:
    cluster = changed(CLUSTER_MAIN, {"name": "other"})
    found = between([CLUSTER_MAIN, *in_cluster()], [cluster, *in_cluster()])
    assert {name: (change.op.value, change.deletes_first) for name, change in found.items()} == {
        "cluster": ("replace", True),
        "inside": ("replace", True),
        "settings": ("replace", True),
    }
    assert [one.to_json() for one in found["inside"].properties] == [
        {
            "path": "kubeconfig",
            "old": "<unknown>",
            "new": "<unknown>",
            "replaces": True,
            "hidden": "secret",
            "because": {CLUSTER_MAIN.urn: "replaced"},
        }
    ]


@pytest.mark.parametrize(("mutable", "op"), [({}, Op.REPLACE), ({"enableConfigMapMutable": "true"}, Op.UPDATE)])
def test_data_of_a_config_map_replaces_it_unless_the_provider_is_told_otherwise(
    mutable: dict[str, Any], op: Op
) -> None:
    provider, settings = in_cluster(**mutable)
    blue = changed(settings, {"data": {"color": "blue"}})
    change = between([provider, settings], [provider, blue])["settings"]
    assert change.op is op
    assert [one.to_json() for one in change.properties] == [
        {
            "path": "data.color",
            "old": "[secret]",
            "new": "[secret]",
            **({"replaces": True} if op is Op.REPLACE else {}),
            "hidden": "data",
        }
    ]


def test_an_object_that_goes_to_another_provider_is_replaced() -> None:
    provider, settings = in_cluster()
    change = between([provider, settings], [provider, replace(settings, provider="")])["settings"]
    assert (change.op, dict(change.because)) == (Op.REPLACE, {provider.urn: "gone"})


def test_the_changes_are_sorted_by_urn() -> None:
    found = changes(plan(), plan(*PLATFORM, resource(PROFILE, "more")))
    assert [change.resource.urn for change in found] == sorted(change.resource.urn for change in found)
