from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from eks_fargate.fargate.facts import Facts
from eks_fargate.fargate.prices import NotKnown, instance_price, price
from eks_fargate.fargate.unknown import UNKNOWN


@pytest.mark.parametrize(
    ("item", "region", "usd"),
    [
        ("fargateVcpuHour", "us-east-1", "0.04048"),
        ("fargateGbHour", "us-east-1", "0.004445"),
        ("fargateEphemeralGbHour", "us-east-1", "0.000111"),
        ("fargateVcpuHour", "ap-northeast-1", "0.05056"),
        ("fargateGbHour", "eu-west-2", "0.00511"),
        ("natGatewayHour", "eu-west-1", "0.048"),
        ("albHour", "eu-west-2", "0.02646"),
        ("interfaceEndpointHour", "us-east-1", "0.01"),
        ("clusterHour", "sa-east-1", "0.10"),
        ("clusterExtendedHour", "eu-south-2", "0.60"),
        ("publicIpv4Hour", "us-west-2", "0.005"),
    ],
)
def test_a_known_price(item: str, region: str, usd: str) -> None:
    assert price(item, region) == Decimal(usd)


def test_a_price_that_is_not_known_names_what_to_set() -> None:
    found = price("natGatewayHour", "sa-east-1")
    assert str(found) == (
        "the price of a NAT gateway hour in sa-east-1 is not known: "
        "set overrides.prices.regions.sa-east-1.natGatewayHour.usd"
    )


def test_china_is_not_priced_in_dollars() -> None:
    assert isinstance(price("clusterHour", "cn-north-1"), NotKnown)


def test_a_region_not_known_before_deployment_has_no_price() -> None:
    assert str(price("clusterHour", UNKNOWN)) == (
        "the price of a control plane hour is not known, because the region is not known before deployment"
    )
    assert isinstance(instance_price("m5.large", UNKNOWN), NotKnown)


def test_a_price_given_in_overrides_counts() -> None:
    facts = Facts({"prices": {"regions": {"sa-east-1": {"natGatewayHour": {"usd": "0.093"}}}}})
    assert price("natGatewayHour", "sa-east-1", facts) == Decimal("0.093")


def test_instance_prices() -> None:
    assert instance_price("m5.large", "us-east-1") == Decimal("0.096")
    assert str(instance_price("m5.large", "eu-west-1")) == (
        "the price of an m5.large instance hour in eu-west-1 is not known: "
        'set overrides.prices.regions.eu-west-1.instanceHour."m5.large".usd'
    )


def test_every_figure_is_a_decimal_string_with_source_and_date() -> None:
    table = Facts().table("prices")
    rows = [row for part in ("partitions", "regions") for place in table[part].values() for row in place.values()]
    figures = [row for row in rows if "usd" in row] + [one for row in rows if "usd" not in row for one in row.values()]
    assert len(figures) > 40
    for figure in figures:
        assert isinstance(figure["usd"], str)
        assert Decimal(figure["usd"]) > 0
        assert figure["source"].startswith("https://")
        assert date.fromisoformat(figure["date"])
