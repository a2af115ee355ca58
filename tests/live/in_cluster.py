"""What a healthy cluster of the planned stack holds."""

from __future__ import annotations

from typing import Any

from eks_fargate.live.demand import Demand
from tests.live.api_server import ApiServer

CORE_DNS = {"k8s-app": "kube-dns", "eks.amazonaws.com/component": "coredns"}
CONTROLLER = {"app.kubernetes.io/name": "aws-load-balancer-controller"}
WEBHOOK = "aws-load-balancer-webhook-service"


def deployment(name: str, labels: dict[str, str], ready: int = 2) -> dict[str, Any]:
    return {
        "metadata": {"name": name, "namespace": "kube-system"},
        "spec": {"replicas": 2, "selector": {"matchLabels": labels}},
        "status": {"readyReplicas": ready},
    }


def pod(name: str, namespace: str, labels: dict[str, str], node: str = "", **changes: Any) -> dict[str, Any]:
    """A pod that runs on a node, or one that is Pending on none, half an hour old."""
    made: dict[str, Any] = {
        "metadata": {
            "name": name,
            "namespace": namespace,
            "uid": f"uid-{name}",
            "labels": labels,
            "creationTimestamp": "2026-11-21T11:30:00Z",
            "annotations": {"Logging": "LoggingEnabled"},
        },
        "spec": {"schedulerName": "fargate-scheduler", "containers": [{"name": "app", "image": "app:1"}]},
        "status": {"phase": "Running" if node else "Pending"},
    }
    if node:
        made["spec"]["nodeName"] = node
    made["metadata"] |= changes.pop("metadata", {})
    made["spec"] |= changes.pop("spec", {})
    made["status"] |= changes.pop("status", {})
    assert not changes
    return made


def node(name: str, version: str = "v1.35.2-eks-1", ready: str = "True") -> dict[str, Any]:
    status = {"conditions": [{"type": "Ready", "status": ready}], "nodeInfo": {"kubeletVersion": version}}
    return {"metadata": {"name": name}, "status": status}


def healthy(server: ApiServer, demand: Demand) -> None:
    """Let the server hold what a healthy cluster does."""
    nodes = [f"fargate-ip-10-30-0-{index}.ec2.internal" for index in range(4)]
    data = next(
        one.inputs["data"]
        for one in demand.stack.of_type("kubernetes:core/v1:ConfigMap")
        if one.inputs["metadata"]["name"] == "aws-logging"
    )
    service = {"namespace": "kube-system", "name": WEBHOOK}
    hook = {"failurePolicy": "Fail", "clientConfig": {"service": service}}
    slice_ = {
        "metadata": {"namespace": "kube-system", "labels": {"kubernetes.io/service-name": WEBHOOK}},
        "endpoints": [{"conditions": {"ready": True}}],
    }
    observability = {"name": "aws-observability", "labels": {"aws-observability": "enabled"}}
    log_config = {"metadata": {"name": "aws-logging", "namespace": "aws-observability"}, "data": dict(data)}
    server.objects |= {
        "/apis/apps/v1/deployments": [
            deployment("coredns", CORE_DNS),
            deployment("aws-load-balancer-controller", CONTROLLER),
        ],
        "/api/v1/pods": [
            pod("coredns-1", "kube-system", CORE_DNS, nodes[0]),
            pod("coredns-2", "kube-system", CORE_DNS, nodes[1]),
            pod("controller-1", "kube-system", CONTROLLER, nodes[2]),
            pod("controller-2", "kube-system", CONTROLLER, nodes[3]),
        ],
        "/api/v1/nodes": [node(name) for name in nodes],
        "/api/v1/namespaces": [{"metadata": observability}],
        "/api/v1/namespaces/aws-observability/configmaps": [log_config],
        "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations": [{"webhooks": [hook]}],
        "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations": [],
        "/apis/discovery.k8s.io/v1/endpointslices": [slice_],
    }
