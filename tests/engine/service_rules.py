"""What AWS services demand beyond the tables: order, trust, subnets, one Fargate profile at a time.

Sources: https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html,
https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateFargateProfile.html,
https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
"""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase

from tests.engine.cloud import CloudError, CloudObject, Properties
from tests.engine.store import State

PROFILE = "aws:eks/fargateProfile:FargateProfile"
CLUSTER = "aws:eks/cluster:Cluster"
NODE_GROUP = "aws:eks/nodeGroup:NodeGroup"
INTERNET_GATEWAY = "aws:ec2/internetGateway:InternetGateway"
NAT_GATEWAY = "aws:ec2/natGateway:NatGateway"
SUBNET = "aws:ec2/subnet:Subnet"
ADDON = "aws:eks/addon:Addon"
PROFILE_QUOTA = 10
SELECTOR_QUOTA = 5


def before_create(state: State, type_: str, inputs: Properties) -> None:
    """Raise CloudError where the service refuses to create."""
    for rule in _BEFORE_CREATE.get(type_, ()):
        rule(state, inputs)


def before_update(state: State, old: CloudObject, inputs: Properties) -> None:
    """Raise CloudError where the service refuses the change."""
    if old.type == CLUSTER and not _vpcs(state, inputs) <= _vpcs(state, old.inputs):
        message = "Provided subnets belong to another VPC than the cluster's"
        raise CloudError(message, "InvalidParameterException")
    if old.type == INTERNET_GATEWAY and old.inputs.get("vpcId") != inputs.get("vpcId"):
        _no_public_address(state, old.inputs.get("vpcId"))


def before_delete(state: State, found: CloudObject) -> None:
    """Raise CloudError where the service refuses to delete."""
    if found.type == PROFILE:
        _one_profile_at_a_time(state, found.inputs)
    if found.type == INTERNET_GATEWAY:
        _no_public_address(state, found.inputs.get("vpcId"))


def computed_after_update(old: CloudObject) -> Properties:
    """What the cloud computes anew after a change in place."""
    if old.type == "aws:ec2/launchTemplate:LaunchTemplate":
        return old.computed | {"latestVersion": old.computed["latestVersion"] + 1}
    return old.computed


def looked_up(found: CloudObject) -> Properties:
    """The object as a data source answers it."""
    outputs = {**found.outputs, "id": found.id}
    if found.type == CLUSTER:
        outputs["certificateAuthorities"] = [outputs.pop("certificateAuthority")]
    return outputs


def can_place(state: State, cluster_name: str, namespace: str) -> bool:
    """Whether pods in `namespace` find nodes or a Fargate profile; labels are taken to match."""
    if any(item.inputs["clusterName"] == cluster_name and item.phase == "ACTIVE" for item in state.all(NODE_GROUP)):
        return True
    profiles = [item for item in state.all(PROFILE) if item.inputs["clusterName"] == cluster_name]
    selectors = [selector for item in profiles if item.phase == "ACTIVE" for selector in item.inputs["selectors"]]
    return any(fnmatchcase(namespace, selector["namespace"]) for selector in selectors)


def cluster_at(state: State, endpoint: str) -> CloudObject | None:
    """The cluster whose API server is at `endpoint`; None where none answers there."""
    return next((item for item in state.all(CLUSTER) if item.computed["endpoint"] == endpoint), None)


def _no_public_address(state: State, vpc_id: str | None) -> None:
    """An internet gateway is not detached while a NAT gateway has a public address behind it."""
    subnets = {item.id for item in state.all(SUBNET) if item.inputs.get("vpcId") == vpc_id}
    if any(item.inputs.get("subnetId") in subnets for item in state.all(NAT_GATEWAY)):
        message = f"Network {vpc_id} has some mapped public address(es)"
        raise CloudError(message, "DependencyViolation")


def _one_profile_at_a_time(state: State, inputs: Properties) -> None:
    for item in state.all(PROFILE):
        if item.inputs["clusterName"] == inputs["clusterName"] and item.phase in ("CREATING", "DELETING"):
            message = f"Cannot change Fargate profiles because {item.inputs['fargateProfileName']} is {item.phase}"
            raise CloudError(message, "ResourceInUseException")


def _no_addon_under_way(state: State, inputs: Properties) -> None:
    """https://github.com/eksctl-io/eksctl/issues/8514"""
    for item in state.all(ADDON):
        if item.inputs["clusterName"] == inputs["clusterName"] and item.phase == "CREATING":
            message = f"Cannot create Fargate Profile because cluster {inputs['clusterName']} has an update in progress"
            raise CloudError(message, "ResourceInUseException")


def _profile_quotas(state: State, inputs: Properties) -> None:
    number = sum(item.inputs["clusterName"] == inputs["clusterName"] for item in state.all(PROFILE))
    if number >= PROFILE_QUOTA:
        message = f"the cluster has {number} Fargate profiles already"
        raise CloudError(message, "ResourceLimitExceededException")
    if not 1 <= len(inputs["selectors"]) <= SELECTOR_QUOTA:
        message = f"{len(inputs['selectors'])} selectors, allowed are 1 to 5"
        raise CloudError(message, "InvalidParameterException")


def _private_subnets(state: State, inputs: Properties) -> None:
    for subnet_id in inputs.get("subnetIds", ()):
        if _is_public(state, subnet_id):
            message = f"Subnet {subnet_id} provided in Fargate Profile is not a private subnet"
            raise CloudError(message, "InvalidParameterException")


def _is_public(state: State, subnet_id: str) -> bool:
    """Whether the route table of the subnet has a route to an internet gateway."""
    association = state.find("aws:ec2/routeTableAssociation:RouteTableAssociation", "subnetId", subnet_id)
    if association is None:
        return False
    table_id = association.inputs["routeTableId"]
    routes = [route.inputs for route in state.all("aws:ec2/route:Route") if route.inputs["routeTableId"] == table_id]
    return any(str(route.get("gatewayId", "")).startswith("igw-") for route in routes)


def _vpcs(state: State, inputs: Properties) -> set[str]:
    subnets = [state.find(SUBNET, "id", subnet_id) for subnet_id in inputs["vpcConfig"]["subnetIds"]]
    return {subnet.inputs["vpcId"] for subnet in subnets if subnet is not None}


def _trust(input_: str, principal: str) -> Callable[[State, Properties], None]:
    def rule(state: State, inputs: Properties) -> None:
        role = state.find("aws:iam/role:Role", "arn", inputs[input_])
        if role is not None and principal not in role.inputs["assumeRolePolicy"]:
            message = f"Misconfigured trust policy of {role.id}; please add the {principal} service principal"
            raise CloudError(message, "InvalidParameterException")

    return rule


def _two_zones(state: State, inputs: Properties) -> None:
    subnets = [state.find(SUBNET, "id", subnet_id) for subnet_id in inputs["vpcConfig"]["subnetIds"]]
    zones = {item.inputs.get("availabilityZoneId") or item.inputs.get("availabilityZone") for item in subnets if item}
    if len(zones) < 2:
        message = "Subnets specified must be in at least two different AZs"
        raise CloudError(message, "InvalidParameterException")


def _internet_gateway_first(state: State, inputs: Properties) -> None:
    subnet = state.find(SUBNET, "id", inputs["subnetId"])
    vpc_id = subnet.inputs["vpcId"] if subnet is not None else None
    if inputs.get("connectivityType", "public") == "public" and not state.find(INTERNET_GATEWAY, "vpcId", vpc_id):
        message = f"Network {vpc_id} has no Internet gateway attached"
        raise CloudError(message, "Gateway.NotAttached")


def _pods_placed(state: State, inputs: Properties) -> None:
    """CoreDNS stays DEGRADED, and its creation times out, while none of its pods runs."""
    if inputs["addonName"] == "coredns" and not can_place(state, inputs["clusterName"], "kube-system"):
        message = "timeout while waiting for state to become 'ACTIVE' (last state: 'DEGRADED')"
        raise CloudError(message, "InsufficientNumberOfReplicas")


_BEFORE_CREATE: dict[str, tuple[Callable[[State, Properties], None], ...]] = {
    PROFILE: (
        _one_profile_at_a_time,
        _no_addon_under_way,
        _profile_quotas,
        _private_subnets,
        _trust("podExecutionRoleArn", "eks-fargate-pods.amazonaws.com"),
    ),
    CLUSTER: (_two_zones, _trust("roleArn", "eks.amazonaws.com")),
    NODE_GROUP: (_trust("nodeRoleArn", "ec2.amazonaws.com"),),
    NAT_GATEWAY: (_internet_gateway_first,),
    ADDON: (_pods_placed,),
}
