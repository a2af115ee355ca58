from __future__ import annotations

import pytest

from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.scenes import CONTAINER, case, findings, ingress, put, said, service, web

CASES = {
    "service-finds-pods": case(
        [service(), web()],
        [put(service(), "spec.ports[0].targetPort", "grpc"), web()],
        "spec.ports[0].targetPort",
        "spec.ports",
        "spec.selector",
        "spec.selector.app",
        "metadata.namespace",
    ),
}


def test_a_selector_that_finds_no_pod_is_a_warning() -> None:
    assert said(
        findings("service-finds-pods", put(service(), "spec.selector", {"app": "api", "tier": "x"}), web())
    ) == [("warning", "spec.selector", "no pod in sight in namespace shop has the labels app=api, tier=x")]


@pytest.mark.parametrize("port", ["grpc", 9090])
def test_a_port_that_no_container_serves_is_a_warning(port: str | int) -> None:
    assert said(findings("service-finds-pods", put(service(), "spec.ports[0].targetPort", port), web())) == [
        ("warning", "spec.ports[0].targetPort", f"no container of Deployment/shop/web serves port {port}")
    ]


def test_a_service_without_a_target_port_asks_for_its_own() -> None:
    found = findings("service-finds-pods", service(ports=[{"port": 80}]), web())
    assert [one.path for one in found] == ["spec.ports[0].port"]
    assert findings("service-finds-pods", service(ports=[{"port": 8080}]), web()) == []


def test_a_container_that_lists_no_ports_may_serve_any_number() -> None:
    silent = put(web(), f"{CONTAINER}.ports", [])
    assert findings("service-finds-pods", service(ports=[{"port": 9090}]), silent) == []
    assert len(findings("service-finds-pods", service(), silent)) == 1


def test_a_service_without_a_selector_selects_nothing_on_purpose() -> None:
    assert findings("service-finds-pods", service(selector=None)) == []
    assert findings("service-finds-pods", service(type="ExternalName", externalName="example.com")) == []


_BACKEND = "spec.rules[0].http.paths[0].backend.service"


def test_a_backend_that_is_not_in_sight_is_a_warning() -> None:
    assert said(findings("service-finds-pods", ingress())) == [
        ("warning", f"{_BACKEND}.name", "Service web is not in sight in namespace shop")
    ]


def test_a_backend_asks_for_one_of_the_services_ports() -> None:
    assert findings("service-finds-pods", ingress(), service(), web()) == []
    found = findings("service-finds-pods", put(ingress(), f"{_BACKEND}.port", {"name": "https"}), service(), web())
    assert said(found) == [("warning", f"{_BACKEND}.name", "Service/shop/web has no port https")]


def test_an_unknown_backend_is_undetermined() -> None:
    (found,) = findings("service-finds-pods", put(ingress(), f"{_BACKEND}.name", UNKNOWN), service(), web())
    assert found.level.value == "undetermined"
