from __future__ import annotations

from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.scenes import CONTAINER, POD_SPEC, case, findings, put, said, service, web

_PROBE = f"{CONTAINER}.readinessProbe"
_WITHOUT = put(web(), _PROBE, None)

CASES = {
    "probes-are-set": case(
        [web(), service()],
        [_WITHOUT, service()],
        _PROBE,
        CONTAINER,
        "spec.template.metadata.labels.app",
    ),
}


def test_a_container_that_a_service_reaches_says_when_it_is_ready() -> None:
    assert said(findings("probes-are-set", _WITHOUT, service())) == [
        ("warning", _PROBE, "container web has no readiness probe, and Service/shop/web sends requests to its pod")
    ]


def test_a_pod_that_no_service_selects_needs_no_probe() -> None:
    assert findings("probes-are-set", _WITHOUT) == []
    assert findings("probes-are-set", _WITHOUT, put(service(), "metadata.namespace", "other")) == []


def test_a_container_that_the_service_sends_nothing_to_needs_no_probe() -> None:
    helper = {"name": "reloader", "ports": [{"name": "metrics", "containerPort": 9090}]}
    made = web()
    made["spec"]["template"]["spec"]["containers"].append(helper)
    assert findings("probes-are-set", made, service()) == []
    found = findings("probes-are-set", made, service(ports=[{"port": 80, "targetPort": 9090}]))
    assert [one.path for one in found] == [f"{POD_SPEC}.containers[1].readinessProbe"]


def test_where_no_container_lists_the_port_each_may_serve_it() -> None:
    found = findings("probes-are-set", put(_WITHOUT, f"{CONTAINER}.ports", None), service())
    assert [one.path for one in found] == [_PROBE]


def test_a_sidecar_runs_long_and_an_init_container_does_not() -> None:
    ports = [{"name": "http", "containerPort": 8080}]
    helpers = [{"name": "proxy", "restartPolicy": "Always", "ports": ports}, {"name": "setup", "ports": ports}]
    found = findings("probes-are-set", web(initContainers=helpers), service())
    assert [one.path for one in found] == [f"{POD_SPEC}.initContainers[0].readinessProbe"]


def test_a_service_whose_selector_is_unknown_may_select_the_pod() -> None:
    found = findings("probes-are-set", _WITHOUT, put(service(), "spec.selector", UNKNOWN))
    assert [(one.level.value, one.path) for one in found] == [("undetermined", "spec.template.metadata.labels")]
