"""A whole environment in the stand-in for AWS, as a deployment of the planned stack would leave it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import boto3

from eks_fargate.fargate.resource_types import ADDON, NODE_GROUP, PROFILE, SUBNET, VPC
from eks_fargate.live.demand import Demand
from tests.live.documented import Documented

ACCOUNT = "123456789012"
ADMIN = f"arn:aws:iam::{ACCOUNT}:role/admin"


@dataclass
class Environment:
    """What was made. url: of the stand-in. name: of the cluster."""

    url: str
    demand: Demand
    name: str
    vpc_id: str = ""
    subnets: dict[str, str] | None = None  # Pulumi name -> id
    execution_role: str = ""

    def client(self, service: str) -> Any:
        """A client that may write, for the test alone."""
        return boto3.client(service, region_name="us-east-1", endpoint_url=self.url)


def deployed(url: str, demand: Demand) -> Environment:
    """Make all that the plan has and the stand-in knows."""
    assert demand.cluster_name is not None
    made = Environment(url, demand, demand.cluster_name)
    _network(made)
    _cluster(made)
    _profiles(made)
    _rest(made)
    return made


def _tags(kind: str, name: str) -> list[dict[str, Any]]:
    return [{"ResourceType": kind, "Tags": [{"Key": "Name", "Value": name}]}]


def _network(made: Environment) -> None:
    ec2, stack = made.client("ec2"), made.demand.stack
    vpc = stack.of_type(VPC)[0]
    tags = _tags("vpc", vpc.inputs["tags"]["Name"])
    made.vpc_id = ec2.create_vpc(CidrBlock=vpc.inputs["cidrBlock"], TagSpecifications=tags)["Vpc"]["VpcId"]
    ec2.modify_vpc_attribute(VpcId=made.vpc_id, EnableDnsHostnames={"Value": True})
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=made.vpc_id)
    names = {z["ZoneId"]: z["ZoneName"] for z in ec2.describe_availability_zones()["AvailabilityZones"]}
    made.subnets = {}
    for subnet in stack.of_type(SUBNET):
        answer = ec2.create_subnet(
            VpcId=made.vpc_id,
            CidrBlock=subnet.inputs["cidrBlock"],
            AvailabilityZone=names[subnet.inputs["availabilityZoneId"]],
            TagSpecifications=_tags("subnet", subnet.inputs["tags"]["Name"]),
        )
        made.subnets[subnet.name] = answer["Subnet"]["SubnetId"]
    for name, subnet_id in made.subnets.items():
        table = ec2.create_route_table(VpcId=made.vpc_id)["RouteTable"]["RouteTableId"]
        ec2.associate_route_table(RouteTableId=table, SubnetId=subnet_id)
        if "public" in name:
            ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
            address = ec2.allocate_address(Domain="vpc", TagSpecifications=_tags("elastic-ip", name))["AllocationId"]
            nat = ec2.create_nat_gateway(SubnetId=subnet_id, AllocationId=address)["NatGateway"]["NatGatewayId"]
            private = made.subnets[name.replace("public", "private")]
            own = ec2.create_route_table(VpcId=made.vpc_id)["RouteTable"]["RouteTableId"]
            _associate(ec2, own, private)
            ec2.create_route(RouteTableId=own, DestinationCidrBlock="0.0.0.0/0", NatGatewayId=nat)
    ec2.create_vpc_endpoint(VpcId=made.vpc_id, ServiceName="com.amazonaws.us-east-1.s3", VpcEndpointType="Gateway")


def _associate(ec2: Any, table: str, subnet: str) -> None:
    """Move a subnet to a route table."""
    filters = [{"Name": "association.subnet-id", "Values": [subnet]}]
    for old in ec2.describe_route_tables(Filters=filters)["RouteTables"]:
        for association in old["Associations"]:
            ec2.disassociate_route_table(AssociationId=association["RouteTableAssociationId"])
    ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)


def _role(made: Environment, name: str, policies: list[str], service: str, condition: dict[str, Any]) -> str:
    iam = made.client("iam")
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole", **condition}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    arn: str = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)["Role"]["Arn"]
    for policy in policies:
        iam.attach_role_policy(RoleName=name, PolicyArn=f"arn:aws:iam::aws:policy/{policy}")
    return arn


def _cluster(made: Environment) -> None:
    planned = made.demand.cluster
    assert planned is not None
    assert made.subnets is not None
    private = [subnet for name, subnet in made.subnets.items() if "private" in name]
    made.client("eks").create_cluster(
        name=made.name,
        version=planned.inputs["version"],
        roleArn=_role(made, "cluster-role-1234567", ["AmazonEKSClusterPolicy"], "eks.amazonaws.com", {}),
        resourcesVpcConfig={
            "subnetIds": private,
            "endpointPublicAccess": True,
            "endpointPrivateAccess": True,
            "publicAccessCidrs": ["203.0.113.0/24"],
        },
        logging={"clusterLogging": [{"types": ["api", "audit"], "enabled": True}]},
        encryptionConfig=[
            {"resources": ["secrets"], "provider": {"keyArn": "arn:aws:kms:us-east-1:123456789012:key/k"}}
        ],
    )


def _profiles(made: Environment) -> None:
    assert made.subnets is not None
    eks, stack = made.client("eks"), made.demand.stack
    source = f"arn:aws:eks:us-east-1:{ACCOUNT}:fargateprofile/{made.name}/*"
    condition = {"Condition": {"ArnLike": {"aws:SourceArn": source}}}
    name = next(
        one.inputs["name"] for one in stack.of_type("aws:iam/role:Role") if one.name.startswith("pod-execution")
    )
    policies = ["AmazonEKSFargatePodExecutionRolePolicy"]
    made.execution_role = _role(made, name, policies, "eks-fargate-pods.amazonaws.com", condition)
    for profile in stack.of_type(PROFILE):
        eks.create_fargate_profile(
            clusterName=made.name,
            fargateProfileName=profile.inputs["fargateProfileName"],
            podExecutionRoleArn=made.execution_role,
            subnets=[made.subnets[one.name] for one in stack.behind(profile, "subnetIds", SUBNET)],
            selectors=profile.inputs["selectors"],
        )


def _rest(made: Environment) -> None:
    assert made.subnets is not None
    iam, eks, stack = made.client("iam"), made.client("eks"), made.demand.stack
    issuer = eks.describe_cluster(name=made.name)["cluster"]["identity"]["oidc"]["issuer"]
    iam.create_open_id_connect_provider(Url=issuer, ClientIDList=["sts.amazonaws.com"], ThumbprintList=["0" * 40])
    nodes = ["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy"]
    role = _role(made, "nodes-role-1234567", nodes, "ec2.amazonaws.com", {})
    for group in stack.of_type(NODE_GROUP):
        eks.create_nodegroup(
            clusterName=made.name,
            nodegroupName=f"{group.name}-1234567",
            nodeRole=role,
            subnets=[subnet for name, subnet in made.subnets.items() if "private" in name],
            instanceTypes=group.inputs["instanceTypes"],
            scalingConfig={"minSize": 1, "maxSize": 2, "desiredSize": 1},
            version=group.inputs["version"],
        )
    logs, kms = made.client("logs"), made.client("kms")
    for log_group in stack.of_type("aws:cloudwatch/logGroup:LogGroup"):
        logs.create_log_group(logGroupName=log_group.inputs["name"])
        days = int(log_group.inputs["retentionInDays"])
        logs.put_retention_policy(logGroupName=log_group.inputs["name"], retentionInDays=days)
    for alias in stack.of_type("aws:kms/alias:Alias"):
        key = kms.create_key()["KeyMetadata"]["KeyId"]
        kms.enable_key_rotation(KeyId=key)
        kms.create_alias(AliasName=alias.inputs["name"], TargetKeyId=key)


def answered(documented: Documented, made: Environment) -> dict[str, Any]:
    """Let what the stand-in lacks be answered as documented; returns the cluster that it describes, to be changed."""
    assert made.demand.cluster is not None
    cluster: dict[str, Any] = made.client("eks").describe_cluster(name=made.name)["cluster"]
    cluster |= {
        "accessConfig": {"authenticationMode": "API"},
        "deletionProtection": False,
        "upgradePolicy": {"supportType": made.demand.cluster.inputs["upgradePolicy"]["supportType"]},
        "health": {"issues": []},
    }
    cluster["resourcesVpcConfig"]["vpcId"] = made.vpc_id
    documented.answers("eks", "DescribeCluster", lambda _: {"cluster": cluster})
    addons = {one.inputs["addonName"]: one.inputs for one in made.demand.stack.of_type(ADDON)}

    def addon(parameters: Any) -> dict[str, Any]:
        planned = addons[parameters["addonName"]]
        live = {"addonName": planned["addonName"], "addonVersion": planned["addonVersion"], "status": "ACTIVE"}
        values = planned.get("configurationValues")
        return {"addon": live | ({"configurationValues": values} if values else {})}

    documented.answers("eks", "DescribeAddon", addon)
    documented.answers("eks", "ListAccessEntries", {"accessEntries": [ADMIN, made.execution_role]})
    documented.answers("eks", "DescribeAccessEntry", {"accessEntry": {"type": "FARGATE_LINUX"}})
    return cluster
