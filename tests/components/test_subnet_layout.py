from __future__ import annotations

from ipaddress import IPv4Network
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.subnet_layout import layout, problem_of

ZONES = ["use1-az1", "use1-az2", "use1-az4", "use1-az6"]
# A deployed stack has these: a plan that computed others would replace its subnets.
SUBNETS_OF_16 = [
    ("use1-az1", "10.0.0.0/19", "10.0.128.0/21"),
    ("use1-az2", "10.0.32.0/19", "10.0.136.0/21"),
    ("use1-az4", "10.0.64.0/19", "10.0.144.0/21"),
    ("use1-az6", "10.0.96.0/19", "10.0.152.0/21"),
]
SUBNETS_OF_22 = [
    ("use1-az1", "192.168.4.0/25", "192.168.6.0/27"),
    ("use1-az2", "192.168.4.128/25", "192.168.6.32/27"),
]


def _within(parent: str, prefix: int) -> st.SearchStrategy[str]:
    network = IPv4Network(parent)
    return st.integers(0, 2 ** (prefix - network.prefixlen) - 1).map(
        lambda slot: str(IPv4Network((int(network.network_address) + slot * 2 ** (32 - prefix), prefix)))
    )


PRIVATE_CIDRS = st.tuples(
    st.sampled_from(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"]), st.integers(16, 22)
).flatmap(lambda choice: _within(*choice))
ZONE_COUNTS = st.integers(2, 4)


def subnets(cidr: str, zones: int) -> list[IPv4Network]:
    planned = layout(cidr, ZONES[:zones])
    return [IPv4Network(text) for zone in planned for text in (zone.private_cidr, zone.public_cidr)]


def test_the_subnets_of_a_16_stay_where_they_are() -> None:
    planned = layout("10.0.0.0/16", ZONES)
    assert [(zone.zone_id, zone.private_cidr, zone.public_cidr) for zone in planned] == SUBNETS_OF_16


def test_the_subnets_of_a_22_stay_where_they_are() -> None:
    planned = layout("192.168.4.0/22", ZONES[:2])
    assert [(zone.zone_id, zone.private_cidr, zone.public_cidr) for zone in planned] == SUBNETS_OF_22


@given(PRIVATE_CIDRS, ZONE_COUNTS)
def test_no_two_subnets_overlap(cidr: str, zones: int) -> None:
    planned = sorted(subnets(cidr, zones))
    assert len(planned) == 2 * zones
    assert not any(one.overlaps(other) for one, other in pairwise(planned))


@given(PRIVATE_CIDRS, ZONE_COUNTS)
def test_every_subnet_is_inside_the_vpc(cidr: str, zones: int) -> None:
    assert all(subnet.subnet_of(IPv4Network(cidr)) for subnet in subnets(cidr, zones))


@given(PRIVATE_CIDRS, st.integers(2, 3))
def test_a_zone_added_at_the_end_moves_nothing(cidr: str, zones: int) -> None:
    assert layout(cidr, ZONES[: zones + 1])[:zones] == layout(cidr, ZONES[:zones])


@given(PRIVATE_CIDRS, ZONE_COUNTS)
def test_a_public_subnet_is_never_smaller_than_a_load_balancer_needs(cidr: str, zones: int) -> None:
    assert all(IPv4Network(zone.public_cidr).prefixlen <= 27 for zone in layout(cidr, ZONES[:zones]))


@given(PRIVATE_CIDRS)
def test_a_private_subnet_is_an_eighth_of_the_vpc(cidr: str) -> None:
    vpc = IPv4Network(cidr)
    assert [IPv4Network(zone.private_cidr).num_addresses for zone in layout(cidr, ZONES)] == [
        vpc.num_addresses // 8
    ] * 4


@given(PRIVATE_CIDRS)
def test_every_private_network_of_16_to_22_has_no_problem(cidr: str) -> None:
    assert problem_of(cidr) is None


@pytest.mark.parametrize(
    ("cidr", "problem"),
    [
        ("10.0.0.0/15", "a /15 is too large: room for 4 zones is always kept, which takes /16 to /22"),
        ("10.0.0.0/23", "a /23 is too small: room for 4 zones is always kept, which takes /16 to /22"),
        (
            "8.8.0.0/16",
            "it is not a private range; take one within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10",
        ),
        ("10.0.0.1/16", "10.0.0.1/16 has host bits set; write an IPv4 network such as 10.0.0.0/16"),
        ("10.0.0.0/255.255.0.0", "AWS takes it in CIDR form alone; write 10.0.0.0/16"),
        ("10.0.0.0", "a /32 is too small: room for 4 zones is always kept, which takes /16 to /22"),
    ],
)
def test_a_network_that_cannot_be_laid_out_is_told_why(cidr: str, problem: str) -> None:
    assert problem_of(cidr) == problem


def test_a_network_that_cannot_be_laid_out_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a /23 is too small: "):
        layout("10.0.0.0/23", ZONES)


def test_a_fifth_zone_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^5 zones; at most 4$"):
        layout("10.0.0.0/16", [*ZONES, "use1-az5"])
