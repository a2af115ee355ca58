"""The network as the rest of the platform uses it: of a VPC to make, or of one that stands already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from components.network import Network, NetworkArgs
from stacks.environment import Environment


@dataclass(frozen=True, slots=True)
class Reach:
    """A network in use.

    by_setting: private subnets by what settings call them, ids of zones or of subnets. egress: the resources without
    which a pod in a private subnet reaches nothing.
    """

    vpc_id: pulumi.Input[str]
    private_subnet_ids: Sequence[pulumi.Input[str]]
    public_subnet_ids: Sequence[pulumi.Input[str]]
    by_setting: dict[str, pulumi.Input[str]]
    egress: Sequence[pulumi.Resource]


def reach_of(settings: Environment, guarded: pulumi.ResourceOptions) -> Reach:
    """Makes the network, or takes the one that stands already. guarded: the options of what is made."""
    existing = settings.network.existing
    if existing is not None:
        by_id: dict[str, pulumi.Input[str]] = {subnet: subnet for subnet in existing.private_subnet_ids}
        return Reach(existing.vpc_id, existing.private_subnet_ids, existing.public_subnet_ids, by_id, [])
    assert settings.network.cidr is not None
    network = Network(
        "network",
        NetworkArgs(
            cidr=settings.network.cidr,
            zones=settings.zones,
            nat=settings.network.nat,
            public_subnets=settings.public_subnets,
            internet_load_balancers=settings.alb_ingress.internet_facing,
            region=settings.region,
            endpoints=settings.endpoints,
            tags=settings.tags,
        ),
        guarded,
    )
    zone_ids = [zone.zone_id for zone in settings.zones]
    return Reach(
        network.vpc_id,
        network.private_subnet_ids,
        network.public_subnet_ids,
        dict(zip(zone_ids, network.private_subnet_ids, strict=True)),
        network.egress,
    )
