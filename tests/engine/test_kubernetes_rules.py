"""What the API server refuses, and what Pulumi waits for in vain."""

from __future__ import annotations

from tests.engine.whole import CONFIG_MAP, INGRESS, RELEASE, Whole, refused


def test_an_object_needs_its_namespace(whole: Whole) -> None:
    with refused('NotFound: namespaces "logs" not found'):
        whole.in_cluster(CONFIG_MAP, "config", metadata={"name": "config", "namespace": "logs"})
    whole.in_cluster("kubernetes:core/v1:Namespace", "logs", metadata={"name": "logs"})
    made = whole.in_cluster(CONFIG_MAP, "config", metadata={"name": "config", "namespace": "logs"})
    assert made.id == "logs/config"


def test_no_object_is_made_where_no_cluster_answers(whole: Whole) -> None:
    with refused("configured Kubernetes cluster is unreachable: no server at https://gone"):
        whole.cloud.create(CONFIG_MAP, "config", {"metadata": {"name": "config"}}, "https://gone")


def test_a_chart_waits_for_its_pods(whole: Whole) -> None:
    chart = {"chart": "demo", "name": "demo", "namespace": "kube-system"}
    with refused(
        "Timeout: kubernetes:helm.sh/v3:Release kube-system/demo: context deadline exceeded: no node for its pods"
    ):
        whole.in_cluster(RELEASE, "demo", **chart)
    assert whole.in_cluster(RELEASE, "demo", **chart, skipAwait=True).id == "kube-system/demo"


def test_an_ingress_needs_its_controller_to_come_and_to_go(whole: Whole) -> None:
    whole.profile("system", "kube-system")
    ingress = {"metadata": {"name": "web", "namespace": "default"}}
    with refused("Timeout: default/web: Ingress .status.loadBalancer field was not updated"):
        whole.in_cluster(INGRESS, "web", **ingress)
    chart = {"chart": "aws-load-balancer-controller", "name": "lbc", "namespace": "kube-system"}
    controller = whole.in_cluster(RELEASE, "lbc", **chart)
    made = whole.in_cluster(INGRESS, "web", **ingress)
    endpoint = whole.cluster.outputs["endpoint"]
    whole.cloud.delete(RELEASE, controller.id, endpoint)
    with refused("Timeout: default/web: the finalizer ingress.k8s.aws/resources stays"):
        whole.cloud.delete(INGRESS, made.id, endpoint)
