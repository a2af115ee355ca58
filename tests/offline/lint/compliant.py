"""One compliant resource for every AWS type that the linter maps, and the way to change one thing about it."""

from __future__ import annotations

import copy
import json
from typing import Any

from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN

TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "sts:AssumeRole",
            "Principal": {"Service": "eks-fargate-pods.amazonaws.com"},
            "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:eks:eu-west-1:123456789012:fargateprofile/shop/*"}},
        }
    ],
}
PERMISSIONS = {
    "Version": "2012-10-17",
    "Statement": [{"Sid": "Logs", "Effect": "Allow", "Action": ["logs:PutLogEvents"], "Resource": "*"}],
}
KEY_POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "kms:*",
            "Resource": "*",
            "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
        }
    ],
}
ROLE_ARN = "arn:aws:iam::123456789012:role/shop"

INPUTS: dict[str, dict[str, Any]] = {
    "aws:ec2/vpc:Vpc": {
        "cidrBlock": "10.0.0.0/16",
        "enableDnsHostnames": True,
        "enableDnsSupport": True,
        "tags": {"Name": "shop"},
    },
    "aws:ec2/subnet:Subnet": {
        "vpcId": UNKNOWN,
        "availabilityZoneId": "euw1-az1",
        "cidrBlock": "10.0.0.0/20",
        "mapPublicIpOnLaunch": False,
        "tags": {"kubernetes.io/role/elb": "1"},
    },
    "aws:ec2/internetGateway:InternetGateway": {"vpcId": UNKNOWN, "tags": {"Name": "shop"}},
    "aws:ec2/routeTable:RouteTable": {"vpcId": UNKNOWN},
    "aws:ec2/route:Route": {"routeTableId": UNKNOWN, "destinationCidrBlock": "0.0.0.0/0", "gatewayId": UNKNOWN},
    "aws:ec2/routeTableAssociation:RouteTableAssociation": {"routeTableId": UNKNOWN, "subnetId": UNKNOWN},
    "aws:ec2/eip:Eip": {"domain": "vpc", "tags": {"Name": "shop"}},
    "aws:ec2/natGateway:NatGateway": {"allocationId": UNKNOWN, "subnetId": UNKNOWN, "connectivityType": "public"},
    "aws:ec2/vpcEndpoint:VpcEndpoint": {
        "vpcId": UNKNOWN,
        "serviceName": "com.amazonaws.eu-west-1.sts",
        "vpcEndpointType": "Interface",
        "privateDnsEnabled": True,
        "subnetIds": [UNKNOWN, UNKNOWN],
        "securityGroupIds": [UNKNOWN],
    },
    "aws:ec2/securityGroup:SecurityGroup": {"vpcId": UNKNOWN, "description": "Endpoints", "tags": {"Name": "shop"}},
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
        "securityGroupId": UNKNOWN,
        "cidrIpv4": "10.0.0.0/16",
        "ipProtocol": "tcp",
        "fromPort": 443,
        "toPort": 443,
    },
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
        "securityGroupId": UNKNOWN,
        "cidrIpv4": "0.0.0.0/0",
        "ipProtocol": "-1",
    },
    "aws:ec2/launchTemplate:LaunchTemplate": {
        "namePrefix": "shop-",
        "metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1, "httpEndpoint": "enabled"},
        "blockDeviceMappings": [
            {"deviceName": "/dev/xvda", "ebs": {"encrypted": "true", "volumeSize": 50, "volumeType": "gp3"}}
        ],
        "vpcSecurityGroupIds": [UNKNOWN],
        "tagSpecifications": [{"resourceType": "instance", "tags": {"Name": "shop"}}],
    },
    "aws:kms/key:Key": {
        "description": "Secrets of shop",
        "enableKeyRotation": True,
        "deletionWindowInDays": 30,
        "policy": json.dumps(KEY_POLICY),
    },
    "aws:kms/alias:Alias": {"name": "alias/shop", "targetKeyId": UNKNOWN},
    "aws:cloudwatch/logGroup:LogGroup": {"name": "/aws/eks/shop/cluster", "retentionInDays": 30, "kmsKeyId": UNKNOWN},
    "aws:iam/role:Role": {
        "name": "shop",
        "path": "/",
        "assumeRolePolicy": json.dumps(TRUST),
        "maxSessionDuration": 3600,
        "tags": {"team": "shop"},
    },
    "aws:iam/policy:Policy": {"name": "shop", "policy": json.dumps(PERMISSIONS)},
    "aws:iam/rolePolicy:RolePolicy": {"role": UNKNOWN, "policy": json.dumps(PERMISSIONS)},
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
        "role": UNKNOWN,
        "policyArn": "arn:aws:iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy",
    },
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {"url": UNKNOWN, "clientIdLists": ["sts.amazonaws.com"]},
    "aws:eks/cluster:Cluster": {
        "name": "shop",
        "version": "1.34",
        "roleArn": UNKNOWN,
        "accessConfig": {"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": True},
        "vpcConfig": {
            "subnetIds": [UNKNOWN, UNKNOWN],
            "endpointPrivateAccess": True,
            "endpointPublicAccess": True,
            "publicAccessCidrs": ["192.0.2.0/24"],
        },
        "encryptionConfig": {"provider": {"keyArn": UNKNOWN}, "resources": ["secrets"]},
        "enabledClusterLogTypes": ["api", "audit"],
        "upgradePolicy": {"supportType": "STANDARD"},
    },
    "aws:eks/accessEntry:AccessEntry": {"clusterName": UNKNOWN, "principalArn": ROLE_ARN, "type": "STANDARD"},
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
        "clusterName": UNKNOWN,
        "principalArn": ROLE_ARN,
        "policyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
        "accessScope": {"type": "cluster"},
    },
    "aws:eks/fargateProfile:FargateProfile": {
        "clusterName": "shop",
        "fargateProfileName": "shop--0123abcd",
        "podExecutionRoleArn": ROLE_ARN,
        "selectors": [{"namespace": "shop", "labels": {"tier": "web"}}],
        "subnetIds": [UNKNOWN, "subnet-0123456789abcdef0"],
    },
    "aws:eks/addon:Addon": {
        "clusterName": "shop",
        "addonName": "coredns",
        "addonVersion": "v1.12.1-eksbuild.2",
        "configurationValues": '{"computeType": "Fargate"}',
        "resolveConflictsOnCreate": "OVERWRITE",
        "resolveConflictsOnUpdate": "OVERWRITE",
    },
    "aws:eks/nodeGroup:NodeGroup": {
        "clusterName": "shop",
        "nodeGroupName": "general",
        "nodeRoleArn": ROLE_ARN,
        "subnetIds": [UNKNOWN],
        "scalingConfig": {"minSize": 1, "desiredSize": 2, "maxSize": 3},
        "instanceTypes": ["m7i.large"],
        "labels": {"role": "general"},
        "taints": [{"key": "dedicated", "value": "general", "effect": "NO_SCHEDULE"}],
        "launchTemplate": {"id": UNKNOWN, "version": UNKNOWN},
        "tags": {"team": "shop"},
    },
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
        "clusterName": "shop",
        "namespace": "shop",
        "serviceAccount": "web",
        "roleArn": ROLE_ARN,
    },
}


def resource(kind: str, **changes: Any) -> Resource:
    """The compliant resource of a type, with inputs changed; `...` takes one away."""
    inputs = copy.deepcopy(INPUTS[kind])
    for name, value in changes.items():
        if value is ...:
            del inputs[name]
        else:
            inputs[name] = value
    name = kind.rpartition(":")[2].lower()
    return Resource(f"urn:pulumi:dev::eks-fargate::{kind}::{name}", kind, name, "", inputs)
