from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from eks_fargate.fargate.facts import Facts
from eks_fargate.fargate.platform_workloads import platform_workloads
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.stack import Stack
from eks_fargate.fargate.unknown import UNKNOWN

ADDON = "aws:eks/addon:Addon"
RELEASE = "kubernetes:helm.sh/v3:Release"
CHART = "aws-load-balancer-controller"


def workloads(type_: str, inputs: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [one.manifest for one in platform_workloads(Stack([Resource("urn", type_, "name", "", inputs)]))]


def only(type_: str, inputs: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """The one workload's spec, its pod template's metadata and its container."""
    (manifest,) = workloads(type_, inputs)
    template = manifest["spec"]["template"]
    (container,) = template["spec"]["containers"]
    return manifest["spec"], template["metadata"], container


def test_other_resources_bring_no_workload() -> None:
    assert workloads(ADDON, {"addonName": "vpc-cni"}) == []
    assert workloads(RELEASE, {"chart": "metrics-server"}) == []
    assert (
        workloads("kubernetes:apps/v1:DeploymentPatch", {"metadata": {"name": "web", "namespace": "kube-system"}}) == []
    )


def test_core_dns_on_fargate() -> None:
    size = {"cpu": "0.25", "memory": "256M"}
    values = {"computeType": "Fargate", "replicaCount": 3, "resources": {"requests": size, "limits": size}}
    spec, metadata, container = only(
        ADDON,
        {"addonName": "coredns", "addonVersion": "v1.14.2-eksbuild.4", "configurationValues": json.dumps(values)},
    )
    assert spec["replicas"] == 3
    assert metadata == {
        "labels": {"k8s-app": "kube-dns", "eks.amazonaws.com/component": "coredns"},
        "annotations": {"eks.amazonaws.com/compute-type": "fargate"},
    }
    assert container["image"] == "eks/coredns:v1.14.2-eksbuild.4"
    assert container["resources"] == {"requests": size, "limits": size}


def test_core_dns_as_the_add_on_has_it() -> None:
    spec, metadata, container = only(ADDON, {"addonName": "coredns"})
    assert spec["replicas"] == 2
    assert metadata["annotations"] == {"eks.amazonaws.com/compute-type": "ec2"}
    assert container["image"] is UNKNOWN
    assert container["resources"] == {"requests": {"cpu": "100m", "memory": "70Mi"}, "limits": {"memory": "170Mi"}}


def test_a_configuration_not_known_stands_as_unknown() -> None:
    spec, metadata, container = only(ADDON, {"addonName": "coredns", "configurationValues": UNKNOWN})
    assert spec["replicas"] is UNKNOWN
    assert metadata["annotations"] == {"eks.amazonaws.com/compute-type": UNKNOWN}
    assert container["resources"] is UNKNOWN


def test_a_patched_core_dns_keeps_its_size() -> None:
    annotations = {"eks.amazonaws.com/compute-type": "fargate"}
    patch = {
        "metadata": {"name": "coredns", "namespace": "kube-system"},
        "spec": {"template": {"metadata": {"annotations": annotations}}},
    }
    spec, metadata, container = only("kubernetes:apps/v1:DeploymentPatch", patch)
    assert spec["replicas"] == 2
    assert metadata["annotations"] == annotations
    assert container["resources"]["requests"] == {"cpu": "100m", "memory": "70Mi"}


def test_the_load_balancer_controller() -> None:
    resources = {"requests": {"cpu": "0.25", "memory": "256Mi"}}
    values = {"replicaCount": 3, "resources": resources, "image": {"repository": "mirror/lbc"}}
    spec, metadata, container = only(RELEASE, {"chart": CHART, "values": values})
    assert spec["replicas"] == 3
    assert metadata["labels"]["app.kubernetes.io/name"] == CHART
    assert container["image"] == "mirror/lbc:v3.5.0"
    assert container["resources"] == resources
    assert [port["containerPort"] for port in container["ports"]] == [9443, 8080]


def test_the_controller_s_affinity_is_as_given_else_its_chart_s() -> None:
    def affinity(values: object) -> object:
        spec, _, _ = only(RELEASE, {"chart": CHART, "values": values})
        return spec["template"]["spec"]["affinity"]

    own: dict[str, Any] = {
        "nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": []}}
    }
    assert affinity({"affinity": own}) == own
    assert affinity({"configureDefaultAffinity": False}) == {}
    assert affinity(UNKNOWN) is UNKNOWN
    assert affinity({}) == Facts().table("lbc")["podSpec"]["affinity"]


def test_labels_annotations_and_placing_are_handed_on() -> None:
    values = {
        "podLabels": {"tier": "system"},
        "podAnnotations": {"team": "platform"},
        "nodeSelector": {"kubernetes.io/arch": "amd64"},
        "tolerations": [{"operator": "Exists"}],
    }
    for type_, inputs in (
        (ADDON, {"addonName": "coredns", "configurationValues": json.dumps(values)}),
        (RELEASE, {"chart": CHART, "values": values}),
    ):
        spec, metadata, _ = only(type_, inputs)
        assert metadata["labels"]["tier"] == "system"
        assert metadata["annotations"]["team"] == "platform"
        assert spec["template"]["spec"]["nodeSelector"] == {"kubernetes.io/arch": "amd64"}
        assert spec["template"]["spec"]["tolerations"] == [{"operator": "Exists"}]


def test_the_controller_is_where_its_release_is() -> None:
    def namespace(inputs: Mapping[str, Any]) -> object:
        (manifest,) = workloads(RELEASE, {"chart": CHART, **inputs})
        return manifest["metadata"]["namespace"]

    assert namespace({"namespace": "ingress"}) == "ingress"
    assert namespace({"namespace": UNKNOWN}) is UNKNOWN
    assert namespace({}) == "default"


def test_the_controller_s_account_and_instance_are_as_given() -> None:
    spec, metadata, _ = only(RELEASE, {"chart": CHART, "name": "lbc", "values": {"serviceAccount": {"name": "alb"}}})
    assert spec["template"]["spec"]["serviceAccountName"] == "alb"
    assert metadata["labels"]["app.kubernetes.io/instance"] == "lbc"


def test_a_chart_may_be_named_with_its_repository() -> None:
    assert len(workloads(RELEASE, {"chart": f"eks/{CHART}"})) == 1
    assert len(workloads(RELEASE, {"chart": f"oci://example.com/charts/{CHART}"})) == 1


def test_a_chart_whose_objects_are_in_the_plan_is_not_modelled() -> None:
    chart = Resource("urn:chart", "kubernetes:helm.sh/v4:Chart", "lbc", "", {"chart": CHART})
    child = Resource("urn:child", "kubernetes:apps/v1:Deployment", "lbc", "urn:chart", {})
    assert [one.resource for one in platform_workloads(Stack([chart]))] == [chart]
    assert platform_workloads(Stack([chart, child])) == []


def test_the_load_balancer_controller_as_its_chart_has_it() -> None:
    spec, _, container = only(RELEASE, {"chart": CHART})
    assert spec["replicas"] == 2
    assert container["image"] == "public.ecr.aws/eks/aws-load-balancer-controller:v3.5.0"
    assert container["resources"] == {}


def test_the_table_is_left_as_it_is() -> None:
    before = json.dumps(Facts().table("lbc"))
    workloads(RELEASE, {"chart": CHART, "values": {"resources": {"requests": {"cpu": "1"}}}})
    assert json.dumps(Facts().table("lbc")) == before
