"""The component `eks:index:ManagedNodeGroup`: what it registers on the engine's monitor for its one child.

Source: https://github.com/pulumi/pulumi-eks/blob/master/nodejs/eks/nodes/nodegroup.ts
"""

from __future__ import annotations

from typing import Any

import grpc
from pulumi.runtime.proto import provider_pb2, resource_pb2, resource_pb2_grpc

from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.wire import Reference, read, write
from tests.engine.cloud import Properties

MANAGED_NODE_GROUP = "eks:index:ManagedNodeGroup"
NODE_GROUP = "aws:eks/nodeGroup:NodeGroup"
# What the component sets where the program does not.
DEFAULT_SCALING = {"desiredSize": 2, "maxSize": 2, "minSize": 1}
# Inputs that go to the node group as they are.
PASSED_ON = (
    "amiType",
    "capacityType",
    "diskSize",
    "forceUpdateVersion",
    "instanceTypes",
    "labels",
    "launchTemplate",
    "nodeGroupName",
    "releaseVersion",
    "remoteAccess",
    "tags",
    "taints",
    "version",
)


def construct(request: provider_pb2.ConstructRequest) -> provider_pb2.ConstructResponse:
    """Register the component and its node group with the monitor that the request names."""
    with grpc.insecure_channel(request.monitorEndpoint) as channel:
        monitor = resource_pb2_grpc.ResourceMonitorStub(channel)
        component = monitor.RegisterResource(
            resource_pb2.RegisterResourceRequest(
                type=request.type, name=request.name, parent=request.parent, dependencies=request.dependencies
            )
        )
        inputs = read(request.inputs).plain
        core = inputs["cluster"]
        cluster = core["cluster"] if isinstance(core, dict) else core
        role = inputs.get("nodeRole")
        behind = _behind(request, inputs, cluster, role)
        child = monitor.RegisterResource(
            resource_pb2.RegisterResourceRequest(
                type=NODE_GROUP,
                name=request.name,
                parent=component.urn,
                custom=True,
                provider=request.providers.get("aws", ""),
                object=write(_node_group(monitor, inputs, core, cluster, role)),
                dependencies=sorted(set().union(*behind.values())),
                propertyDependencies={
                    key: resource_pb2.RegisterResourceRequest.PropertyDependencies(urns=sorted(urns))
                    for key, urns in behind.items()
                },
                ignoreChanges=["scalingConfig.desiredSize"] if inputs.get("ignoreScalingChanges") else [],
                acceptResources=True,
                supportsPartialValues=True,
            )
        )
        outputs = write({"nodeGroup": Reference(child.urn, child.id)})
        monitor.RegisterResourceOutputs(resource_pb2.RegisterResourceOutputsRequest(urn=component.urn, outputs=outputs))
    return provider_pb2.ConstructResponse(urn=component.urn, state=outputs)


def _node_group(monitor: Any, inputs: Properties, core: Any, cluster: str, role: Any) -> Properties:
    role_arn = inputs.get("nodeRoleArn") or _output(monitor, role, "arn")
    return {
        "clusterName": inputs.get("clusterName") or _output(monitor, cluster, "name"),
        "nodeRoleArn": role_arn,
        "scalingConfig": inputs.get("scalingConfig") or DEFAULT_SCALING,
        "subnetIds": inputs.get("subnetIds") or core.get("privateSubnetIds") or core["subnetIds"],
        **{key: inputs[key] for key in PASSED_ON if inputs.get(key) is not None},
    }


def _output(monitor: Any, urn: str, key: str) -> Any:
    """An output of a resource that the program handed over, as the engine knows it; unknown until it is made."""
    answer = monitor.Invoke(
        resource_pb2.ResourceInvokeRequest(tok="pulumi:pulumi:getResource", args=write({"urn": urn}))
    )
    return read(getattr(answer, "return")).plain["state"].get(key, UNKNOWN)


def _behind(request: provider_pb2.ConstructRequest, inputs: Properties, cluster: str, role: Any) -> dict[str, set[str]]:
    """For each input of the node group that comes from resources, their URNs: its subnets are the core data's where
    no others are given.
    """
    told = {key: set(found.urns) for key, found in request.inputDependencies.items() if found.urns}
    passed_on = {key: told[key] for key in PASSED_ON if key in told}
    role_urns = {"nodeRoleArn": {role}} if role else {"nodeRoleArn": told["nodeRoleArn"]}
    subnets = told["subnetIds"] if inputs.get("subnetIds") else told["cluster"]
    return {**passed_on, **role_urns, "clusterName": {cluster}, "subnetIds": subnets}
