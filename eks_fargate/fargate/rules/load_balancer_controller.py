"""The AWS Load Balancer Controller as it is in sight: its Helm releases and their values.

Source: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/
"""

from __future__ import annotations

from typing import Any

from eks_fargate.fargate import kubernetes_resources
from eks_fargate.fargate.resource_types import HELM_RELEASE
from eks_fargate.fargate.rules.base import read
from eks_fargate.fargate.unknown import UNKNOWN, Unknown
from eks_fargate.fargate.world import SeenObject, World

CHART = "aws-load-balancer-controller"
HELM_CHART = "kubernetes:helm.sh/v4:Chart"


def chart_name(release: SeenObject) -> str | Unknown:
    """The chart's own name, whether it is given bare, with a repository, or as an OCI address."""
    return kubernetes_resources.chart_name(release.fields)


def values_of(release: SeenObject) -> Any:
    """The values given to the release's chart; unknown where they are."""
    return read(release.fields, "values")


def default_target_type(world: World) -> str | Unknown | None:
    """The target type where neither Ingress nor Service names one; None where nothing in sight tells."""
    if world.default_target_type is not None:
        return world.default_target_type
    return world.once(_released_target_type)


def _released_target_type(world: World) -> str | Unknown | None:
    for kind in (HELM_RELEASE, HELM_CHART):
        for release in world.of_kind(kind):
            if chart_name(release) == CHART:
                given = read(values_of(release), "defaultTargetType")
                return UNKNOWN if given is UNKNOWN else str(given or "instance")
    return None
