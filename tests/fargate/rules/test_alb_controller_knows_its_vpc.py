from __future__ import annotations

from typing import Any

import pytest

from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.profiles import Profile, Selector
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.scenes import case, findings, planned, said

_VALUES = {
    "clusterName": "shop",
    "region": "eu-west-1",
    "vpcId": UNKNOWN,
    "serviceAccount": {"annotations": {"eks.amazonaws.com/role-arn": UNKNOWN}},
}


def _release(chart: Any = "aws-load-balancer-controller", **values: Any) -> Resource:
    given = {key: value for key, value in {**_VALUES, **values}.items() if value is not None}
    return planned("kubernetes:helm.sh/v3:Release", chart=chart, namespace="kube-system", values=given)


CASES = {
    "alb-controller-knows-its-vpc": case(
        [_release()],
        [_release(vpcId=None)],
        "values",
        "chart",
    ),
}


@pytest.mark.parametrize("key", ["clusterName", "region", "vpcId"])
def test_what_the_controller_cannot_ask_for_is_said(key: str) -> None:
    assert said(findings("alb-controller-knows-its-vpc", _release(**{key: None}))) == [
        (
            "error",
            f"values.{key}",
            f"{key} is not set, and on Fargate the controller cannot ask the instance metadata service for it",
        )
    ]


def test_tags_find_the_vpc_too() -> None:
    assert findings("alb-controller-knows-its-vpc", _release(vpcId=None, vpcTags={"Name": "shop"})) == []


def test_a_service_account_without_a_role_is_an_error() -> None:
    (found,) = findings("alb-controller-knows-its-vpc", _release(serviceAccount={"create": True}))
    assert found.path == "values.serviceAccount.annotations"
    assert found.message == (
        "the controller's service account has no eks.amazonaws.com/role-arn, the one way to credentials on Fargate"
    )


def test_a_service_account_made_elsewhere_has_to_be_in_sight() -> None:
    release = _release(serviceAccount={"create": False, "name": "controller"})
    account: dict[str, Any] = {
        "apiVersion": "v1",
        "kind": "ServiceAccount",
        "metadata": {"name": "controller", "namespace": "kube-system"},
    }
    assert said(findings("alb-controller-knows-its-vpc", release))[0][0] == "undetermined"
    assert said(findings("alb-controller-knows-its-vpc", release, account))[0][0] == "error"
    account["metadata"]["annotations"] = {"eks.amazonaws.com/role-arn": UNKNOWN}
    assert findings("alb-controller-knows-its-vpc", release, account) == []


@pytest.mark.parametrize(
    "chart", ["eks/aws-load-balancer-controller", "oci://registry.example/aws-load-balancer-controller"]
)
def test_the_chart_is_known_wherever_it_comes_from(chart: str) -> None:
    assert len(findings("alb-controller-knows-its-vpc", _release(chart, region=None))) == 1


def test_other_charts_and_controllers_on_nodes_are_not_judged() -> None:
    assert findings("alb-controller-knows-its-vpc", _release("cert-manager", region=None)) == []
    dns = Profile("dns", (Selector("kube-system", {"k8s-app": "kube-dns"}),))
    on_nodes: dict[str, Any] = {"data_plane": DataPlane.MIXED, "profiles": (dns,)}
    assert findings("alb-controller-knows-its-vpc", _release(region=None), **on_nodes) == []
