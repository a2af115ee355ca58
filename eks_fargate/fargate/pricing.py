"""What pods and a platform cost by the hour and by the month: exact decimals; what is not known is said, never guessed.

Source: https://aws.amazon.com/fargate/pricing/
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from eks_fargate.fargate.facts import DEFAULT_FACTS, Facts
from eks_fargate.fargate.prices import NotKnown, price
from eks_fargate.fargate.sizing import Size
from eks_fargate.fargate.unknown import Unknown

HOURS_PER_MONTH = Decimal(730)
"""AWS's own month: 365 days of 24 hours, by 12."""


@dataclass(frozen=True, slots=True)
class Price:
    """What something costs, in USD by the hour."""

    usd_per_hour: Decimal

    @property
    def usd_per_month(self) -> Decimal:
        """For a month of 730 hours."""
        return self.usd_per_hour * HOURS_PER_MONTH


@dataclass(frozen=True, slots=True)
class CostItem:
    """One line of a monthly bill.

    quantity: how many; None where not known. unit: "cluster", "pod", ... usd_per_unit, monthly_usd: for one, and for
    all, by the month; None where not known, and `note` then says what is not. note: also says what the figure leaves
    out.
    """

    what: str
    quantity: int | None
    unit: str
    usd_per_unit: Decimal | None
    monthly_usd: Decimal | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of what is known, in USD by the month, and the notes on what is not."""

    monthly_usd: Decimal
    not_known: tuple[str, ...]


def pod_price(size: Size, region: str | Unknown, facts: Facts = DEFAULT_FACTS) -> Price | NotKnown:
    """The price of one Fargate pod: its vCPU, its memory, and its ephemeral storage above the 20 GiB included."""
    included_gib = facts.table("sizes")["ephemeralStorage"]["includedGib"]
    quantities = {
        "fargateVcpuHour": Decimal(size.vcpu_milli) / 1000,
        "fargateGbHour": Decimal(size.memory_mib) / 1024,
        "fargateEphemeralGbHour": Decimal(max(0, size.ephemeral_gib - included_gib)),
    }
    hourly = Decimal(0)
    for item, quantity in quantities.items():
        if quantity:
            unit = price(item, region, facts)
            if isinstance(unit, NotKnown):
                return unit
            hourly += quantity * unit
    return Price(hourly)


def cost_item(what: str, quantity: int | None, unit: str, each: Price | NotKnown, note: str = "") -> CostItem:
    """The line for `quantity` of something at `each`; note: what the figure leaves out."""
    if isinstance(each, NotKnown):
        return CostItem(what, quantity, unit, None, None, str(each))
    monthly = each.usd_per_month
    if quantity is None:
        return CostItem(what, None, unit, monthly, None, f"how many ({unit}) is not known before deployment")
    return CostItem(what, quantity, unit, monthly, quantity * monthly, note)


def total(items: Iterable[CostItem]) -> Total:
    """The sum of the lines; a line that is not known adds nothing but its note."""
    lines = list(items)
    known = [item.monthly_usd for item in lines if item.monthly_usd is not None]
    return Total(
        sum(known, Decimal(0)), tuple(f"{item.what}: {item.note}" for item in lines if item.monthly_usd is None)
    )
