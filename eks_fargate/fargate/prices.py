"""The prices of AWS, in USD, as the table has them: exact decimals, and no figure where none is known.

Source: https://aws.amazon.com/fargate/pricing/ and the price lists that the table names row by row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from eks_fargate.fargate.facts import DEFAULT_FACTS, Facts
from eks_fargate.fargate.unknown import Unknown
from eks_fargate.fargate.zones import region_of


@dataclass(frozen=True, slots=True)
class NotKnown:
    """A price that is not known. what: which, in words.

    because: why; setting: where a user can give it; each empty where there is nothing to say.
    """

    what: str
    because: str = ""
    setting: str = ""

    def __str__(self) -> str:
        because = f", because {self.because}" if self.because else ""
        return f"{self.what} is not known{because}" + (f": set {self.setting}" if self.setting else "")


_NO_REGION = "the region is not known before deployment"
_WORDS = {
    "albHour": "the price of an Application Load Balancer hour",
    "clusterExtendedHour": "the price of a control plane hour in extended support",
    "clusterHour": "the price of a control plane hour",
    "fargateEphemeralGbHour": "the price of a Fargate ephemeral storage GB-hour",
    "fargateGbHour": "the price of a Fargate GB-hour",
    "fargateVcpuHour": "the price of a Fargate vCPU-hour",
    "interfaceEndpointHour": "the price of an interface endpoint hour",
    "natGatewayHour": "the price of a NAT gateway hour",
    "publicIpv4Hour": "the price of a public IPv4 address hour",
}


def price(item: str, region: str | Unknown, facts: Facts = DEFAULT_FACTS) -> Decimal | NotKnown:
    """The unit price of an item of the table (`fargateVcpuHour`) in a region.

    What the region's row does not have is looked up among what costs the same in all regions of its partition.
    """
    what = _WORDS[item]
    if isinstance(region, Unknown):
        return NotKnown(what, because=_NO_REGION)
    row = _rows(region, facts).get(item)
    if row is None:
        return NotKnown(f"{what} in {region}", setting=f"overrides.prices.regions.{region}.{item}.usd")
    return Decimal(row["usd"])


def instance_price(instance_type: str, region: str | Unknown, facts: Facts = DEFAULT_FACTS) -> Decimal | NotKnown:
    """The hourly on-demand price of an EC2 instance with Linux."""
    what = f"the price of an {instance_type} instance hour"
    if isinstance(region, Unknown):
        return NotKnown(what, because=_NO_REGION)
    row = _rows(region, facts).get("instanceHour", {}).get(instance_type)
    if row is None:
        setting = f'overrides.prices.regions.{region}.instanceHour."{instance_type}".usd'
        return NotKnown(f"{what} in {region}", setting=setting)
    return Decimal(row["usd"])


def _rows(region: str, facts: Facts) -> Mapping[str, Any]:
    table = facts.table("prices")
    known = region_of(region, facts)
    everywhere = {} if known is None else table["partitions"].get(known.partition, {})
    return {**everywhere, **table["regions"].get(region, {})}
