from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from components.network import Network, NetworkArgs
from components.subnet_layout import layout
from tests.components.mocks import Built, build

ZONES = ("use1-az1", "use1-az2")
SUBNET = "aws:ec2/subnet:Subnet"
ROUTE = "aws:ec2/route:Route"
NAT = "aws:ec2/natGateway:NatGateway"
TABLE = "aws:ec2/routeTable:RouteTable"
ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation"
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
COMPLIANT = NetworkArgs(
    cidr="10.0.0.0/16",
    zones=layout("10.0.0.0/16", ZONES),
    nat="perZone",
    public_subnets=True,
    internet_load_balancers=True,
    region="us-east-1",
)
# Whose id each resource takes as it is; none of them may change with the number of NAT gateways.
STABLE = (SUBNET, TABLE, ASSOCIATION)


def built(**changes: Any) -> Built:
    def program() -> dict[str, Any]:
        network = Network("network", replace(COMPLIANT, **changes))
        return {
            "vpc": network.vpc_id,
            "private": list(network.private_subnet_ids),
            "public": list(network.public_subnet_ids),
            "egress": [resource.urn for resource in network.egress],
        }

    return build(program)


def egress(network: Built) -> list[str]:
    return sorted(f"{urn.split('::')[-2].split(':')[-1]} {urn.split('::')[-1]}" for urn in network.outputs["egress"])


def test_the_vpc_has_dns_on() -> None:
    network = built()
    vpc = network.one("aws:ec2/vpc:Vpc", "network-vpc")
    assert vpc.parent == "network"
    assert vpc.inputs == {
        "cidrBlock": "10.0.0.0/16",
        "enableDnsSupport": True,
        "enableDnsHostnames": True,
        "tags": {"Name": "network-vpc"},
    }
    assert network.outputs["vpc"] == "network-vpc-id"


def test_every_zone_has_a_private_and_a_public_subnet_that_the_load_balancer_controller_finds() -> None:
    network = built()
    assert {subnet.name: subnet.inputs for subnet in network.of_type(SUBNET)} == {
        f"network-{kind}-{zone}": {
            "vpcId": "network-vpc-id",
            "availabilityZoneId": zone,
            "cidrBlock": cidr,
            "mapPublicIpOnLaunch": False,
            "tags": {"Name": f"network-{kind}-{zone}", role: "1"},
        }
        for kind, zone, cidr, role in (
            ("private", "use1-az1", "10.0.0.0/19", "kubernetes.io/role/internal-elb"),
            ("private", "use1-az2", "10.0.32.0/19", "kubernetes.io/role/internal-elb"),
            ("public", "use1-az1", "10.0.128.0/21", "kubernetes.io/role/elb"),
            ("public", "use1-az2", "10.0.136.0/21", "kubernetes.io/role/elb"),
        )
    }
    assert network.outputs["private"] == ["network-private-use1-az1-id", "network-private-use1-az2-id"]
    assert network.outputs["public"] == ["network-public-use1-az1-id", "network-public-use1-az2-id"]


def test_without_internet_load_balancers_none_finds_the_public_subnets() -> None:
    subnets = built(internet_load_balancers=False).of_type(SUBNET)
    assert {subnet.name: sorted(subnet.inputs["tags"]) for subnet in subnets} == {
        "network-private-use1-az1": ["Name", "kubernetes.io/role/internal-elb"],
        "network-private-use1-az2": ["Name", "kubernetes.io/role/internal-elb"],
        "network-public-use1-az1": ["Name"],
        "network-public-use1-az2": ["Name"],
    }


def test_the_public_subnets_share_a_table_whose_route_is_to_the_internet() -> None:
    network = built()
    assert network.one(ROUTE, "network-public-internet").inputs == {
        "routeTableId": "network-public-id",
        "destinationCidrBlock": "0.0.0.0/0",
        "gatewayId": "network-internet-id",
    }
    for zone in ZONES:
        assert network.one(ASSOCIATION, f"network-public-{zone}").inputs == {
            "subnetId": f"network-public-{zone}-id",
            "routeTableId": "network-public-id",
        }


def test_a_nat_gateway_a_zone_serves_the_pods_of_its_zone() -> None:
    network = built(nat="perZone")
    for zone in ZONES:
        assert network.one(NAT, f"network-nat-{zone}").inputs == {
            "allocationId": f"network-nat-{zone}-id",
            "subnetId": f"network-public-{zone}-id",
            "tags": {"Name": f"network-nat-{zone}"},
        }
        assert network.one(ROUTE, f"network-private-{zone}-nat").inputs == {
            "routeTableId": f"network-private-{zone}-id",
            "destinationCidrBlock": "0.0.0.0/0",
            "natGatewayId": f"network-nat-{zone}-id",
        }
    assert [address.inputs["domain"] for address in network.of_type("aws:ec2/eip:Eip")] == ["vpc", "vpc"]


def test_a_single_nat_gateway_stands_in_the_first_zone_and_serves_all() -> None:
    network = built(nat="single")
    assert [gateway.name for gateway in network.of_type(NAT)] == ["network-nat-use1-az1"]
    assert [
        (route.name, route.inputs["natGatewayId"])
        for route in network.of_type(ROUTE)
        if route.name != "network-public-internet"
    ] == [
        ("network-private-use1-az1-nat", "network-nat-use1-az1-id"),
        ("network-private-use1-az2-nat", "network-nat-use1-az1-id"),
    ]


def test_without_nat_a_private_subnet_has_a_table_and_no_way_to_the_internet() -> None:
    network = built(nat="none")
    assert network.of_type(NAT) == []
    assert network.of_type("aws:ec2/eip:Eip") == []
    assert [route.name for route in network.of_type(ROUTE)] == ["network-public-internet"]
    assert [table.name for table in network.of_type(TABLE)] == [
        "network-private-use1-az1",
        "network-private-use1-az2",
        "network-public",
    ]


def test_without_public_subnets_nothing_faces_the_internet() -> None:
    network = built(nat="none", public_subnets=False)
    assert network.names() == [
        "Network network",
        "RouteTable network-private-use1-az1",
        "RouteTable network-private-use1-az2",
        "RouteTableAssociation network-private-use1-az1",
        "RouteTableAssociation network-private-use1-az2",
        "Subnet network-private-use1-az1",
        "Subnet network-private-use1-az2",
        "Vpc network-vpc",
    ]
    assert network.outputs["public"] == []


def test_nat_without_public_subnets_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^nat 'single' needs public subnets: a NAT gateway stands in one$"):
        built(nat="single", public_subnets=False)


def test_going_from_one_nat_gateway_to_one_a_zone_keeps_every_subnet_and_table() -> None:
    single, per_zone = built(nat="single"), built(nat="perZone")
    for kind in STABLE:
        assert [(r.name, r.inputs) for r in single.of_type(kind)] == [
            (r.name, r.inputs) for r in per_zone.of_type(kind)
        ]
    assert set(single.names()) < set(per_zone.names())


def test_a_zone_added_at_the_end_keeps_every_subnet_and_table() -> None:
    two, three = built(), built(zones=layout("10.0.0.0/16", (*ZONES, "use1-az4")))
    for kind in STABLE:
        kept = {r.name: r.inputs for r in three.of_type(kind)}
        assert all(kept[r.name] == r.inputs for r in two.of_type(kind))


def test_a_nat_gateway_waits_for_its_subnets_way_to_the_internet() -> None:
    for gateway in built().of_type(NAT):
        assert gateway.depends_on == [
            f"Eip {gateway.name}",
            "Route network-public-internet",
            "RouteTableAssociation network-public-use1-az1",
            "RouteTableAssociation network-public-use1-az2",
            f"Subnet network-public-{gateway.name.removeprefix('network-nat-')}",
        ]


def test_egress_is_every_route_association_endpoint_and_rule() -> None:
    assert egress(built(endpoints=("s3", "sts"))) == [
        "Route network-private-use1-az1-nat",
        "Route network-private-use1-az2-nat",
        "Route network-public-internet",
        "RouteTableAssociation network-private-use1-az1",
        "RouteTableAssociation network-private-use1-az2",
        "RouteTableAssociation network-public-use1-az1",
        "RouteTableAssociation network-public-use1-az2",
        "SecurityGroupIngressRule network-endpoints-https",
        "VpcEndpoint network-endpoint-s3",
        "VpcEndpoint network-endpoint-sts",
    ]


def test_without_internet_egress_is_the_endpoints_and_the_tables() -> None:
    assert egress(built(nat="none", public_subnets=False, endpoints=("s3",))) == [
        "RouteTableAssociation network-private-use1-az1",
        "RouteTableAssociation network-private-use1-az2",
        "VpcEndpoint network-endpoint-s3",
    ]


def test_s3_is_a_gateway_endpoint_of_every_private_table() -> None:
    network = built(endpoints=("s3",))
    assert network.one(ENDPOINT, "network-endpoint-s3").inputs == {
        "vpcId": "network-vpc-id",
        "serviceName": "com.amazonaws.us-east-1.s3",
        "vpcEndpointType": "Gateway",
        "routeTableIds": ["network-private-use1-az1-id", "network-private-use1-az2-id"],
        "tags": {"Name": "network-endpoint-s3"},
    }
    assert network.of_type("aws:ec2/securityGroup:SecurityGroup") == []


def test_another_service_is_an_interface_endpoint_in_every_private_subnet() -> None:
    network = built(endpoints=("sts", "ecr.api"))
    assert [endpoint.name for endpoint in network.of_type(ENDPOINT)] == [
        "network-endpoint-ecr-api",
        "network-endpoint-sts",
    ]
    assert network.one(ENDPOINT, "network-endpoint-ecr-api").inputs == {
        "vpcId": "network-vpc-id",
        "serviceName": "com.amazonaws.us-east-1.ecr.api",
        "vpcEndpointType": "Interface",
        "privateDnsEnabled": True,
        "subnetIds": ["network-private-use1-az1-id", "network-private-use1-az2-id"],
        "securityGroupIds": ["network-endpoints-id"],
        "tags": {"Name": "network-endpoint-ecr-api"},
    }


def test_interface_endpoints_take_https_from_within_the_vpc_alone() -> None:
    network = built(endpoints=("sts",))
    group = network.one("aws:ec2/securityGroup:SecurityGroup", "network-endpoints").inputs
    assert "ingress" not in group
    assert "egress" not in group
    assert [rule.inputs for rule in network.of_type("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")] == [
        {
            "securityGroupId": "network-endpoints-id",
            "description": "HTTPS from within the VPC",
            "cidrIpv4": "10.0.0.0/16",
            "ipProtocol": "tcp",
            "fromPort": 443,
            "toPort": 443,
            "tags": {"Name": "network-endpoints-https"},
        }
    ]


def test_every_resource_that_takes_tags_has_the_given_ones_and_a_name() -> None:
    untagged = {"eks-fargate:index:Network", ROUTE, ASSOCIATION}
    network = built(endpoints=("s3", "sts"), tags={"team": "shop"})
    tagged = [resource for resource in network.resources if resource.type not in untagged]
    assert {resource.type.rpartition(":")[2] for resource in tagged} == {
        "Eip",
        "InternetGateway",
        "NatGateway",
        "RouteTable",
        "SecurityGroup",
        "SecurityGroupIngressRule",
        "Subnet",
        "Vpc",
        "VpcEndpoint",
    }
    for resource in tagged:
        assert resource.inputs["tags"]["team"] == "shop", resource.name
        assert resource.inputs["tags"]["Name"] == resource.name, resource.name
