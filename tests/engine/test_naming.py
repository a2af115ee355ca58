"""Physical names that the provider makes up, and that it keeps."""

from __future__ import annotations

import pytest

from tests.engine.naming import is_given, named

ROLE = "aws:iam/role:Role"
CONFIG_MAP = "kubernetes:core/v1:ConfigMap"
RELEASE = "kubernetes:helm.sh/v3:Release"
SEED = bytes.fromhex("0123456789abcdef")


def test_a_role_without_a_name_gets_one_and_keeps_it() -> None:
    first = named(ROLE, "pods", {}, {}, SEED)
    assert first == {"name": "pods-0123456", "__defaults": ["name"]}
    assert named(ROLE, "pods", {}, first, bytes(8)) == first


def test_a_given_name_stays_as_it_is() -> None:
    assert named(ROLE, "pods", {"name": "mine"}, {}, SEED) == {"name": "mine"}


def test_a_kubernetes_object_without_a_name_gets_one_and_keeps_it() -> None:
    first = named(CONFIG_MAP, "config", {"data": {}}, {}, SEED)
    annotations = {"pulumi.com/autonamed": "true"}
    assert first == {"data": {}, "metadata": {"name": "config-01234567", "annotations": annotations}}
    assert named(CONFIG_MAP, "config", {"data": {}}, first, bytes(8)) == first


def test_a_release_without_a_name_gets_one_and_keeps_it() -> None:
    first = named(RELEASE, "chart", {"chart": "demo"}, {}, SEED)
    assert first == {"chart": "demo", "name": "chart-01234567", "__defaults": ["name"]}
    assert named(RELEASE, "chart", {"chart": "demo"}, first, bytes(8)) == first


@pytest.mark.parametrize(("type_", "inputs"), [(ROLE, {"name": "mine"}), (CONFIG_MAP, {"metadata": {"name": "mine"}})])
def test_with_a_given_name_the_provider_deletes_first(type_: str, inputs: dict[str, object]) -> None:
    assert is_given(type_, inputs)


@pytest.mark.parametrize(
    ("type_", "inputs"),
    [
        (ROLE, {"name": "pods-0123456", "__defaults": ["name"]}),
        (CONFIG_MAP, {"metadata": {"name": "a", "annotations": {"pulumi.com/autonamed": "true"}}}),
        (RELEASE, {"name": "mine"}),
        ("aws:ec2/vpc:Vpc", {"cidrBlock": "10.0.0.0/16"}),
    ],
)
def test_otherwise_it_creates_first(type_: str, inputs: dict[str, object]) -> None:
    assert not is_given(type_, inputs)
