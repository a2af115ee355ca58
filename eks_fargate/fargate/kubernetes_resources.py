"""The Kubernetes objects among planned resources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eks_fargate.fargate.objects import objects_of
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.stack import Stack
from eks_fargate.fargate.unknown import UNKNOWN, Unknown

_PREFIX = "kubernetes:"
_HELM = ("helm.sh/v3", "helm.sh/v4")
_NO_OBJECTS = (*_HELM, "yaml", "yaml/v2", "kustomize", "kustomize/v2")


def api_of(type_: str) -> tuple[str, str] | None:
    """The apiVersion and kind of a resource type, `kubernetes:apps/v1:Deployment`; None where it is no one object.

    A patch (`DeploymentPatch`) has the kind that it patches; `is_patch` tells.
    """
    if not type_.startswith(_PREFIX):
        return None
    version, _, kind = type_.removeprefix(_PREFIX).partition(":")
    if version in _NO_OBJECTS or not kind:
        return None
    return version.removeprefix("core/"), kind.removesuffix("Patch")


def is_patch(type_: str) -> bool:
    """Whether the resource sets some fields of an object that stands already."""
    return type_.startswith(_PREFIX) and type_.endswith("Patch")


def manifests_of(resource: Resource, stack: Stack) -> list[Mapping[str, Any]]:
    """The objects that a planned resource makes, as manifests; lists are taken apart.

    There are none for patches, and for charts and files, whose objects stand in the plan by themselves where a plan can
    know them. An object without a name gets the resource's, from which Pulumi makes one; an object without a namespace
    gets the one that its provider is given.
    """
    return [] if is_patch(resource.type) else _manifests(resource, stack)


def patched_by(resource: Resource, stack: Stack) -> list[Mapping[str, Any]]:
    """What a patch sets of an object, in the form of a manifest that lacks the rest; none for other resources."""
    return _manifests(resource, stack) if is_patch(resource.type) else []


def _manifests(resource: Resource, stack: Stack) -> list[Mapping[str, Any]]:
    api = api_of(resource.type)
    if api is None:
        return []
    manifest: dict[str, Any] = {**resource.inputs, "apiVersion": api[0], "kind": api[1]}
    metadata = resource.inputs.get("metadata", {})
    if isinstance(metadata, Mapping) and "name" not in metadata:
        manifest["metadata"] = {**metadata, "name": resource.name}
    provider = stack.by_urn.get(resource.provider)
    namespace = None if provider is None else provider.inputs.get("namespace")
    found = objects_of(manifest).objects
    return found if namespace is None else [_within(namespace, one) for one in found]


def _within(namespace: str | Unknown, manifest: Mapping[str, Any]) -> Mapping[str, Any]:
    metadata = manifest.get("metadata", {})
    if not isinstance(metadata, Mapping) or metadata.get("namespace") not in (None, ""):
        return manifest
    return {**manifest, "metadata": {**metadata, "namespace": namespace}}


def chart_name(inputs: Any) -> str | Unknown:
    """The own name of a release's chart, whether given bare, with a repository, or as an OCI address."""
    chart = inputs.get("chart") if isinstance(inputs, Mapping) else inputs
    return UNKNOWN if isinstance(chart, Unknown) else str(chart).rstrip("/").rsplit("/", 1)[-1].removesuffix(".tgz")
