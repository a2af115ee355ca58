"""The address plan of a VPC: which CIDR each zone's private and public subnet gets. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network

# Room is always kept for four zones, so that adding one moves no subnet that exists.
ZONES_MAX = 4
# AWS allows a VPC of /16 to /28. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
# At /22 a public subnet is a /27, the smallest in which AWS promises a load balancer room to grow.
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
PREFIX_MIN, PREFIX_MAX = 16, 22
# An eighth of the VPC for each zone's pods, a thirty-second for each zone's load balancers and NAT gateway.
_PRIVATE_BITS, _PUBLIC_BITS = 3, 5
# RFC 1918 and the shared address space of RFC 6598.
_PRIVATE_RANGES = tuple(
    IPv4Network(cidr) for cidr in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
)


@dataclass(frozen=True, slots=True)
class ZoneSubnets:
    """The two subnets of one zone: the zone id (`use1-az1`) and the CIDRs, as text."""

    zone_id: str
    private_cidr: str
    public_cidr: str


def problem_of(cidr: str) -> str | None:
    """Why `cidr` cannot be laid out, in words, or None if it can."""
    try:
        network = IPv4Network(cidr)
    except ValueError as error:
        return f"{error}; write an IPv4 network such as 10.0.0.0/16"
    if not any(network.subnet_of(private) for private in _PRIVATE_RANGES):
        return f"it is not a private range; take one within {', '.join(str(private) for private in _PRIVATE_RANGES)}"
    if not PREFIX_MIN <= network.prefixlen <= PREFIX_MAX:
        size = "small" if network.prefixlen > PREFIX_MAX else "large"
        return (
            f"a /{network.prefixlen} is too {size}: room for {ZONES_MAX} zones is always kept, "
            f"which takes /{PREFIX_MIN} to /{PREFIX_MAX}"
        )
    if str(network) != cidr:
        return f"AWS takes it in CIDR form alone; write {network}"
    return None


def layout(cidr: str, zone_ids: Sequence[str]) -> tuple[ZoneSubnets, ...]:
    """The subnets of each zone, in the order given.

    A zone's place in `zone_ids` (at most four) fixes its addresses: add zones at the end. The first half of the VPC
    is private (four equal blocks), the next eighth public, the rest is left free.
    Raises ValueError where `cidr` cannot be laid out (see `problem_of`) or there are more than four zones.
    """
    if problem := problem_of(cidr):
        raise ValueError(problem)
    if len(zone_ids) > ZONES_MAX:
        msg = f"{len(zone_ids)} zones; at most {ZONES_MAX}"
        raise ValueError(msg)
    network = IPv4Network(cidr)
    private = list(network.subnets(prefixlen_diff=_PRIVATE_BITS))
    public = list(private[ZONES_MAX].subnets(prefixlen_diff=_PUBLIC_BITS - _PRIVATE_BITS))
    return tuple(ZoneSubnets(zone_id, str(private[slot]), str(public[slot])) for slot, zone_id in enumerate(zone_ids))
