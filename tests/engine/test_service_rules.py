"""What AWS services refuse."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.engine.whole import (
    ADDON,
    CLUSTER,
    INTERNET_GATEWAY,
    REGION,
    ROLE,
    ROUTE_TABLE,
    SUBNET,
    VPC,
    Whole,
    refused,
    trust,
)


@pytest.mark.parametrize("phase", ["CREATING", "DELETING"])
def test_a_profile_is_refused_while_another_one_changes(whole: Whole, phase: str) -> None:
    first = whole.profile("first")
    with whole.cloud.store.locked() as state:
        state.put(replace(first, phase=phase), REGION)
    with refused(f"ResourceInUseException: Cannot change Fargate profiles because first is {phase}"):
        whole.profile("second")


def test_a_profile_is_refused_while_an_addon_is_installed(whole: Whole) -> None:
    addon = whole.make(ADDON, "proxy", clusterName="demo", addonName="kube-proxy")
    with whole.cloud.store.locked() as state:
        state.put(replace(addon, phase="CREATING"), REGION)
    with refused(
        "ResourceInUseException: Cannot create Fargate Profile because cluster demo has an update in progress"
    ):
        whole.profile("apps")


def test_an_eleventh_profile_is_refused(whole: Whole) -> None:
    one = whole.profile("profile-0")
    with whole.cloud.store.locked() as state:
        for number in range(1, 10):
            state.put(replace(one, id=f"demo:profile-{number}"), REGION)
    with refused("ResourceLimitExceededException: the cluster has 10 Fargate profiles already"):
        whole.profile("profile-10")


def test_a_sixth_selector_is_refused(whole: Whole) -> None:
    with refused("InvalidParameterException: 6 selectors, allowed are 1 to 5"):
        whole.profile("apps", selectors=[{"namespace": str(number)} for number in range(6)])


def test_a_profile_in_a_public_subnet_is_refused(whole: Whole) -> None:
    gateway = whole.make(INTERNET_GATEWAY, "internet", vpcId=whole.vpc.id)
    table = whole.make(ROUTE_TABLE, "public", vpcId=whole.vpc.id)
    to_internet = {"destinationCidrBlock": "0.0.0.0/0", "gatewayId": gateway.id}
    whole.make("aws:ec2/route:Route", "internet", routeTableId=table.id, **to_internet)
    association = {"routeTableId": table.id, "subnetId": whole.subnets[0].id}
    whole.make("aws:ec2/routeTableAssociation:RouteTableAssociation", "public", **association)
    with refused(f"Subnet {whole.subnets[0].id} provided in Fargate Profile is not a private subnet"):
        whole.profile("apps")


def test_a_pod_execution_role_that_trusts_another_service_is_refused(whole: Whole) -> None:
    role = whole.make(ROLE, "nodes", name="nodes", assumeRolePolicy=trust("ec2.amazonaws.com"))
    with refused("please add the eks-fargate-pods.amazonaws.com service principal"):
        whole.profile("apps", podExecutionRoleArn=role.outputs["arn"])


def test_a_cluster_in_one_zone_is_refused(whole: Whole) -> None:
    inputs = {**whole.cluster.inputs, "name": "other", "vpcConfig": {"subnetIds": [whole.subnets[0].id]}}
    with refused("InvalidParameterException: Subnets specified must be in at least two different AZs"):
        whole.make(CLUSTER, "other", **inputs)


def test_a_cluster_stays_in_its_vpc(whole: Whole) -> None:
    other = whole.make(VPC, "other", cidrBlock="10.1.0.0/16")
    subnet = whole.make(SUBNET, "other", vpcId=other.id, availabilityZone=f"{REGION}a")
    inputs = {**whole.cluster.inputs, "vpcConfig": {"subnetIds": [subnet.id]}}
    with refused("InvalidParameterException: Provided subnets belong to another VPC than the cluster's"):
        whole.cloud.update(CLUSTER, whole.cluster.id, inputs, REGION)


def test_a_nat_gateway_needs_an_internet_gateway_and_holds_it(whole: Whole) -> None:
    address = whole.make("aws:ec2/eip:Eip", "nat")
    inputs = {"subnetId": whole.subnets[0].id, "allocationId": address.id}
    with refused(f"Gateway.NotAttached: Network {whole.vpc.id} has no Internet gateway attached"):
        whole.make("aws:ec2/natGateway:NatGateway", "nat", **inputs)
    gateway = whole.make(INTERNET_GATEWAY, "internet", vpcId=whole.vpc.id)
    whole.make("aws:ec2/natGateway:NatGateway", "nat", **inputs)
    with refused(f"DependencyViolation: Network {whole.vpc.id} has some mapped public address(es)"):
        whole.delete(gateway)


def test_coredns_needs_somewhere_to_run(whole: Whole) -> None:
    addon = {"clusterName": "demo", "addonName": "coredns"}
    whole.profile("apps")
    with refused("last state: 'DEGRADED'"):
        whole.make(ADDON, "coredns", **addon)
    whole.profile("system", "kube-*")
    assert whole.make(ADDON, "coredns", **addon).id == "demo:coredns"


def test_a_launch_template_has_a_new_version_after_each_change(whole: Whole) -> None:
    template = whole.make("aws:ec2/launchTemplate:LaunchTemplate", "nodes", name="nodes")
    changed = whole.cloud.update(template.type, template.id, {"name": "nodes", "imageId": "ami-1"}, REGION)
    assert (template.outputs["latestVersion"], changed.outputs["latestVersion"]) == (1, 2)
