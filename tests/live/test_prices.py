"""The price table, refreshed from the Price List."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from eks_fargate.live.account import Account
from eks_fargate.live.prices import Change, refreshed
from tests.live.documented import Documented

DAY = date(2026, 12, 1)
VCPU = "Fargate-vCPU-Hours:perCPU"


def row(usd: str) -> dict[str, str]:
    return {"usd": usd, "source": "https://example.com/", "date": "2026-01-01", "note": "old"}


@pytest.fixture
def table() -> dict[str, Any]:
    """A table in small: its clusters' price, and one region's."""
    return {
        "source": "s",
        "date": "2026-01-01",
        "partitions": {"aws": {"clusterHour": row("0.10"), "clusterExtendedHour": row("0.60")}},
        "regions": {"eu-west-1": {"fargateVcpuHour": row("0.04048"), "instanceHour": {"m6a.large": row("0.0963")}}},
    }


def product(usage_type: str, usd: str, **dimension: str) -> str:
    """A product as GetProducts writes it: JSON as text."""
    price = {"pricePerUnit": {"USD": usd}, "beginRange": "0", **dimension}
    terms = {"OnDemand": {"t": {"priceDimensions": {"d": price}}}}
    return json.dumps({"product": {"attributes": {"usagetype": usage_type}}, "terms": terms})


LIST = {
    "Fargate-vCPU-Hours:perCPU": [
        product("EU-Fargate-vCPU-Hours:perCPU", "0.0500000000"),
        product("EU-Fargate-ARM-vCPU-Hours:perCPU", "0.03"),
        product("EU-SpotUsage-Fargate-vCPU-Hours:perCPU", "0.01"),
    ],
    "AmazonEKS-Hours:perCluster": [product("USE1-AmazonEKS-Hours:perCluster", "0.1000000000")],
    "AmazonEKS-Hours:extendedSupport": [product("USE1-AmazonEKS-Hours:extendedSupport", "0.5000000000")],
    "BoxUsage:m6a.large": [product("EU-BoxUsage:m6a.large", "0.0963")],
}


def listing(documented: Documented, changes: Mapping[str, list[str]] | None = None) -> list[Mapping[str, Any]]:
    """Let the Price List hold this; returns the questions that it is asked."""
    asked: list[Mapping[str, Any]] = []

    def answer(given: Mapping[str, Any]) -> dict[str, Any]:
        asked.append(given)
        (usage_type,) = [one["Value"] for one in given["Filters"] if one["Field"] == "usagetype"]
        return {"PriceList": {**LIST, **(changes or {})}[usage_type]}

    documented.answers("pricing", "GetProducts", answer)
    return asked


def test_what_changed_is_told_and_only_exact_usage_types_count(
    account: Account, documented: Documented, table: dict[str, Any]
) -> None:
    listing(documented)
    fresh, changes = refreshed(account, table, DAY)
    assert changes == [Change("eu-west-1", "fargateVcpuHour", "0.04048", "0.05")]
    assert str(changes[0]) == "eu-west-1 fargateVcpuHour: 0.04048 -> 0.05"
    assert fresh["regions"]["eu-west-1"]["fargateVcpuHour"] == {
        "usd": "0.05",
        "source": "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonECS/current/eu-west-1/index.json",
        "date": "2026-12-01",
    }


def test_a_row_that_is_read_unchanged_gets_the_new_date(
    account: Account, documented: Documented, table: dict[str, Any]
) -> None:
    listing(documented)
    fresh, _ = refreshed(account, table, DAY)
    cluster = fresh["partitions"]["aws"]["clusterHour"]
    assert (cluster["usd"], cluster["date"], fresh["date"]) == ("0.10", "2026-12-01", "2026-12-01")
    assert table["partitions"]["aws"]["clusterHour"]["date"] == "2026-01-01"


def test_extended_support_is_billed_beside_the_standard_price(
    account: Account, documented: Documented, table: dict[str, Any]
) -> None:
    dearer = [product("USE1-AmazonEKS-Hours:extendedSupport", "0.7")]
    listing(documented, {"AmazonEKS-Hours:extendedSupport": dearer})
    fresh, _ = refreshed(account, table, DAY)
    assert fresh["partitions"]["aws"]["clusterExtendedHour"]["usd"] == "0.8"


def test_a_price_that_adds_to_one_which_is_not_read_is_not_told(
    account: Account, documented: Documented, table: dict[str, Any]
) -> None:
    listing(documented, {"AmazonEKS-Hours:perCluster": []})
    _, changes = refreshed(account, table, DAY)
    failed = {change.item: change.failure for change in changes if change.failure}
    assert failed == dict.fromkeys(("clusterExtendedHour", "clusterHour"), "the Price List has no such usage type")


def test_questions_are_filtered_by_region_and_by_what_tells_products_apart(
    account: Account, documented: Documented, table: dict[str, Any]
) -> None:
    asked = listing(documented)
    refreshed(account, table, DAY)
    (instance,) = [given for given in asked if given["ServiceCode"] == "AmazonEC2"]
    assert {one["Field"]: one["Value"] for one in instance["Filters"]} == {
        "regionCode": "eu-west-1",
        "operatingSystem": "Linux",
        "tenancy": "Shared",
        "preInstalledSw": "NA",
        "capacitystatus": "Used",
        "instanceType": "m6a.large",
        "usagetype": "BoxUsage:m6a.large",
    }


@pytest.mark.parametrize(
    ("products", "failure"),
    [
        ([], "the Price List has no such usage type"),
        ([product("EU-Fargate-vCPU-Hours:perCPU", "0")], "the Price List has no such usage type"),
        (
            [product("EU-Fargate-vCPU-Hours:perCPU", "0.1"), product("EU-Fargate-vCPU-Hours:perCPU", "0.2")],
            "the Price List has several prices for it: 0.1, 0.2",
        ),
    ],
)
def test_a_row_that_cannot_be_told_stays_as_it_is(
    account: Account, documented: Documented, table: dict[str, Any], products: list[str], failure: str
) -> None:
    listing(documented, {VCPU: products})
    fresh, changes = refreshed(account, table, DAY)
    assert changes == [Change("eu-west-1", "fargateVcpuHour", "0.04048", "0.04048", failure)]
    assert fresh["regions"]["eu-west-1"]["fargateVcpuHour"] == row("0.04048")


def test_a_trust_store_is_no_load_balancer(account: Account, documented: Documented) -> None:
    balancers = [product("LoadBalancerUsage", "0.0225"), product("TS-LoadBalancerUsage", "0.0056")]
    documented.answers("pricing", "GetProducts", {"PriceList": balancers})
    small = {"date": "2026-01-01", "partitions": {}, "regions": {"us-east-1": {"albHour": row("0.02")}}}
    assert refreshed(account, small, DAY)[1] == [Change("us-east-1", "albHour", "0.02", "0.0225")]


def test_the_second_step_of_a_price_is_a_discount_and_not_the_price(
    account: Account, documented: Documented, table: dict[str, Any]
) -> None:
    steps = [
        product("EU-Fargate-vCPU-Hours:perCPU", "0.05"),
        product("EU-Fargate-vCPU-Hours:perCPU", "0.04", beginRange="1000"),
    ]
    listing(documented, {VCPU: steps})
    fresh, _ = refreshed(account, table, DAY)
    assert fresh["regions"]["eu-west-1"]["fargateVcpuHour"]["usd"] == "0.05"


def test_where_the_price_list_is_denied_nothing_changes(
    account: Account, documented: Documented, table: dict[str, Any]
) -> None:
    documented.fails("pricing", "GetProducts", "AccessDeniedException")
    fresh, changes = refreshed(account, table, DAY)
    assert fresh == table
    assert len(changes) == 4
    assert str(changes[0]) == (
        "aws clusterExtendedHour: kept at 0.60: "
        "pricing:GetProducts is not allowed to these credentials (AccessDeniedException)"
    )
