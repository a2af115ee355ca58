"""A registration on Pulumi's wire, as the record that plans and rules read."""

from __future__ import annotations

from typing import Any

from google.protobuf import json_format
from pulumi.runtime.proto import resource_pb2

from eks_fargate.fargate.resources import Resource
from eks_fargate.offline import wire

_TEXTS = ("version", "pluginDownloadURL", "importId", "deletedWith", "packageRef")
_LISTS = ("ignoreChanges", "replaceOnChanges", "additionalSecretOutputs", "aliasURNs", "hideDiffs")


def urn_of(project: str, stack: str, parent: str, type_: str, name: str) -> str:
    """The URN of a resource; a parent other than the stack gives its own type as a prefix.

    Source: https://www.pulumi.com/docs/iac/concepts/resources/names/#urns
    """
    if parent and "::pulumi:pulumi:Stack::" not in parent:
        return child_urn(parent, type_, name)
    return f"urn:pulumi:{stack}::{project}::{type_}::{name}"


def child_urn(parent: str, type_: str, name: str) -> str:
    """The URN of a resource whose parent, by its URN, is not the stack."""
    stack, project, types, _ = parent.split("::", 3)
    return f"{stack}::{project}::{types}${type_}::{name}"


def registered(request: resource_pb2.RegisterResourceRequest, urn: str) -> tuple[Resource, wire.Values]:
    """The record of a RegisterResource request, and its inputs as read."""
    values = wire.read(request.object)
    resource = Resource(
        urn=urn,
        type=request.type,
        name=request.name,
        parent=request.parent,
        inputs=values.plain,
        dependencies=tuple(sorted(request.dependencies)),
        property_dependencies={
            key: tuple(sorted(urns.urns)) for key, urns in sorted(request.propertyDependencies.items()) if urns.urns
        },
        options=_options(request),
        provider=provider_urn(request.provider),
        custom=request.custom,
        secret_paths=values.secret_paths,
    )
    return resource, values


def read_back(request: resource_pb2.ReadResourceRequest, urn: str) -> Resource:
    """The record of a ReadResource request: a resource that stands outside the program, marked `external`."""
    values = wire.read(request.properties)
    options: dict[str, Any] = {"external": True, "id": request.id}
    if request.version:
        options["version"] = request.version
    return Resource(
        urn=urn,
        type=request.type,
        name=request.name,
        parent=request.parent,
        inputs=values.plain,
        dependencies=tuple(sorted(request.dependencies)),
        options=options,
        provider=provider_urn(request.provider),
        secret_paths=values.secret_paths,
    )


def _options(request: resource_pb2.RegisterResourceRequest) -> dict[str, Any]:
    options: dict[str, Any] = {key: getattr(request, key) for key in _TEXTS if getattr(request, key)}
    options |= {key: list(getattr(request, key)) for key in _LISTS if getattr(request, key)}
    options |= {key: getattr(request, key) for key in ("protect", "retainOnDelete") if request.HasField(key)}
    if request.deleteBeforeReplaceDefined:
        options["deleteBeforeReplace"] = request.deleteBeforeReplace
    if request.aliases:
        options["aliases"] = [json_format.MessageToDict(alias) for alias in request.aliases]
    if request.HasField("customTimeouts"):
        options["customTimeouts"] = json_format.MessageToDict(request.customTimeouts)
    if request.replace_with:
        options["replaceWith"] = list(request.replace_with)
    return dict(sorted(options.items()))


def provider_urn(reference: str) -> str:
    """The URN within a provider reference, which is `URN::ID`."""
    return reference.rpartition("::")[0]
