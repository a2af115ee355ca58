from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eks_fargate.fargate.prices import NotKnown
from eks_fargate.fargate.pricing import CostItem, Price, Total, cost_item, pod_price, total
from eks_fargate.fargate.sizing import Size

SMALLEST = Size(vcpu_milli=250, memory_mib=512, ephemeral_gib=20)


def test_the_smallest_pod_in_us_east_1_costs_about_nine_dollars_a_month() -> None:
    found = pod_price(SMALLEST, "us-east-1")
    assert found == Price(Decimal("0.0123425"))
    assert found.usd_per_month == Decimal("9.010025")


@pytest.mark.parametrize(
    ("size", "region", "per_hour"),
    [
        (Size(1000, 2048, 20), "us-east-1", "0.049370"),
        (Size(2000, 9216, 20), "us-east-1", "0.120965"),
        (Size(16000, 122880, 20), "ap-northeast-1", "1.47256"),
        (Size(250, 512, 120), "us-east-1", "0.0234425"),
        (Size(250, 512, 20), "eu-west-1", "0.0123425"),
    ],
)
def test_a_pod_costs_its_vcpu_its_memory_and_its_storage_above_twenty(size: Size, region: str, per_hour: str) -> None:
    assert pod_price(size, region) == Price(Decimal(per_hour))


def test_storage_above_twenty_is_not_guessed_where_its_price_is_not_known() -> None:
    assert pod_price(Size(250, 512, 21), "eu-west-1") == NotKnown(
        "the price of a Fargate ephemeral storage GB-hour in eu-west-1",
        setting="overrides.prices.regions.eu-west-1.fargateEphemeralGbHour.usd",
    )


def test_a_region_without_prices_says_so() -> None:
    assert str(pod_price(SMALLEST, "eu-south-2")) == (
        "the price of a Fargate vCPU-hour in eu-south-2 is not known: "
        "set overrides.prices.regions.eu-south-2.fargateVcpuHour.usd"
    )


@given(st.integers(1, 64), st.integers(1, 240))
def test_the_price_of_a_pod_is_exact(quarters: int, half_gibs: int) -> None:
    found = pod_price(Size(250 * quarters, 512 * half_gibs, 20), "us-east-1")
    assert isinstance(found, Price)
    assert found.usd_per_hour * 1_000_000 * 4 == 40_480 * quarters + 4_445 * 2 * half_gibs


def test_a_line_multiplies() -> None:
    assert cost_item("CoreDNS", 2, "pod", Price(Decimal("0.0123425"))) == CostItem(
        "CoreDNS", 2, "pod", Decimal("9.010025"), Decimal("18.02005")
    )


def test_a_line_whose_price_or_quantity_is_not_known_has_no_figure() -> None:
    assert cost_item("Nodes", 2, "node", NotKnown("the price of a node")) == CostItem(
        "Nodes", 2, "node", None, None, "the price of a node is not known"
    )
    assert cost_item("Nodes", None, "node", Price(Decimal(1))) == CostItem(
        "Nodes", None, "node", Decimal(730), None, "how many (node) is not known before deployment"
    )


def test_a_total_is_what_is_known_and_says_what_is_not() -> None:
    lines = [
        cost_item("EKS control plane", 1, "cluster", Price(Decimal("0.10"))),
        cost_item("NAT gateways", 1, "gateway", Price(Decimal("0.045")), "without the traffic"),
        cost_item("Nodes", 2, "node", NotKnown("the price of a node")),
    ]
    assert total(lines) == Total(Decimal("105.85"), ("Nodes: the price of a node is not known",))
    assert total([]) == Total(Decimal(0), ())
