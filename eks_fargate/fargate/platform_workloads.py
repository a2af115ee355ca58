"""The workloads that a planned platform brings along: CoreDNS and the AWS Load Balancer Controller, as manifests.

Neither is an object of the plan: an add-on and a chart make them. Their pods are judged and priced as any other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from eks_fargate.fargate.facts import DEFAULT_FACTS, Facts
from eks_fargate.fargate.kubernetes_resources import chart_name
from eks_fargate.fargate.resource_types import ADDON, HELM_RELEASE
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.stack import Stack
from eks_fargate.fargate.unknown import UNKNOWN, Unknown

_PATCH = "kubernetes:apps/v1:DeploymentPatch"
_RELEASES = (HELM_RELEASE, "kubernetes:helm.sh/v4:Chart", "kubernetes:helm.sh/v3:Chart")

# What both add-on and chart hand on to the pods as it is given, beside their own labels and annotations.
_HANDED_ON = ("nodeSelector", "tolerations", "topologySpreadConstraints")


class PlatformWorkload(NamedTuple):
    """A workload, and the planned resource that makes it."""

    resource: Resource
    manifest: dict[str, Any]


def platform_workloads(stack: Stack, facts: Facts = DEFAULT_FACTS) -> list[PlatformWorkload]:
    """The Deployments of CoreDNS and of the load balancer controller that the plan's resources make.

    Values not known before deployment stand in them as unknown. A chart whose objects stand in the plan by themselves
    is left out.
    """
    made = [(one, _core_dns(one, facts)) for one in stack.of_type(ADDON) if one.inputs.get("addonName") == "coredns"]
    made += [(patch, _patched(patch, facts)) for patch in stack.of_type(_PATCH) if _is_core_dns(patch)]
    chart = facts.table("lbc")["chart"]
    made += [
        (release, _controller(release, facts))
        for release in stack.of_type(*_RELEASES)
        if chart_name(release.inputs) == chart and release.urn not in stack.parents
    ]
    return [PlatformWorkload(*one) for one in made]


def _deployment(name: Any, model: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The Deployment of a model.

    changes: what stands besides or in place of the model's own: namespace, replicas, labels, annotations, fields of the
    pod and of its one container.
    """
    container = {**model["podSpec"]["containers"][0], **changes["container"]}
    metadata = {
        "labels": _joined(model["labels"], changes.get("labels", {})),
        "annotations": _joined({}, changes["annotations"]),
    }
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name, "namespace": changes.get("namespace", model["namespace"])},
        "spec": {
            "replicas": changes["replicas"],
            "selector": {"matchLabels": dict(model["labels"])},
            "template": {
                "metadata": metadata,
                "spec": {**model["podSpec"], **changes.get("pod", {}), "containers": [container]},
            },
        },
    }


def _joined(own: Mapping[str, Any], further: Any) -> dict[str, Any]:
    return {**own, **further} if isinstance(further, Mapping) else dict(own)


def _core_dns(addon: Resource, facts: Facts) -> dict[str, Any]:
    model = facts.table("addons")["pods"]["coredns"]
    values = _parsed(addon.inputs.get("configurationValues"))
    version = addon.inputs.get("addonVersion")
    compute_type = {"eks.amazonaws.com/compute-type": _lower(_get(values, "computeType", "ec2"))}
    image = f"eks/coredns:{version}" if isinstance(version, str) else UNKNOWN
    resources = _get(values, "resources", model["podSpec"]["containers"][0]["resources"])
    return _deployment(
        "coredns",
        model,
        {
            "replicas": _get(values, "replicaCount", model["replicas"]),
            "labels": _get(values, "podLabels", {}),
            "annotations": _joined(compute_type, _get(values, "podAnnotations", {})),
            "pod": _handed_on(values, (*_HANDED_ON, "affinity")),
            "container": {"image": image, "resources": resources},
        },
    )


def _handed_on(values: Any, keys: Sequence[str]) -> dict[str, Any]:
    """The pod's fields among a chart's or add-on's values; where the values are not known, none of the fields is."""
    given = {key: _get(values, key, None) for key in keys}
    return {key: value for key, value in given.items() if value is not None}


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
    instance = {"app.kubernetes.io/instance": release.inputs.get("name", release.name)}
    return _deployment(
        model["chart"],
        model,
        {
            "namespace": release.inputs.get("namespace", "default"),
            "replicas": _get(values, "replicaCount", model["replicas"]),
            "labels": _joined(instance, _get(values, "podLabels", {})),
            "annotations": _get(values, "podAnnotations", {}),
            "pod": {
                **_handed_on(values, _HANDED_ON),
                "affinity": _affinity(values, model["podSpec"]["affinity"]),
                "serviceAccountName": account,
            },
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
