from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from eks_fargate.fargate.kubernetes_resources import api_of, chart_name, is_patch, manifests_of
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.stack import Stack
from eks_fargate.fargate.unknown import UNKNOWN

DEPLOYMENT = "kubernetes:apps/v1:Deployment"


def manifests(type_: str, inputs: Mapping[str, Any], provider: Mapping[str, Any] | None = None) -> list[Any]:
    """What a resource `web` makes. provider: the inputs of its provider."""
    resource = Resource("urn:web", type_, "web", "", inputs, provider="" if provider is None else "urn:provider")
    given = [] if provider is None else [Resource("urn:provider", "pulumi:providers:kubernetes", "k8s", "", provider)]
    return manifests_of(resource, Stack([resource, *given]))


@pytest.mark.parametrize(
    ("type_", "api"),
    [
        (DEPLOYMENT, ("apps/v1", "Deployment")),
        ("kubernetes:core/v1:Pod", ("v1", "Pod")),
        ("kubernetes:extensions/v1beta1:Ingress", ("extensions/v1beta1", "Ingress")),
        ("kubernetes:apps/v1:DeploymentPatch", ("apps/v1", "Deployment")),
        ("kubernetes:helm.sh/v3:Release", None),
        ("kubernetes:yaml/v2:ConfigGroup", None),
        ("kubernetes:kustomize:Directory", None),
        ("aws:eks/cluster:Cluster", None),
        ("pulumi:providers:kubernetes", None),
    ],
)
def test_a_type_tells_api_version_and_kind(type_: str, api: tuple[str, str] | None) -> None:
    assert api_of(type_) == api


def test_a_patch_is_told_from_an_object() -> None:
    assert is_patch("kubernetes:apps/v1:DeploymentPatch")
    assert not is_patch(DEPLOYMENT)


def test_a_resource_makes_its_inputs_with_its_kind() -> None:
    inputs = {"metadata": {"name": "shop", "namespace": "web"}, "spec": {"replicas": 2}}
    assert manifests(DEPLOYMENT, inputs) == [{**inputs, "apiVersion": "apps/v1", "kind": "Deployment"}]


def test_an_object_without_a_name_gets_the_resource_s() -> None:
    (manifest,) = manifests(DEPLOYMENT, {"metadata": {"labels": {"app": "web"}}})
    assert manifest["metadata"] == {"labels": {"app": "web"}, "name": "web"}
    (manifest,) = manifests(DEPLOYMENT, {})
    assert manifest["metadata"] == {"name": "web"}


def test_metadata_not_known_stay_so() -> None:
    (manifest,) = manifests(DEPLOYMENT, {"metadata": UNKNOWN}, {"namespace": "shop"})
    assert manifest["metadata"] is UNKNOWN


@pytest.mark.parametrize("type_", ["kubernetes:apps/v1:DeploymentPatch", "kubernetes:helm.sh/v3:Release", "aws:a/b:B"])
def test_patches_charts_and_other_resources_make_no_object(type_: str) -> None:
    assert manifests(type_, {"metadata": {"name": "web"}}) == []


def test_a_list_is_taken_apart() -> None:
    items = [
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}},
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "b"}},
    ]
    assert manifests("kubernetes:core/v1:List", {"items": items}) == items
    (deployment,) = manifests("kubernetes:apps/v1:DeploymentList", {"items": [{"metadata": {"name": "a"}}]})
    assert (deployment["apiVersion"], deployment["kind"]) == ("apps/v1", "Deployment")


@pytest.mark.parametrize(
    ("metadata", "namespace"),
    [
        ({"name": "web"}, "shop"),
        ({"name": "web", "namespace": ""}, "shop"),
        ({"name": "web", "namespace": "own"}, "own"),
        ({"name": "web", "namespace": UNKNOWN}, UNKNOWN),
    ],
)
def test_an_object_without_a_namespace_gets_its_provider_s(metadata: Mapping[str, Any], namespace: object) -> None:
    (manifest,) = manifests(DEPLOYMENT, {"metadata": metadata}, {"namespace": "shop"})
    assert manifest["metadata"]["namespace"] == namespace


def test_where_the_provider_has_no_namespace_none_is_added() -> None:
    (manifest,) = manifests(DEPLOYMENT, {"metadata": {"name": "web"}}, {})
    assert manifest["metadata"] == {"name": "web"}
    (manifest,) = manifests(DEPLOYMENT, {"metadata": {"name": "web"}}, {"namespace": UNKNOWN})
    assert manifest["metadata"]["namespace"] is UNKNOWN


@pytest.mark.parametrize(
    ("chart", "name"),
    [
        ("cilium", "cilium"),
        ("cilium/cilium", "cilium"),
        ("oci://example.com/charts/cilium/", "cilium"),
        ("charts/cilium.tgz", "cilium"),
        (UNKNOWN, UNKNOWN),
    ],
)
def test_a_chart_s_own_name(chart: object, name: object) -> None:
    assert chart_name({"chart": chart}) == name
