from __future__ import annotations

from typing import Any

import pytest

from eks_fargate.fargate.placement import DataPlane
from tests.fargate.rules.scenes import case, findings, put, said, service, web

_TARGET = '"service.beta.kubernetes.io/aws-load-balancer-nlb-target-type"'
_TYPE = '"service.beta.kubernetes.io/aws-load-balancer-type"'


def _balancer(target: str | None = None, type_: str | None = None, **spec: Any) -> dict[str, Any]:
    made = service(type="LoadBalancer", **spec)
    if target:
        made = put(made, f"metadata.annotations.{_TARGET}", target)
    return put(made, f"metadata.annotations.{_TYPE}", type_) if type_ else made


_NLB = {"loadBalancerClass": "service.k8s.aws/nlb"}

CASES = {
    "load-balancer-targets-ip": case(
        [_balancer("ip", **_NLB), web()],
        [_balancer("instance", **_NLB), web()],
        f"metadata.annotations.{_TARGET}",
        "spec.loadBalancerClass",
        "spec.type",
        "spec.selector",
        "metadata.annotations",
    ),
    "no-node-port": case(
        [service(type="ClusterIP"), web()], [service(type="NodePort"), web()], "spec.type", "spec.selector"
    ),
}


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (
            _balancer("ip"),
            "the Service has load balancer type classic, whose targets are instances, and its pods are on Fargate",
        ),
        (
            _balancer("ip", "nlb"),
            "the Service has load balancer type nlb, whose targets are instances, and its pods are on Fargate",
        ),
        (
            _balancer(**_NLB),
            "the Service's pods are on Fargate and its target type is instance; Fargate pods are reached by ip alone",
        ),
    ],
)
def test_a_load_balancer_that_sends_requests_to_instances_is_an_error(made: dict[str, Any], message: str) -> None:
    (found,) = findings("load-balancer-targets-ip", made, web())
    assert found.message == message
    assert found.fix == (
        "Set spec.loadBalancerClass to service.k8s.aws/nlb and annotate the Service with "
        "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: ip, with the AWS Load Balancer Controller "
        "installed."
    )


@pytest.mark.parametrize("made", [_balancer("ip", "external"), _balancer(None, "nlb-ip"), _balancer("ip", **_NLB)])
def test_a_load_balancer_that_sends_requests_to_pods_passes(made: dict[str, Any]) -> None:
    assert findings("load-balancer-targets-ip", made, web()) == []


def test_a_service_of_another_controllers_class_is_not_judged() -> None:
    assert findings("load-balancer-targets-ip", _balancer(loadBalancerClass="tailscale"), web()) == []


def test_the_controllers_default_target_type_counts() -> None:
    assert findings("load-balancer-targets-ip", _balancer(**_NLB), web(), default_target_type="ip") == []


def test_a_service_over_pods_on_nodes_is_not_judged() -> None:
    for made, rule in ((_balancer(), "load-balancer-targets-ip"), (service(type="NodePort"), "no-node-port")):
        assert findings(rule, made, web(), data_plane=DataPlane.NODES, profiles=()) == []


def test_a_node_port_is_a_warning() -> None:
    assert said(findings("no-node-port", service(type="NodePort"), web())) == [
        (
            "warning",
            "spec.type",
            "the Service is of type NodePort and its pods are on Fargate, whose nodes no load balancer can target",
        )
    ]
