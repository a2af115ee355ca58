from __future__ import annotations

from typing import Any

from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.scenes import SHOP, WEB_ONLY, case, findings, planned, said


def _release(chart: Any, namespace: Any = "shop", **values: Any) -> Resource:
    return planned("kubernetes:helm.sh/v3:Release", chart=chart, namespace=namespace, values=values)


def _add_on(name: Any) -> Resource:
    return planned("aws:eks/addon:Addon", clusterName="shop", addonName=name)


CASES = {
    "daemonset-charts": case(
        [_release("kube-prometheus-stack", nodeExporter={"enabled": False})],
        [_release("kube-prometheus-stack")],
        "values",
        "chart",
    ),
}


def test_a_chart_known_to_bring_a_daemonset_is_a_warning() -> None:
    assert said(findings("daemonset-charts", _release("oci://registry.example/charts/fluent-bit"))) == [
        ("warning", "chart", "fluent-bit brings a DaemonSet (Fluent Bit), of which no pod runs on Fargate")
    ]


def test_a_value_that_leaves_the_daemonset_out_is_the_fix() -> None:
    (found,) = findings("daemonset-charts", _release("datadog"))
    assert found.fix == "Set agents.enabled to false in the release's values, or run it on nodes."
    assert findings("daemonset-charts", _release("datadog", agents={"enabled": False})) == []


def test_a_chart_that_makes_a_deployment_instead_passes() -> None:
    (found,) = findings("daemonset-charts", _release("fluentd", kind="DaemonSet"))
    assert found.fix == 'Set kind to "Deployment" in the release\'s values, or run it on nodes.'
    assert findings("daemonset-charts", _release("fluentd", kind="Deployment")) == []


def test_an_add_on_known_to_bring_a_daemonset_is_a_warning() -> None:
    assert said(findings("daemonset-charts", _add_on("eks-pod-identity-agent"))) == [
        (
            "warning",
            "addonName",
            "eks-pod-identity-agent brings a DaemonSet (the Pod Identity agent), of which no pod runs on Fargate",
        )
    ]
    assert findings("daemonset-charts", _add_on("coredns")) == []


def test_an_unknown_add_on_is_undetermined() -> None:
    assert said(findings("daemonset-charts", _add_on(UNKNOWN)))[0][:2] == ("undetermined", "addonName")


def test_where_there_are_nodes_only_a_namespace_that_a_profile_covers_whole_counts() -> None:
    mixed: dict[str, Any] = {"data_plane": DataPlane.MIXED}
    assert len(findings("daemonset-charts", _release("fluent-bit"), profiles=(SHOP,), **mixed)) == 1
    assert findings("daemonset-charts", _release("fluent-bit"), profiles=(WEB_ONLY,), **mixed) == []
    assert findings("daemonset-charts", _release("fluent-bit", "other"), profiles=(SHOP,), **mixed) == []
    (found,) = findings("daemonset-charts", _release("fluent-bit", UNKNOWN), profiles=(SHOP,), **mixed)
    assert (found.level.value, found.path) == ("undetermined", "namespace")


def test_without_the_cluster_s_profiles_it_says_what_to_configure() -> None:
    (found,) = findings("daemonset-charts", _release("falco"), profiles=None, data_plane=UNKNOWN)
    assert said([found]) == [
        (
            "undetermined",
            "chart",
            "falco brings a DaemonSet (Falco), and whether it would be on Fargate is not known",
        )
    ]
    assert found.fix == "Configure dataPlane, and in profiles the cluster's Fargate profiles."
