"""The model of the cloud: what it knows before a deployment, and what it makes up for one."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import pytest
from pulumi._types import resource_types

import eks_fargate.offline.cloud.answers as module
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.cloud.answers import Cloud
from eks_fargate.offline.errors import NotModelledError

PREVIEW = Cloud("eu-west-1", "", dry_run=True)
UPDATE = Cloud("eu-west-1", "", dry_run=False)


def resource(type_: str, **inputs: Any) -> Resource:
    return Resource(f"urn:pulumi:dev::demo::{type_}::a", type_, "a", "", inputs)


def rows(table: str, section: str) -> list[str]:
    loaded = json.loads((Path(module.__file__).parent / f"{table}.json").read_text())
    assert loaded["source"].startswith("https://")
    assert loaded["date"] == "2026-11-21"
    return list(loaded[section])


def test_a_preview_gives_no_id_and_only_what_the_program_gave() -> None:
    state = PREVIEW.created(resource("aws:iam/role:Role", path="/"))
    assert (state.id, state.outputs) == ("", {"path": "/"})


def test_an_update_makes_up_a_name_an_id_and_the_computed_outputs() -> None:
    state = UPDATE.created(resource("aws:iam/role:Role", path="/"))
    name = state.id
    assert name.startswith("a-")
    assert state.outputs["name"] == name
    assert state.outputs["arn"] == f"arn:aws:iam::123456789012:role/{name}"
    assert state.outputs["path"] == "/"


def test_values_of_the_program_win_over_defaults() -> None:
    cluster = UPDATE.created(resource("aws:eks/cluster:Cluster", name="demo", version="1.35"))
    assert (cluster.id, cluster.outputs["version"]) == ("demo", "1.35")
    assert cluster.outputs["arn"] == "arn:aws:eks:eu-west-1:123456789012:cluster/demo"


def test_arns_are_of_the_regions_partition_and_the_given_account() -> None:
    state = Cloud("cn-north-1", "210987654321", dry_run=False).created(resource("aws:ec2/vpc:Vpc"))
    assert state.outputs["arn"] == f"arn:aws-cn:ec2:cn-north-1:210987654321:vpc/{state.id}"


def test_an_input_that_an_id_is_made_of_must_be_given() -> None:
    with pytest.raises(NotModelledError) as raised:
        UPDATE.created(resource("aws:eks/addon:Addon", clusterName="demo"))
    assert raised.value.problems == ("aws:eks/addon:Addon 'a': its answer is made of 'addonName', which is not given",)


@pytest.mark.parametrize(
    ("metadata", "dry_run", "name", "id_"),
    [
        ({"name": "web", "namespace": "shop"}, False, "web", "shop/web"),
        ({"name": "web"}, False, "web", "web"),
        ({"name": "web"}, True, "web", ""),
        ({}, True, UNKNOWN, ""),
        (None, True, UNKNOWN, ""),
    ],
)
def test_an_object_keeps_its_name_or_gets_one(
    metadata: dict[str, str] | None, name: object, id_: str, *, dry_run: bool
) -> None:
    state = Cloud("", "", dry_run).created(resource("kubernetes:apps/v1:DeploymentPatch", metadata=metadata))
    assert (state.outputs["metadata"]["name"], state.id) == (name, id_)


def test_an_object_whose_metadata_is_unknown_stays_so() -> None:
    assert UPDATE.created(resource("kubernetes:v1:Pod", metadata=UNKNOWN)).outputs == {"metadata": UNKNOWN}


def test_a_release_has_a_status_and_a_provider_an_id() -> None:
    release = UPDATE.created(resource("kubernetes:helm.sh/v3:Release", name="lb"))
    assert release.id == "default/lb"
    assert release.outputs["status"] == {"name": "lb", "namespace": "default", "revision": 1, "status": "deployed"}
    assert len(UPDATE.created(resource("pulumi:providers:aws")).id) == 17


@pytest.mark.parametrize("type_", [t for t in rows("resources", "types") if t.startswith("aws:")])
def test_every_row_gives_an_id_and_outputs_that_the_sdk_knows(type_: str) -> None:
    inputs = dict.fromkeys(("clusterName", "principalArn", "policyArn", "addonName", "role", "routeTableId"), "x")
    state = UPDATE.created(resource(type_, **inputs))
    assert "{" not in state.id
    _, module_name, class_name = type_.split(":")
    sdk_class = getattr(importlib.import_module(f"pulumi_aws.{module_name.partition('/')[0]}"), class_name)
    assert state.outputs.keys() - inputs.keys() <= resource_types(sdk_class).keys()


@pytest.mark.parametrize("token", rows("functions", "functions"))
def test_every_function_is_answered_in_an_update(token: str) -> None:
    answer = UPDATE.invoked(token, {"name": "demo"})
    assert answer is not None
    assert answer["id"]


@pytest.mark.parametrize(
    ("token", "region", "account", "known"),
    [
        ("aws:index/getRegion:getRegion", "eu-west-1", "", True),
        ("aws:index/getRegion:getRegion", "", "", False),
        ("aws:index/getPartition:getPartition", "eu-west-1", "", True),
        ("aws:index/getCallerIdentity:getCallerIdentity", "eu-west-1", "", False),
        ("aws:index/getCallerIdentity:getCallerIdentity", "eu-west-1", "210987654321", True),
        ("aws:eks/getCluster:getCluster", "eu-west-1", "210987654321", False),
    ],
)
def test_a_preview_answers_what_the_settings_tell(token: str, region: str, account: str, *, known: bool) -> None:
    answer = Cloud(region, account, dry_run=True).invoked(token, {"name": "demo"})
    assert (answer is not None) is known


def test_a_type_or_a_function_without_a_row_is_refused() -> None:
    with pytest.raises(NotModelledError, match=r"aws:s3/bucket:Bucket \('a'\) has no row"):
        PREVIEW.created(resource("aws:s3/bucket:Bucket"))
    with pytest.raises(NotModelledError, match="the function aws:x:y has no offline answer"):
        PREVIEW.invoked("aws:x:y", {})
