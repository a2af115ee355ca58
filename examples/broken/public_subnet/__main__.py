"""A profile in a subnet that a route table leads to the internet: EKS refuses it after a quarter of an hour."""

import json

from pulumi_aws import ec2, eks, iam

TAGS = {"team": "web"}

vpc = ec2.Vpc("main", cidr_block="10.0.0.0/16", enable_dns_support=True, enable_dns_hostnames=True, tags=TAGS)
gateway = ec2.InternetGateway("main", vpc_id=vpc.id, tags=TAGS)
table = ec2.RouteTable("public", vpc_id=vpc.id, tags=TAGS)
ec2.Route("public", route_table_id=table.id, destination_cidr_block="0.0.0.0/0", gateway_id=gateway.id)
subnet = ec2.Subnet("a", vpc_id=vpc.id, cidr_block="10.0.0.0/24", availability_zone_id="use1-az1", tags=TAGS)
ec2.RouteTableAssociation("a", subnet_id=subnet.id, route_table_id=table.id)
role = iam.Role(
    "pods",
    assume_role_policy=json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": {
                "Effect": "Allow",
                "Principal": {"Service": "eks-fargate-pods.amazonaws.com"},
                "Action": "sts:AssumeRole",
                "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:eks:us-east-1:123456789012:fargateprofile/shop/*"}},
            },
        }
    ),
    tags=TAGS,
)
eks.FargateProfile(
    "apps",
    cluster_name="shop",
    pod_execution_role_arn=role.arn,
    subnet_ids=[subnet.id],
    selectors=[eks.FargateProfileSelectorArgs(namespace="app-*")],
    tags=TAGS,
)
