"""The children of components that a provider, not the program, registers: `pulumi_eks` runs elsewhere.

Source: https://github.com/pulumi/pulumi-eks/blob/master/nodejs/eks/nodes/nodegroup.ts
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from eks_fargate.fargate.resource_types import NODE_GROUP
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.cloud.state import State
from eks_fargate.offline.errors import NotModelledError
from eks_fargate.offline.registration import child_urn, provider_urn

_MANAGED_NODE_GROUP = "eks:index:ManagedNodeGroup"
# Inputs that the node group takes as they are.
_PASSED_ON = (
    "amiType",
    "capacityType",
    "clusterName",
    "diskSize",
    "forceUpdateVersion",
    "instanceTypes",
    "labels",
    "launchTemplate",
    "nodeGroupName",
    "nodeGroupNamePrefix",
    "nodeRoleArn",
    "releaseVersion",
    "remoteAccess",
    "scalingConfig",
    "subnetIds",
    "tags",
    "taints",
    "version",
)
# Inputs that shape nothing but what is modelled below.
_READ = ("cluster", "nodeRole", "ignoreScalingChanges")
_TOP_KEY = re.compile(r"[.\[]")
_SCALING = {"desiredSize": 2, "minSize": 1, "maxSize": 2}

Dependencies = Mapping[str, tuple[str, ...]]


def children_of(
    component: Resource, dependencies: Dependencies, providers: Mapping[str, str], states: Mapping[str, State]
) -> dict[str, Resource]:
    """The resources that the provider of `component` makes, by the output of the component that each one is.

    dependencies: input -> URNs of the resources its value comes from. providers: package -> provider reference.
    states: of the resources registered so far. Raises NotModelledError.
    """
    if component.type != _MANAGED_NODE_GROUP:
        raise NotModelledError(
            [f"the component {component.type} ('{component.name}') has no offline model: its children are not known"]
        )
    return {"nodeGroup": _node_group(component, dependencies, providers, states)}


def _node_group(
    component: Resource, dependencies: Dependencies, providers: Mapping[str, str], states: Mapping[str, State]
) -> Resource:
    given = {key: value for key, value in component.inputs.items() if value is not None}
    unmodelled = sorted(given.keys() - {*_PASSED_ON, *_READ})
    if unmodelled:
        msg = (
            f"{component.type} '{component.name}': {', '.join(unmodelled)}: no offline model; what a launch "
            "template can say, say in one of your own, given as launchTemplate"
        )
        raise NotModelledError([msg])
    inputs, origins = _inputs(given, dependencies, states)
    ignored = {"ignoreChanges": ["scalingConfig.desiredSize"]} if given.get("ignoreScalingChanges") else {}
    return Resource(
        urn=child_urn(component.urn, NODE_GROUP, component.name),
        type=NODE_GROUP,
        name=component.name,
        parent=component.urn,
        inputs=inputs,
        dependencies=tuple(sorted({urn for urns in origins.values() for urn in urns})),
        property_dependencies={key: urns for key, urns in sorted(origins.items()) if urns},
        options=ignored,
        provider=provider_urn(providers.get("aws", "")),
        secret_paths=tuple(path for path in component.secret_paths if _TOP_KEY.split(path, maxsplit=1)[0] in inputs),
    )


def _inputs(
    given: Mapping[str, Any], dependencies: Dependencies, states: Mapping[str, State]
) -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    """The inputs of the node group, and for each the URNs that its value comes from."""
    core = given["cluster"]
    inputs = {key: given[key] for key in _PASSED_ON if key in given}
    origins = {key: dependencies.get(key, ()) for key in inputs}
    if "clusterName" not in inputs:
        inputs["clusterName"], origins["clusterName"] = _output(states, core["cluster"], "name")
    if "nodeRole" in given:
        inputs["nodeRoleArn"], origins["nodeRoleArn"] = _output(states, given["nodeRole"], "arn")
    if "subnetIds" not in inputs:
        known = [core[key] for key in ("subnetIds", "privateSubnetIds", "publicSubnetIds") if core.get(key) is not None]
        inputs["subnetIds"], origins["subnetIds"] = known[0] if known else [], dependencies.get("cluster", ())
    if "version" not in inputs and "launchTemplate" not in inputs:
        inputs["version"], origins["version"] = _output(states, core["cluster"], "version")
    scaling = inputs.get("scalingConfig", {})
    inputs["scalingConfig"] = scaling if scaling is UNKNOWN else {**_SCALING, **scaling}
    return inputs, origins


def _output(states: Mapping[str, State], urn: Any, key: str) -> tuple[Any, tuple[str, ...]]:
    """The output `key` of the resource `urn`, and where it comes from."""
    state = states.get(urn)
    return (UNKNOWN, ()) if state is None else (state.outputs.get(key, UNKNOWN), (urn,))
