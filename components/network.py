"""The VPC of a cluster: private subnets for pods, public ones for load balancers and NAT gateways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pulumi
from pulumi_aws import ec2, vpc

from components.subnet_layout import ZoneSubnets

Nat = Literal["none", "single", "perZone"]


@dataclass(frozen=True, slots=True)
class NetworkArgs:
    """Arguments of `Network`.

    cidr: of the VPC. zones: one entry a zone, from `subnet_layout.layout`.
    nat: `none`, one NAT gateway in the first zone for all (`single`), or one a zone (`perZone`).
    public_subnets: whether each zone has a public subnet; needed by NAT gateways and internet-facing load balancers.
    internet_load_balancers: whether public subnets carry the tag by which the load balancer controller finds them.
    region: for the names of endpoint services. endpoints: AWS services reached inside the VPC: `s3` becomes a gateway
    endpoint, every other an interface endpoint in each private subnet. Omitted: none.
    tags: on every resource that takes tags. Omitted: only the Name tag.
    """

    cidr: str
    zones: Sequence[ZoneSubnets]
    nat: Nat
    public_subnets: bool
    internet_load_balancers: bool
    region: str
    endpoints: Sequence[str] = ()
    tags: Mapping[str, str] = field(default_factory=dict)


class Network(pulumi.ComponentResource):
    """A VPC whose DNS is on, its subnets over two to four zones, and the way out of them.

    vpc_id, private_subnet_ids, public_subnet_ids: outputs, the subnets in the order of `zones`.
    egress: the resources without which a pod in a private subnet reaches nothing; what starts pods depends on them.
    """

    vpc_id: pulumi.Output[str]
    private_subnet_ids: list[pulumi.Output[str]]
    public_subnet_ids: list[pulumi.Output[str]]
    egress: list[pulumi.Resource]

    def __init__(self, name: str, args: NetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("eks-fargate:index:Network", name, {}, opts)
        if args.nat != "none" and not args.public_subnets:
            msg = f"nat {args.nat!r} needs public subnets: a NAT gateway stands in one"
            raise ValueError(msg)
        self._name, self._args = name, args
        self._child = pulumi.ResourceOptions(parent=self)
        self.egress = []

        self._vpc = ec2.Vpc(
            f"{name}-vpc",
            cidr_block=args.cidr,
            # Fargate needs both. https://docs.aws.amazon.com/eks/latest/userguide/fargate.html
            enable_dns_support=True,
            enable_dns_hostnames=True,
            tags=self._tags("vpc"),
            opts=self._child,
        )
        self.vpc_id = self._vpc.id
        public = self._public_subnets() if args.public_subnets else []
        nat_ids = self._nat_gateways(public)
        private, tables = self._private_subnets(nat_ids)
        self._endpoints(private, tables)

        self.private_subnet_ids = [subnet.id for subnet in private]
        self.public_subnet_ids = [subnet.id for subnet in public]
        self.register_outputs(
            {
                "vpcId": self.vpc_id,
                "privateSubnetIds": self.private_subnet_ids,
                "publicSubnetIds": self.public_subnet_ids,
            }
        )

    def _tags(self, part: str, extra: Mapping[str, str] | None = None) -> dict[str, str]:
        return {**self._args.tags, "Name": f"{self._name}-{part}", **(extra or {})}

    def _subnet(self, kind: Literal["private", "public"], zone_id: str, cidr: str) -> ec2.Subnet:
        # The load balancer controller finds its subnets by these tags.
        # https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery/
        role = {"kubernetes.io/role/internal-elb": "1"}
        if kind == "public":
            role = {"kubernetes.io/role/elb": "1"} if self._args.internet_load_balancers else {}
        return ec2.Subnet(
            f"{self._name}-{kind}-{zone_id}",
            vpc_id=self._vpc.id,
            availability_zone_id=zone_id,
            cidr_block=cidr,
            map_public_ip_on_launch=False,
            tags=self._tags(f"{kind}-{zone_id}", role),
            opts=self._child,
        )

    def _route_table(self, part: str) -> ec2.RouteTable:
        return ec2.RouteTable(f"{self._name}-{part}", vpc_id=self._vpc.id, tags=self._tags(part), opts=self._child)

    def _associate(self, part: str, subnet: ec2.Subnet, table: ec2.RouteTable) -> ec2.RouteTableAssociation:
        return ec2.RouteTableAssociation(
            f"{self._name}-{part}", subnet_id=subnet.id, route_table_id=table.id, opts=self._child
        )

    def _public_subnets(self) -> list[ec2.Subnet]:
        gateway = ec2.InternetGateway(
            f"{self._name}-internet", vpc_id=self._vpc.id, tags=self._tags("internet"), opts=self._child
        )
        table = self._route_table("public")
        route = ec2.Route(
            f"{self._name}-public-internet",
            route_table_id=table.id,
            destination_cidr_block="0.0.0.0/0",
            gateway_id=gateway.id,
            opts=self._child,
        )
        subnets = [self._subnet("public", zone.zone_id, zone.public_cidr) for zone in self._args.zones]
        associations = [
            self._associate(f"public-{zone.zone_id}", subnet, table)
            for zone, subnet in zip(self._args.zones, subnets, strict=True)
        ]
        self.egress += [route, *associations]
        return subnets

    def _nat_gateways(self, public: Sequence[ec2.Subnet]) -> list[pulumi.Output[str] | None]:
        """For each zone the id of the NAT gateway that its pods leave by, or None."""
        zones = self._args.zones
        if self._args.nat == "none":
            return [None for _ in zones]
        ids: list[pulumi.Output[str]] = []
        for zone, subnet in list(zip(zones, public, strict=True))[: 1 if self._args.nat == "single" else None]:
            part = f"nat-{zone.zone_id}"
            address = ec2.Eip(f"{self._name}-{part}", domain="vpc", tags=self._tags(part), opts=self._child)
            gateway = ec2.NatGateway(
                f"{self._name}-{part}",
                allocation_id=address.allocation_id,
                subnet_id=subnet.id,
                tags=self._tags(part),
                # A NAT gateway reaches the internet only once its subnet's route does; nothing else says so.
                opts=pulumi.ResourceOptions(parent=self, depends_on=list(self.egress)),
            )
            ids.append(gateway.id)
        return [ids[0 if self._args.nat == "single" else slot] for slot, _ in enumerate(zones)]

    def _private_subnets(
        self, nat_ids: Sequence[pulumi.Output[str] | None]
    ) -> tuple[list[ec2.Subnet], list[ec2.RouteTable]]:
        """Each zone has a table of its own, so that going from one NAT gateway to one a zone moves no subnet."""
        subnets, tables = [], []
        for zone, nat_id in zip(self._args.zones, nat_ids, strict=True):
            part = f"private-{zone.zone_id}"
            subnet = self._subnet("private", zone.zone_id, zone.private_cidr)
            table = self._route_table(part)
            self.egress.append(self._associate(part, subnet, table))
            if nat_id is not None:
                self.egress.append(
                    ec2.Route(
                        f"{self._name}-{part}-nat",
                        route_table_id=table.id,
                        destination_cidr_block="0.0.0.0/0",
                        nat_gateway_id=nat_id,
                        opts=self._child,
                    )
                )
            subnets.append(subnet)
            tables.append(table)
        return subnets, tables

    def _endpoints(self, private: Sequence[ec2.Subnet], tables: Sequence[ec2.RouteTable]) -> None:
        interfaces = [service for service in sorted(self._args.endpoints) if service != "s3"]
        if "s3" in self._args.endpoints:
            self.egress.append(
                ec2.VpcEndpoint(
                    f"{self._name}-endpoint-s3",
                    vpc_id=self._vpc.id,
                    service_name=self._service_name("s3"),
                    vpc_endpoint_type="Gateway",
                    route_table_ids=[table.id for table in tables],
                    tags=self._tags("endpoint-s3"),
                    opts=self._child,
                )
            )
        if not interfaces:
            return
        group = self._endpoint_security_group()
        for service in interfaces:
            part = f"endpoint-{service.replace('.', '-')}"
            self.egress.append(
                ec2.VpcEndpoint(
                    f"{self._name}-{part}",
                    vpc_id=self._vpc.id,
                    service_name=self._service_name(service),
                    vpc_endpoint_type="Interface",
                    private_dns_enabled=True,
                    subnet_ids=[subnet.id for subnet in private],
                    security_group_ids=[group.id],
                    tags=self._tags(part),
                    opts=self._child,
                )
            )

    def _service_name(self, service: str) -> str:
        return f"com.amazonaws.{self._args.region}.{service}"

    def _endpoint_security_group(self) -> ec2.SecurityGroup:
        group = ec2.SecurityGroup(
            f"{self._name}-endpoints",
            vpc_id=self._vpc.id,
            description="Who may reach the interface endpoints of this VPC",
            tags=self._tags("endpoints"),
            opts=self._child,
        )
        rule = vpc.SecurityGroupIngressRule(
            f"{self._name}-endpoints-https",
            security_group_id=group.id,
            description="HTTPS from within the VPC",
            cidr_ipv4=self._args.cidr,
            ip_protocol="tcp",
            from_port=443,
            to_port=443,
            tags=self._tags("endpoints-https"),
            opts=self._child,
        )
        self.egress.append(rule)
        return group
