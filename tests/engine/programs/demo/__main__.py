"""A VPC, a cluster, Fargate profiles named in PROFILES, and a chart that needs them."""

from __future__ import annotations

import json
import os

import pulumi
import pulumi_kubernetes as kubernetes
from pulumi_aws import ec2, eks, iam

PROFILES = os.environ.get("PROFILES", "apps=apps kube-system=kube-system")


def trust(service: str) -> str:
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": service}}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


vpc = ec2.Vpc("vpc", cidr_block="10.0.0.0/16")
gateway = ec2.InternetGateway("gateway", vpc_id=vpc.id)
table = ec2.RouteTable("public", vpc_id=vpc.id)
ec2.Route("internet", route_table_id=table.id, destination_cidr_block="0.0.0.0/0", gateway_id=gateway.id)
subnets = [
    ec2.Subnet(f"private-{zone}", vpc_id=vpc.id, cidr_block=f"10.0.{index}.0/24", availability_zone=f"eu-west-1{zone}")
    for index, zone in enumerate("ab")
]
public = ec2.Subnet("public", vpc_id=vpc.id, cidr_block="10.0.9.0/24", availability_zone="eu-west-1a")
ec2.RouteTableAssociation("public", route_table_id=table.id, subnet_id=public.id)
subnet_ids = [subnet.id for subnet in subnets]
cluster_role = iam.Role("cluster", assume_role_policy=trust("eks.amazonaws.com"))
cluster = eks.Cluster("cluster", name="demo", role_arn=cluster_role.arn, vpc_config={"subnet_ids": subnet_ids})
pod_role = iam.Role("pods", assume_role_policy=trust("eks-fargate-pods.amazonaws.com"))

profiles: list[pulumi.Resource] = []
for entry in PROFILES.split():
    name, namespace = entry.split("=")
    profile = eks.FargateProfile(
        name,
        cluster_name=cluster.name,
        fargate_profile_name=f"{name}--{namespace}",
        pod_execution_role_arn=pod_role.arn,
        selectors=[{"namespace": namespace}],
        subnet_ids=[public.id] if os.environ.get("PUBLIC_SUBNET") else subnet_ids,
        opts=pulumi.ResourceOptions(
            depends_on=[] if os.environ.get("UNORDERED") else list(profiles), delete_before_replace=False
        ),
    )
    profiles.append(profile)


def kubeconfig(values: list[str]) -> str:
    endpoint, authority = values
    server = {"server": endpoint, "certificate-authority-data": authority}
    return json.dumps({"clusters": [{"name": "demo", "cluster": server}]})


provider = kubernetes.Provider(
    "demo",
    kubeconfig=pulumi.Output.all(cluster.endpoint, cluster.certificate_authority.data).apply(kubeconfig),
)
kubernetes.helm.v3.Release(
    "controller",
    chart="aws-load-balancer-controller",
    namespace="kube-system",
    opts=pulumi.ResourceOptions(provider=provider, depends_on=profiles),
)
pulumi.export("endpoint", cluster.endpoint)
