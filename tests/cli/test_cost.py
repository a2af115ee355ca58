"""A monthly bill: what is known, what is not, and how it is rounded."""

from __future__ import annotations

from decimal import Decimal

from eks_fargate.cli.cost import cost_json, cost_lines, monthly, prices_of
from eks_fargate.fargate.pricing import CostItem

KNOWN = CostItem("NAT gateways", 3, "gateway", Decimal("32.854"), Decimal("98.562"), "without the traffic")
UNKNOWN_PRICE = CostItem("Nodes of general", 2, "node", None, None, "the price of a node is not known")
UNKNOWN_COUNT = CostItem("Fargate pods", None, "pod", Decimal("9.01"), None, "how many (pod) is not known")


def test_json_rounds_to_cents_and_says_what_is_not_known() -> None:
    assert cost_json([KNOWN, UNKNOWN_PRICE]) == {
        "monthlyUsd": 98.56,
        "items": [
            {
                "what": "NAT gateways",
                "quantity": 3,
                "unit": "gateway",
                "usdPerUnit": 32.85,
                "monthlyUsd": 98.56,
                "note": "without the traffic",
            },
            {
                "what": "Nodes of general",
                "quantity": 2,
                "unit": "node",
                "usdPerUnit": None,
                "monthlyUsd": None,
                "note": "the price of a node is not known",
            },
        ],
        "notKnown": ["Nodes of general: the price of a node is not known"],
        "pricesOf": prices_of(),
    }


def test_the_table_has_columns_and_a_sum_of_what_is_known() -> None:
    assert cost_lines([KNOWN, UNKNOWN_COUNT]) == [
        "NAT gateways  3 gateway  98.56  without the traffic",
        "Fargate pods  ? pod          ?  how many (pod) is not known",
        "Sum                      98.56  without what is not known",
    ]


def test_the_sum_says_whether_it_is_all() -> None:
    assert monthly([KNOWN]) == "98.56 USD a month"
    assert monthly([KNOWN, UNKNOWN_PRICE]) == "98.56 USD a month and what is not known"
