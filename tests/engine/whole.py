"""A cloud with all that a Fargate profile needs, for tests that change one thing."""

from __future__ import annotations

import json
import re
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.engine.cloud import CloudError, CloudObject
from tests.engine.file_cloud import FileCloud

REGION = "eu-west-1"
VPC = "aws:ec2/vpc:Vpc"
SUBNET = "aws:ec2/subnet:Subnet"
INTERNET_GATEWAY = "aws:ec2/internetGateway:InternetGateway"
ROUTE_TABLE = "aws:ec2/routeTable:RouteTable"
ROLE = "aws:iam/role:Role"
ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
CLUSTER = "aws:eks/cluster:Cluster"
PROFILE = "aws:eks/fargateProfile:FargateProfile"
ADDON = "aws:eks/addon:Addon"
RELEASE = "kubernetes:helm.sh/v3:Release"
CONFIG_MAP = "kubernetes:core/v1:ConfigMap"
INGRESS = "kubernetes:networking.k8s.io/v1:Ingress"


@dataclass(frozen=True)
class Whole:
    """A cloud with a VPC, two subnets, a cluster and its roles."""

    cloud: FileCloud
    vpc: CloudObject
    subnets: list[CloudObject]
    cluster: CloudObject
    pod_role: CloudObject

    def make(self, type_: str, name: str, /, **inputs: Any) -> CloudObject:
        return self.cloud.create(type_, name, inputs, REGION)

    def profile(self, name: str, namespace: str = "apps", **changed: Any) -> CloudObject:
        inputs = {
            "clusterName": "demo",
            "fargateProfileName": name,
            "podExecutionRoleArn": self.pod_role.outputs["arn"],
            "selectors": [{"namespace": namespace}],
            "subnetIds": [subnet.id for subnet in self.subnets],
        }
        return self.make(PROFILE, name, **inputs | changed)

    def in_cluster(self, type_: str, name: str, /, **inputs: Any) -> CloudObject:
        return self.cloud.create(type_, name, inputs, self.cluster.outputs["endpoint"])

    def delete(self, found: CloudObject) -> None:
        self.cloud.delete(found.type, found.id, REGION)


def refused(text: str) -> AbstractContextManager[object]:
    """Where the block must raise CloudError with `text` in its message."""
    return pytest.raises(CloudError, match=re.escape(text))


def trust(service: str) -> str:
    return json.dumps({"Statement": [{"Effect": "Allow", "Principal": {"Service": service}}]})


def make_whole(folder: Path) -> Whole:
    """The cloud in `folder`, with a VPC, two private subnets, a cluster and its roles."""
    cloud = FileCloud(folder)
    vpc = cloud.create(VPC, "vpc", {"cidrBlock": "10.0.0.0/16"}, REGION)
    subnets = [
        cloud.create(SUBNET, zone, {"vpcId": vpc.id, "availabilityZone": f"{REGION}{zone}"}, REGION) for zone in "ab"
    ]
    roles = {
        name: cloud.create(ROLE, name, {"name": name, "assumeRolePolicy": trust(service)}, REGION)
        for name, service in (("cluster", "eks.amazonaws.com"), ("pods", "eks-fargate-pods.amazonaws.com"))
    }
    inputs = {
        "name": "demo",
        "roleArn": roles["cluster"].outputs["arn"],
        "vpcConfig": {"subnetIds": [subnet.id for subnet in subnets]},
    }
    return Whole(cloud, vpc, subnets, cloud.create(CLUSTER, "cluster", inputs, REGION), roles["pods"])
