"""Planned resources as the pack gets them: a compliant whole, of which a test changes one thing."""

from __future__ import annotations

from typing import Any

from eks_fargate.fargate.resources import Resource

STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev"
REQUESTS = {"cpu": "250m", "memory": "512Mi"}


def resource(type_: str, name: str, inputs: dict[str, Any], **more: Any) -> Resource:
    """A resource of stack dev of project shop, whose parent is the stack."""
    return Resource(f"urn:pulumi:dev::shop::{type_}::{name}", type_, name, STACK, inputs, **more)


def stack_resource() -> Resource:
    """The stack's own resource, which the engine asks about first."""
    return Resource(STACK, "pulumi:pulumi:Stack", "shop-dev", "", {}, custom=False)


def container(**changes: Any) -> dict[str, Any]:
    """A container that no rule finds fault with."""
    return {
        "name": "web",
        "image": "registry.example/web:1.0",
        "resources": {"requests": REQUESTS, "limits": REQUESTS},
        **changes,
    }


def deployment(*, namespace: Any = "shop", annotations: Any = None, **changes: Any) -> Resource:
    """A Deployment that no rule finds fault with; changes: of its container."""
    labels = {"app": "web"}
    return resource(
        "kubernetes:apps/v1:Deployment",
        "web",
        {
            "metadata": {"name": "web", "namespace": namespace, "annotations": annotations or {}},
            "spec": {
                "replicas": 2,
                "selector": {"matchLabels": labels},
                "template": {
                    "metadata": {"labels": labels},
                    "spec": {"automountServiceAccountToken": False, "containers": [container(**changes)]},
                },
            },
        },
    )


def profile(**changes: Any) -> Resource:
    """A Fargate profile whose subnets, names and selectors are in order."""
    inputs = {
        "clusterName": "shop",
        "fargateProfileName": "shop",
        "podExecutionRoleArn": "arn:aws:iam::123456789012:role/pods",
        "selectors": [{"namespace": "shop"}],
        "subnetIds": ["subnet-0aaaaaaaaaaaaaaa1"],
        "tags": {"team": "shop"},
        **changes,
    }
    return resource("aws:eks/fargateProfile:FargateProfile", "shop", inputs)
