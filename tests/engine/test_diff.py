"""What is updated in place and what is replaced, and that the table of it names inputs that exist."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

from eks_fargate.fargate.unknown import UNKNOWN
from tests.engine.diff import Change, changes
from tests.engine.schemas import Schemas

PROFILE = "aws:eks/fargateProfile:FargateProfile"
CLUSTER = "aws:eks/cluster:Cluster"
TABLE = json.loads((files("eks_fargate.offline.changes") / "replacement.json").read_text(encoding="utf-8"))
OLD = {"clusterName": "demo", "selectors": [{"namespace": "apps"}], "tags": {"team": "a"}}


def test_the_same_inputs_are_no_change() -> None:
    assert changes(PROFILE, OLD, dict(OLD), []) == []


def test_a_tag_is_updated_in_place() -> None:
    assert changes(PROFILE, OLD, {**OLD, "tags": {"team": "b"}}, []) == [Change("tags.team", "UPDATE", replaces=False)]


def test_what_lies_under_a_replacing_input_replaces() -> None:
    new = {**OLD, "selectors": [{"namespace": "web"}, {"namespace": "jobs"}]}
    assert changes(PROFILE, OLD, new, []) == [
        Change("selectors[0].namespace", "UPDATE", replaces=True),
        Change("selectors[1]", "ADD", replaces=True),
    ]


def test_an_input_that_is_taken_away_counts_as_deleted() -> None:
    new = {key: value for key, value in OLD.items() if key != "tags"}
    assert changes(PROFILE, OLD, new, []) == [Change("tags", "DELETE", replaces=False)]


def test_an_input_that_is_not_known_yet_counts_as_changed() -> None:
    assert changes(PROFILE, OLD, {**OLD, "clusterName": UNKNOWN}, []) == [
        Change("clusterName", "UPDATE", replaces=True)
    ]


def test_an_ignored_input_is_no_change() -> None:
    assert changes(PROFILE, OLD, {**OLD, "tags": {"team": "b"}}, ["tags"]) == []


def test_only_the_named_part_of_a_nested_input_replaces() -> None:
    old = {"accessConfig": {"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": True}}
    new = {"accessConfig": {"authenticationMode": "CONFIG_MAP", "bootstrapClusterCreatorAdminPermissions": False}}
    assert changes(CLUSTER, old, new, []) == [
        Change("accessConfig.authenticationMode", "UPDATE", replaces=False),
        Change("accessConfig.bootstrapClusterCreatorAdminPermissions", "UPDATE", replaces=True),
    ]


def test_encryption_is_added_in_place_and_taken_away_by_a_replacement() -> None:
    plain, encrypted = {"name": "demo"}, {"name": "demo", "encryptionConfig": {"resources": ["secrets"]}}
    assert changes(CLUSTER, plain, encrypted, []) == [Change("encryptionConfig", "ADD", replaces=False)]
    assert changes(CLUSTER, encrypted, plain, []) == [Change("encryptionConfig", "DELETE", replaces=True)]


def test_a_config_map_changes_in_place_where_the_provider_says_so() -> None:
    config_map = "kubernetes:core/v1:ConfigMap"
    old, new = {"data": {"a": "1"}}, {"data": {"a": "2"}}
    assert changes(config_map, old, new, []) == [Change("data.a", "UPDATE", replaces=True)]
    mutable = {"enableConfigMapMutable": "true"}
    assert changes(config_map, old, new, [], mutable) == [Change("data.a", "UPDATE", replaces=False)]


@pytest.fixture(scope="module")
def all_schemas(tmp_path_factory: pytest.TempPathFactory) -> Schemas:
    return Schemas(Path(tmp_path_factory.mktemp("all-schemas")))


@pytest.mark.filterwarnings("ignore::DeprecationWarning:pulumi_aws")
@pytest.mark.parametrize("type_", sorted(TABLE["types"]))
def test_the_table_of_replacements_names_inputs_that_exist(type_: str, all_schemas: Schemas) -> None:
    for path in TABLE["types"][type_]["properties"]:
        fields = all_schemas.inputs_of(type_)
        for key in path.split("."):
            assert key in fields, path
            shape = fields[key]["shape"]
            fields = all_schemas.fields_of(shape["class"]) if shape["kind"] == "object" else {}
