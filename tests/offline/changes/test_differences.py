"""The values that differ between two versions of the inputs of one resource."""

from __future__ import annotations

import json
from typing import Any

import pytest

from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.changes.differences import ABSENT, Inputs, differences
from tests.offline.planned_resources import VPC, resource

ROLE = "aws:iam/role:Role"
DEPLOYMENT = "kubernetes:apps/v1:Deployment"


def found(old: dict[str, Any], new: dict[str, Any], *, type_: str = VPC, secret: tuple[str, ...] = ()) -> list[Any]:
    versions = (resource(type_, "it", inputs=inputs, secret_paths=secret) for inputs in (old, new))
    return [(one.path, one.old, one.new, one.hidden) for one in differences(*map(Inputs, versions))]


def test_each_value_that_differs_is_told_by_its_path() -> None:
    assert found({"tags": {"a": "1", "b": "2"}, "c": 1}, {"tags": {"a": "1", "b": "3"}, "d": 2}) == [
        ("c", 1, ABSENT, ""),
        ("d", ABSENT, 2, ""),
        ("tags.b", "2", "3", ""),
    ]


def test_a_mapping_that_is_added_is_told_value_by_value() -> None:
    assert found({}, {"tags": {"a": "1", "b": UNKNOWN}}) == [
        ("tags.a", ABSENT, "1", ""),
        ("tags.b", ABSENT, "<unknown>", ""),
    ]


def test_a_list_of_plain_values_is_told_as_a_whole_and_one_of_objects_item_by_item() -> None:
    assert found({"a": ["x", "y"]}, {"a": ["x"]}) == [("a", ["x", "y"], ["x"], "")]
    assert found({"a": [{"x": 1}, {"x": 2}]}, {"a": [{"x": 1}, {"x": 3}]}) == [("a[1].x", 2, 3, "")]


@pytest.mark.parametrize(("old", "new"), [(True, 1), (0, False), ("1", 1), (UNKNOWN, "<unknown>"), ([UNKNOWN], [""])])
def test_values_of_different_kinds_differ(old: Any, new: Any) -> None:
    assert len(found({"a": old}, {"a": new})) == 1


@pytest.mark.parametrize("same", [UNKNOWN, [UNKNOWN], {"a": [UNKNOWN, {"b": UNKNOWN}]}])
def test_unknown_values_are_equal(same: Any) -> None:
    assert found({"a": same}, {"a": same}) == []


def test_a_policy_is_compared_by_what_it_says() -> None:
    allow = {"Statement": [{"Effect": "Allow", "Action": "s3:GetObject"}]}
    deny = {"Statement": [{"Effect": "Deny", "Action": "s3:GetObject"}]}
    compact, indented = json.dumps(allow), json.dumps(allow, indent=2)
    assert found({"assumeRolePolicy": compact}, {"assumeRolePolicy": indented}, type_=ROLE) == []
    assert found({"assumeRolePolicy": compact}, {"assumeRolePolicy": json.dumps(deny)}, type_=ROLE) == [
        ("assumeRolePolicy.Statement[0].Effect", "Allow", "Deny", "")
    ]


def test_a_secret_is_never_shown_nor_what_is_in_it() -> None:
    old, new = {"values": {"password": "red1"}}, {"values": {"password": "blue2"}}
    assert found(old, new, secret=("values",)) == [("values", "[secret]", "[secret]", "secret")]
    assert found(old, new, secret=("values.password",)) == [("values.password", "[secret]", "[secret]", "secret")]
    assert found({}, new, secret=("values.password",)) == [("values.password", ABSENT, "[secret]", "secret")]
    assert found(old, old, secret=("values",)) == []


def test_a_secret_within_a_list_is_not_shown_with_it() -> None:
    new = {"items": [{"token": "blue2"}]}
    assert found({}, new, secret=("items[0].token",)) == [("items", ABSENT, [{"token": "[secret]"}], "")]


def test_environment_variables_are_not_shown() -> None:
    def containers(value: str, image: str) -> dict[str, Any]:
        container = {"name": "app", "image": image, "env": [{"name": "KEY", "value": value}]}
        return {"spec": {"template": {"spec": {"containers": [container]}}}}

    where = "spec.template.spec.containers[0]"
    assert found(containers("red1", "app:1"), containers("blue2", "app:2"), type_=DEPLOYMENT) == [
        (f"{where}.env[0].value", "[secret]", "[secret]", "data"),
        (f"{where}.image", "app:1", "app:2", ""),
    ]


def test_unknown_paths_are_told_without_indices() -> None:
    inputs = Inputs(resource(VPC, "it", inputs={"a": {"b": [UNKNOWN, UNKNOWN], "c": 1}, "d": UNKNOWN}))
    assert inputs.unknown_paths("a") == {"a.b"}
    assert inputs.unknown_paths("d") == {"d"}
    assert inputs.unknown_paths("e") == frozenset()
