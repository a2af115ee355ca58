"""Planned resources as Pulumi's engine puts them before an analyzer.

Source: https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/step_generator.go
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from google.protobuf import struct_pb2
from pulumi.runtime.proto import analyzer_pb2

from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline import wire

_DURATION_PART = re.compile(r"([0-9.]+)(ms|h|m|s)")
_SECONDS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}


class Requests:
    """The requests about the resources of one stack."""

    def __init__(self, resources: Sequence[Resource]) -> None:
        self._by_urn = {resource.urn: resource for resource in resources}

    def of_resource(self, resource: Resource) -> analyzer_pb2.AnalyzeRequest:
        """The request to analyze, or to remediate, one resource by its inputs."""
        return analyzer_pb2.AnalyzeRequest(
            type=resource.type,
            urn=resource.urn,
            name=resource.name,
            properties=self._properties(resource),
            options=_options(resource),
            provider=self._provider(resource),
        )

    def of_stack(self, properties: Mapping[str, struct_pb2.Struct]) -> analyzer_pb2.AnalyzeStackRequest:
        """The request to analyze the whole stack.

        properties: by URN, what a remediation made of the inputs; the others are as planned: in a preview the outputs
        that the engine sends are the inputs, as far as they are known.
        """
        return analyzer_pb2.AnalyzeStackRequest(
            resources=[
                self._of_stack(resource, properties.get(urn) or self._properties(resource))
                for urn, resource in self._by_urn.items()
            ]
        )

    def _of_stack(self, resource: Resource, properties: struct_pb2.Struct) -> analyzer_pb2.AnalyzerResource:
        return analyzer_pb2.AnalyzerResource(
            type=resource.type,
            urn=resource.urn,
            name=resource.name,
            parent=resource.parent,
            properties=properties,
            options=_options(resource),
            provider=self._provider(resource),
            dependencies=resource.dependencies,
            propertyDependencies={
                key: analyzer_pb2.AnalyzerPropertyDependencies(urns=urns)
                for key, urns in resource.property_dependencies.items()
            },
        )

    def _properties(self, resource: Resource) -> struct_pb2.Struct:
        """The inputs, without those that are the engine's own business."""
        shown = {key: self._sent(value) for key, value in resource.inputs.items() if not key.startswith("__")}
        return wire.write(shown, tuple(resource.secret_paths))

    def _sent(self, value: Any) -> Any:
        """The value with each reference to a resource as the engine sends it: as the id, or a component's URN.

        In a preview the id of what is to be made is not known.
        """
        if isinstance(value, str):
            referred = self._by_urn.get(value)
            return UNKNOWN if referred is not None and referred.custom else value
        if isinstance(value, Mapping):
            return {key: self._sent(part) for key, part in value.items()}
        return [self._sent(part) for part in value] if isinstance(value, (list, tuple)) else value

    def _provider(self, resource: Resource) -> analyzer_pb2.AnalyzerProviderResource | None:
        provider = self._by_urn.get(resource.provider)
        if provider is None:
            return None
        return analyzer_pb2.AnalyzerProviderResource(
            type=provider.type, urn=provider.urn, name=provider.name, properties=self._properties(provider)
        )


def _options(resource: Resource) -> analyzer_pb2.AnalyzerResourceOptions:
    options = resource.options
    timeouts = options.get("customTimeouts")
    return analyzer_pb2.AnalyzerResourceOptions(
        protect=bool(options.get("protect")),
        ignoreChanges=options.get("ignoreChanges", ()),
        deleteBeforeReplace=bool(options.get("deleteBeforeReplace")),
        deleteBeforeReplaceDefined="deleteBeforeReplace" in options,
        additionalSecretOutputs=options.get("additionalSecretOutputs", ()),
        aliases=options.get("aliasURNs", ()),
        customTimeouts=None
        if timeouts is None
        else analyzer_pb2.AnalyzerResourceOptions.CustomTimeouts(
            **{step: _seconds(duration) for step, duration in timeouts.items()}
        ),
        parent=resource.parent,
    )


def _seconds(duration: str) -> float:
    """The seconds of a duration as Go writes it: `1h30m`."""
    return sum(float(number) * _SECONDS[unit] for number, unit in _DURATION_PART.findall(duration))
