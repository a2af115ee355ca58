"""The workloads that a planned platform brings along: CoreDNS and the AWS Load Balancer Controller, as manifests.

Neither is an object of the plan: an add-on and a chart make them. Their pods are judged and priced as any other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from eks_fargate.fargate.facts import DEFAULT_FACTS, Facts
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.stack import Stack
from eks_fargate.fargate.unknown import UNKNOWN, Unknown

_ADDON = "aws:eks/addon:Addon"
_PATCH = "kubernetes:apps/v1:DeploymentPatch"
_RELEASES = ("kubernetes:helm.sh/v3:Release", "kubernetes:helm.sh/v4:Chart", "kubernetes:helm.sh/v3:Chart")


def platform_workloads(stack: Stack, facts: Facts = DEFAULT_FACTS) -> list[dict[str, Any]]:
    """The Deployments of CoreDNS and of the load balancer controller that the plan's resources make.

    After each the binding that gives its service account the Kubernetes API. Values not known before deployment stand
    in them as unknown.
    """
    made = [_core_dns(addon, facts) for addon in stack.of_type(_ADDON) if addon.inputs.get("addonName") == "coredns"]
    made += [_patched(patch, facts) for patch in stack.of_type(_PATCH) if _is_core_dns(patch)]
    chart = facts.table("lbc")["chart"]
    made += [_controller(one, facts) for one in stack.of_type(*_RELEASES) if one.inputs.get("chart") == chart]
    return [manifest for deployment in made for manifest in (deployment, _binding(deployment))]


def _deployment(name: str, model: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """changes: replicas, annotations, fields of the pod and of its one container, in place of the model's own."""
    container = {**model["podSpec"]["containers"][0], **changes["container"]}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name, "namespace": model["namespace"]},
        "spec": {
            "replicas": changes["replicas"],
            "selector": {"matchLabels": dict(model["labels"])},
            "template": {
                "metadata": {"labels": dict(model["labels"]), "annotations": dict(changes["annotations"])},
                "spec": {**model["podSpec"], **changes.get("pod", {}), "containers": [container]},
            },
        },
    }


def _binding(deployment: Mapping[str, Any]) -> dict[str, Any]:
    name, namespace = deployment["metadata"]["name"], deployment["metadata"]["namespace"]
    account = deployment["spec"]["template"]["spec"]["serviceAccountName"]
    return {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": name},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": name},
        "subjects": [{"kind": "ServiceAccount", "name": account, "namespace": namespace}],
    }


def _core_dns(addon: Resource, facts: Facts) -> dict[str, Any]:
    model = facts.table("addons")["pods"]["coredns"]
    values = _parsed(addon.inputs.get("configurationValues"))
    version = addon.inputs.get("addonVersion")
    compute_type = _get(values, "computeType", "ec2")
    image = f"eks/coredns:{version}" if isinstance(version, str) else UNKNOWN
    resources = _get(values, "resources", model["podSpec"]["containers"][0]["resources"])
    return _deployment(
        "coredns",
        model,
        {
            "replicas": _get(values, "replicaCount", model["replicas"]),
            "annotations": {"eks.amazonaws.com/compute-type": _lower(compute_type)},
            "container": {"image": image, "resources": resources},
        },
    )


def _is_core_dns(patch: Resource) -> bool:
    metadata = patch.inputs.get("metadata")
    return isinstance(metadata, Mapping) and (metadata.get("name"), metadata.get("namespace")) == (
        "coredns",
        "kube-system",
    )


def _patched(patch: Resource, facts: Facts) -> dict[str, Any]:
    model = facts.table("addons")["pods"]["coredns"]
    value: Any = patch.inputs
    for key in ("spec", "template", "metadata", "annotations"):
        value = _get(value, key, {})
    annotations = value if isinstance(value, Mapping) else {"eks.amazonaws.com/compute-type": UNKNOWN}
    return _deployment(
        "coredns",
        model,
        {"replicas": model["replicas"], "annotations": annotations, "container": {"image": UNKNOWN}},
    )


def _controller(release: Resource, facts: Facts) -> dict[str, Any]:
    model = facts.table("lbc")
    values = release.inputs.get("values", {})
    given = _get(values, "image", {})
    account = _get(_get(values, "serviceAccount", {}), "name", model["serviceAccount"])
    repository, tag = model["image"].rsplit(":", 1)
    parts = _get(given, "repository", repository), _get(given, "tag", tag)
    return _deployment(
        "aws-load-balancer-controller",
        model,
        {
            "replicas": _get(values, "replicaCount", model["replicas"]),
            "annotations": {},
            "pod": {"affinity": _affinity(values, model["podSpec"]["affinity"]), "serviceAccountName": account},
            "container": {
                "image": UNKNOWN if UNKNOWN in parts else ":".join(map(str, parts)),
                "resources": _get(values, "resources", {}),
            },
        },
    )


def _affinity(values: Any, default: Mapping[str, Any]) -> Any:
    """The pods' affinity: as given, else the chart's own unless that is switched off."""
    given, own = _get(values, "affinity", {}), _get(values, "configureDefaultAffinity", default=True)
    if UNKNOWN in (given, own):
        return UNKNOWN
    return given or (default if own else {})


def _get(value: Any, key: str, default: Any) -> Any:
    """A field of a mapping, or `default`; unknown where the mapping itself is."""
    if isinstance(value, Unknown):
        return UNKNOWN
    return value.get(key, default) if isinstance(value, Mapping) else default


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _parsed(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return {}
