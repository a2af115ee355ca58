"""The API server behind each cluster: namespaces first, names once, and pods that need somewhere to run.

Source: https://kubernetes.io/docs/reference/using-api/api-concepts/
"""

from __future__ import annotations

from typing import Any

from tests.engine import service_rules
from tests.engine.cloud import CloudError, CloudObject, Properties
from tests.engine.store import State

INGRESS = "kubernetes:networking.k8s.io/v1:Ingress"
RELEASE = "kubernetes:helm.sh/v3:Release"
NAMESPACE = "kubernetes:core/v1:Namespace"
# There from the start in every cluster.
NAMESPACES = ("default", "kube-node-lease", "kube-public", "kube-system")
CLUSTER_SCOPED = (
    NAMESPACE,
    "kubernetes:networking.k8s.io/v1:IngressClass",
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
    "kubernetes:storage.k8s.io/v1:StorageClass",
)
WORKLOADS = ("Deployment", "StatefulSet", "Job", "Pod", "ReplicaSet")


def new(state: State, type_: str, name: str, inputs: Properties, scope: str) -> CloudObject:
    """The object that the API server at `scope` would make; raises CloudError where it refuses."""
    cluster = service_rules.cluster_at(state, scope)
    if cluster is None:
        message = f"configured Kubernetes cluster is unreachable: no server at {scope}"
        raise CloudError(message, "Unreachable")
    metadata = inputs if type_ == RELEASE else inputs["metadata"]
    object_name, namespace = metadata["name"], metadata.get("namespace", "default")
    if type_ not in CLUSTER_SCOPED and not _has_namespace(state, namespace, scope, inputs):
        message = f'namespaces "{namespace}" not found'
        raise CloudError(message, "NotFound")
    id_ = object_name if type_ in CLUSTER_SCOPED else f"{namespace}/{object_name}"
    if not type_.endswith("Patch") and state.get(type_, id_, scope) is not None:
        message = f'{type_} "{id_}" already exists'
        raise CloudError(message, "AlreadyExists")
    if _runs_pods(type_, inputs) and not service_rules.can_place(state, cluster.inputs["name"], namespace):
        message = f"{type_} {id_}: context deadline exceeded: no node for its pods"
        raise CloudError(message, "Timeout")
    if type_ == INGRESS and not _has_controller(state, scope):
        message = f"{id_}: Ingress .status.loadBalancer field was not updated with a hostname/IP address"
        raise CloudError(message, "Timeout")
    hashed = state.new_hash(type_, f"{scope}|{name}")
    return CloudObject(type_, id_, name, inputs, _computed(type_, inputs, hashed, cluster))


def before_delete(state: State, found: CloudObject, scope: str) -> None:
    """Raise CloudError for an Ingress whose controller is gone: nothing takes its finalizer away any more."""
    if found.type == INGRESS and not _has_controller(state, scope):
        message = f"{found.id}: the finalizer ingress.k8s.aws/resources stays"
        raise CloudError(message, "Timeout")


def _has_controller(state: State, scope: str) -> bool:
    releases = [item for item in state.all(RELEASE) if state.get(RELEASE, item.id, scope) is not None]
    return any("aws-load-balancer-controller" in item.inputs["chart"] for item in releases)


def _has_namespace(state: State, namespace: str, scope: str, inputs: Properties) -> bool:
    made = state.get(NAMESPACE, namespace, scope) is not None
    return namespace in NAMESPACES or made or bool(inputs.get("createNamespace"))


def _runs_pods(type_: str, inputs: Properties) -> bool:
    """Whether Pulumi waits for pods of this object: of a release unless it skips that, of a workload always."""
    if type_ == RELEASE:
        return not inputs.get("skipAwait", False)
    return type_.rpartition(":")[2] in WORKLOADS


def _computed(type_: str, inputs: Properties, hashed: str, cluster: CloudObject) -> Properties:
    if type_ == RELEASE:
        status = {"name": inputs["name"], "namespace": inputs.get("namespace", "default"), "status": "deployed"}
        return {"status": {**status, "version": inputs.get("version", "0.0.0"), "revision": 1}}
    computed: dict[str, Any] = {"metadata": {"uid": hashed, "resourceVersion": "1", "generation": 1}}
    if type_ == INGRESS:
        region = cluster.computed["arn"].split(":")[3]
        host = f"k8s-{hashed}.{region}.elb.amazonaws.com"
        computed["status"] = {"loadBalancer": {"ingress": [{"hostname": host}]}}
    return computed
