"""A monthly bill: as JSON, and as the columns of a table."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from eks_fargate.fargate.explain import Explanation
from eks_fargate.fargate.facts import DEFAULT_FACTS
from eks_fargate.fargate.pricing import CostItem, total

_CENT = Decimal("0.01")


def cost_json(items: Sequence[CostItem]) -> dict[str, Any]:
    """The bill under its JSON keys: USD, rounded to cents; null where not known, and `notKnown` says what is not."""
    sum_ = total(items)
    return {
        "monthlyUsd": _rounded(sum_.monthly_usd),
        "items": [
            {
                "what": item.what,
                "quantity": item.quantity,
                "unit": item.unit,
                "usdPerUnit": _rounded(item.usd_per_unit),
                "monthlyUsd": _rounded(item.monthly_usd),
                "note": item.note,
            }
            for item in items
        ],
        "notKnown": list(sum_.not_known),
        "pricesOf": prices_of(),
    }


def cost_rows(items: Sequence[CostItem]) -> list[tuple[str, str, str, str, str]]:
    """For each line: what, how many, of which unit, USD a month, and the note; last the sum of what is known."""
    sum_ = total(items)
    rows = [
        (item.what, "?" if item.quantity is None else str(item.quantity), item.unit, usd(item.monthly_usd), item.note)
        for item in items
    ]
    note = "without what is not known" if sum_.not_known else ""
    return [*rows, ("Sum", "", "", usd(sum_.monthly_usd), note)]


def cost_lines(items: Sequence[CostItem]) -> list[str]:
    """The bill as the lines of a table."""
    rows = cost_rows(items)
    what, quantity, unit, monthly_ = (max(len(row[column]) for row in rows) for column in range(4))
    return [
        f"{row[0]:{what}}  {row[1]:>{quantity}} {row[2]:{unit}}  {row[3]:>{monthly_}}  {row[4]}".rstrip()
        for row in rows
    ]


def monthly(items: Sequence[CostItem]) -> str:
    """`136.98 USD a month`, and whether something more is not known."""
    sum_ = total(items)
    return f"{usd(sum_.monthly_usd)} USD a month" + (" and what is not known" if sum_.not_known else "")


def manifests_cost(found: Explanation) -> str:
    """`Manifests: 3 workloads, 31.89 USD a month on Fargate`, and whether something more is not known."""
    not_known = " and what is not known" if found.totals.not_known else ""
    workloads = f"{len(found.pods)} workload{'' if len(found.pods) == 1 else 's'}"
    return f"Manifests: {workloads}, {usd(found.totals.monthly_usd)} USD a month on Fargate{not_known}"


def usd(amount: Decimal | None) -> str:
    """An amount to the cent; a question mark where it is not known."""
    return "?" if amount is None else f"{amount:.2f}"


def prices_of() -> str:
    """The date of the table of prices."""
    date: str = DEFAULT_FACTS.table("prices")["date"]
    return date


def _rounded(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount.quantize(_CENT))
