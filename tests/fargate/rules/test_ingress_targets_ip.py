from __future__ import annotations

import json
from typing import Any

import pytest

from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.scenes import WEB_ONLY, case, findings, ingress, planned, put, said, service, web

_TARGET_TYPE = "alb.ingress.kubernetes.io/target-type"
_IP = {_TARGET_TYPE: "ip"}
_BACKEND = "spec.rules[0].http.paths[0].backend"


def _ingress_class(controller: str = "ingress.k8s.aws/alb", parameters: str = "") -> dict[str, Any]:
    spec: dict[str, Any] = {"controller": controller}
    if parameters:
        spec["parameters"] = {"apiGroup": "elbv2.k8s.aws", "kind": "IngressClassParams", "name": parameters}
    return {"apiVersion": "networking.k8s.io/v1", "kind": "IngressClass", "metadata": {"name": "alb"}, "spec": spec}


def _parameters(**spec: Any) -> dict[str, Any]:
    return {
        "apiVersion": "elbv2.k8s.aws/v1beta1",
        "kind": "IngressClassParams",
        "metadata": {"name": "shop"},
        "spec": spec,
    }


CASES = {
    "ingress-targets-ip": case(
        [ingress(_IP), service(), web()],
        [ingress({_TARGET_TYPE: "instance"}), service(), web()],
        f'metadata.annotations."{_TARGET_TYPE}"',
        "spec.ingressClassName",
        f"{_BACKEND}.service.name",
        f"{_BACKEND}.service",
        _BACKEND,
        "spec.rules",
        "spec",
        "metadata.annotations",
    ),
}


def test_an_ingress_without_a_target_type_has_the_controllers_own_default() -> None:
    (found,) = findings("ingress-targets-ip", ingress(), service(), web())
    assert found.object == "Ingress/shop/web"
    assert found.path == f"{_BACKEND}.service.name"
    assert found.message == (
        "backend web is on Fargate and the target type is instance by the controller's own default; an ALB reaches "
        "Fargate pods with target type ip alone"
    )
    assert found.fix == "Annotate the Ingress with alb.ingress.kubernetes.io/target-type: ip."


@pytest.mark.parametrize("target_type", ["ip", "instance"])
def test_the_controllers_default_may_be_known(target_type: str) -> None:
    found = findings("ingress-targets-ip", ingress(), service(), web(), default_target_type=target_type)
    assert len(found) == (target_type == "instance")


def test_a_release_of_the_controller_tells_its_default() -> None:
    release = planned(
        "kubernetes:helm.sh/v3:Release",
        chart="aws-load-balancer-controller",
        namespace="kube-system",
        values={"defaultTargetType": "ip"},
    )
    assert findings("ingress-targets-ip", ingress(), service(), web(), release) == []


def test_class_parameters_win_over_the_annotation() -> None:
    around = [service(), web(), _ingress_class(parameters="shop")]
    assert findings("ingress-targets-ip", ingress(), *around, _parameters(targetType="ip")) == []
    (found,) = findings("ingress-targets-ip", ingress(_IP), *around, _parameters(targetType="instance"))
    assert "is instance in IngressClassParams shop;" in found.message
    assert found.fix == "Set spec.targetType of the IngressClassParams to ip."


def test_a_services_annotation_wins_over_the_ingresses() -> None:
    noted = put(service(), "metadata.annotations", {_TARGET_TYPE: "instance"})
    (found,) = findings("ingress-targets-ip", ingress(_IP), noted, web())
    assert "is instance by annotation of the Service;" in found.message


def test_an_ingress_of_another_controller_is_not_judged() -> None:
    assert findings("ingress-targets-ip", ingress(), service(), web(), _ingress_class("k8s.io/ingress-nginx")) == []
    assert findings("ingress-targets-ip", put(ingress(), "spec.ingressClassName", "nginx"), service(), web()) == []


def test_the_old_class_annotation_counts() -> None:
    made = ingress({"kubernetes.io/ingress.class": "alb"})
    del made["spec"]["ingressClassName"]
    assert len(findings("ingress-targets-ip", made, service(), web())) == 1


def test_the_default_class_takes_an_ingress_that_names_none() -> None:
    default = put(_ingress_class(), "metadata.annotations", {"ingressclass.kubernetes.io/is-default-class": "true"})
    made = ingress()
    del made["spec"]["ingressClassName"]
    assert len(findings("ingress-targets-ip", made, service(), web(), default)) == 1
    assert findings("ingress-targets-ip", made, service(), web()) == []


def test_an_ingress_of_the_first_api_version_is_read_too() -> None:
    made = ingress()
    made["spec"] = {"backend": {"serviceName": "web", "servicePort": 80}, "ingressClassName": "alb"}
    assert [one.path for one in findings("ingress-targets-ip", made, service(), web())] == ["spec.backend.serviceName"]


def test_a_backend_behind_an_action_counts() -> None:
    forward = {"type": "forward", "forwardConfig": {"targetGroups": [{"serviceName": "web", "servicePort": 80}]}}
    made = ingress({"alb.ingress.kubernetes.io/actions.split": json.dumps(forward)})
    backend = {"service": {"name": "split", "port": {"name": "use-annotation"}}}
    assert len(findings("ingress-targets-ip", put(made, _BACKEND, backend), service(), web())) == 1
    redirect = {"alb.ingress.kubernetes.io/actions.split": '{"type": "redirect"}'}
    assert findings("ingress-targets-ip", put(ingress(redirect), _BACKEND, backend), service(), web()) == []


def test_backends_on_nodes_are_not_judged() -> None:
    on_nodes = put(web(), "spec.template.metadata.labels.app", "api")
    other = put(service(), "spec.selector.app", "api")
    settings: dict[str, Any] = {"data_plane": DataPlane.MIXED, "profiles": (WEB_ONLY,)}
    assert findings("ingress-targets-ip", ingress(), other, on_nodes, **settings) == []


def test_a_service_that_is_not_in_sight_is_on_fargate_if_there_are_no_nodes() -> None:
    assert said(findings("ingress-targets-ip", ingress()))[0][0] == "error"
    assert said(findings("ingress-targets-ip", ingress(), data_plane=DataPlane.MIXED))[0][0] == "undetermined"
    assert findings("ingress-targets-ip", ingress(), data_plane=DataPlane.NODES) == []


def test_pods_that_may_be_elsewhere_leave_it_open() -> None:
    unsure = put(web(), "spec.template.metadata.labels.app", UNKNOWN)
    (found,) = findings("ingress-targets-ip", ingress(), service(), unsure)
    assert found.level.value == "undetermined"
