from __future__ import annotations

from dataclasses import replace
from typing import Any

import pulumi
import pytest

from components.application_ingress import ApplicationIngress, ApplicationIngressArgs, ingress_annotations
from tests.components.mocks import COMPUTED, Built, build, kubernetes_provider, stand_in

INGRESS = "kubernetes:networking.k8s.io/v1:Ingress"
PREFIX = "alb.ingress.kubernetes.io"
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/0123"
COMPLIANT = ApplicationIngressArgs(namespace="shop", service="web", port=8080)
HTTP = {
    f"{PREFIX}/scheme": "internal",
    f"{PREFIX}/target-type": "ip",
    f"{PREFIX}/listen-ports": '[{"HTTP": 80}]',
    f"{PREFIX}/healthcheck-path": "/",
}


def annotated(**changes: Any) -> dict[str, pulumi.Input[str]]:
    return ingress_annotations(replace(COMPLIANT, **changes))


def built(**changes: Any) -> Built:
    def program() -> dict[str, Any]:
        options = pulumi.ResourceOptions(providers=[kubernetes_provider()], depends_on=[stand_in("controller")])
        ingress = ApplicationIngress("web", replace(COMPLIANT, **changes), options)
        return {"hostname": ingress.hostname}

    return build(program)


def rules(**changes: Any) -> Any:
    return built(**changes).one(INGRESS, "web-ingress").inputs["spec"]["rules"]


def test_without_a_certificate_it_listens_to_http_alone() -> None:
    assert annotated() == HTTP


def test_with_a_certificate_http_is_redirected_to_https() -> None:
    assert annotated(certificate_arn=CERTIFICATE) == {
        **HTTP,
        f"{PREFIX}/listen-ports": '[{"HTTP": 80}, {"HTTPS": 443}]',
        f"{PREFIX}/certificate-arn": CERTIFICATE,
        f"{PREFIX}/ssl-redirect": "443",
    }


@pytest.mark.parametrize(
    ("changes", "annotation", "value"),
    [
        ({"scheme": "internet-facing"}, "scheme", "internet-facing"),
        ({"health_check_path": "/healthz"}, "healthcheck-path", "/healthz"),
        ({"group": "shop"}, "group.name", "shop"),
        ({"annotations": {f"{PREFIX}/wafv2-acl-arn": "arn"}}, "wafv2-acl-arn", "arn"),
        ({"annotations": {f"{PREFIX}/scheme": "internet-facing"}}, "scheme", "internet-facing"),
    ],
)
def test_an_argument_sets_its_annotation_and_no_other(changes: dict[str, Any], annotation: str, value: str) -> None:
    assert annotated(**changes) == {**HTTP, f"{PREFIX}/{annotation}": value}


def test_the_ingress_is_of_the_controllers_class_and_in_the_services_namespace() -> None:
    ingress = built().one(INGRESS, "web-ingress")
    assert ingress.inputs["metadata"] == {"name": "web", "namespace": "shop", "annotations": HTTP}
    assert ingress.inputs["spec"]["ingressClassName"] == "alb"
    assert ingress.parent == "web"
    assert ingress.provider == "in-cluster"


def test_without_hosts_every_name_is_served() -> None:
    backend = {"service": {"name": "web", "port": {"number": 8080}}}
    assert rules() == [{"http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": backend}]}}]


def test_each_host_is_served_by_the_same_path() -> None:
    found = rules(hosts=("shop.example", "www.shop.example"), path="/web")
    assert [rule["host"] for rule in found] == ["shop.example", "www.shop.example"]
    assert [[path["path"] for path in rule["http"]["paths"]] for rule in found] == [["/web"], ["/web"]]


def test_as_long_as_there_is_no_load_balancer_there_is_no_hostname() -> None:
    assert built().outputs["hostname"] == ""


def test_the_hostname_is_the_load_balancers(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "web-123.us-east-1.elb.amazonaws.com"
    answer = {"status": {"loadBalancer": {"ingress": [{"hostname": name}]}}}
    monkeypatch.setitem(COMPUTED, INGRESS, lambda _name, _inputs: answer)
    assert built().outputs["hostname"] == name
