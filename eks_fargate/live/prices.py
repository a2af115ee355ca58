"""The price table brought up to date from AWS's Price List.

Source: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-query-api.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from eks_fargate.live.account import Account, Answer, Question
from eks_fargate.live.failures import Failure
from eks_fargate.live.tables import table

API_REGION: Final = "us-east-1"
"""Where the Price List API is asked; it answers for all regions of its partition."""

# What costs the same in all regions of a partition is read where most is sold.
_PARTITION_REGIONS: Final = {"aws": "us-east-1"}
_SOURCE: Final = "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/{}/current/{}/index.json"


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the table. before, after: USD as text; before is empty for a new one.

    failure: why the row could not be read, in which case it stays as it is.
    """

    where: str
    item: str
    before: str
    after: str
    failure: str = ""

    def __str__(self) -> str:
        if self.failure:
            return f"{self.where} {self.item}: kept at {self.before}: {self.failure}"
        return f"{self.where} {self.item}: {self.before or 'new'} -> {self.after}"


class _Row(NamedTuple):
    """A row to be read: where it stands in the table, of which region, and what the Price List calls it."""

    path: tuple[str, ...]
    region: str
    entry: Mapping[str, Any]


def refreshed(account: Account, prices: Mapping[str, Any], today: date) -> tuple[dict[str, Any], list[Change]]:
    """The price table with every row that could be read at its present price, and what changed or was not read.

    A row that is read at the price it has gets the new date, and is no change. Rows are neither added nor removed.
    """
    rows = list(_rows(prices))
    answers = account.ask_all(_question(row) for row in rows)
    fresh = deepcopy(dict(prices))
    read: dict[tuple[str, ...], Decimal | str] = {
        row.path: _price(row, answer) for row, answer in zip(rows, answers, strict=True)
    }
    changes = []
    for row in rows:
        stored = _at(fresh, row.path)
        price = _whole(row, read)
        where, item = row.path[1], ".".join(row.path[2:])
        if isinstance(price, str):
            changes.append(Change(where, item, stored["usd"], stored["usd"], price))
            continue
        if Decimal(stored["usd"]) != price:
            changes.append(Change(where, item, stored["usd"], f"{price:f}"))
            stored["usd"] = f"{price:f}"
            stored.pop("note", None)
        stored["source"] = _SOURCE.format(row.entry["serviceCode"], row.region)
        stored["date"] = today.isoformat()
    if any(not isinstance(price, str) for price in read.values()):
        fresh["date"] = today.isoformat()
    return fresh, sorted(changes, key=lambda change: (bool(change.failure), change.where, change.item))


def _rows(prices: Mapping[str, Any]) -> Iterator[_Row]:
    entries = table("price_list")
    for partition, items in prices["partitions"].items():
        region = _PARTITION_REGIONS.get(partition)
        for item in items if region else ():
            if item in entries["partitions"]:
                yield _Row(("partitions", partition, item), str(region), entries["partitions"][item])
    for region, items in prices["regions"].items():
        for item in items:
            if item in entries["regions"]:
                yield _Row(("regions", region, item), region, entries["regions"][item])
        for instance_type in items.get("instanceHour", {}):
            entry = dict(entries["instanceHour"])
            entry["usageType"] = entry["usageType"].format(instanceType=instance_type)
            entry["attributes"] = {**entry["attributes"], "instanceType": instance_type}
            yield _Row(("regions", region, "instanceHour", instance_type), region, entry)


def _question(row: _Row) -> Question:
    filters = {"regionCode": row.region, **row.entry.get("attributes", {})}
    listed = [{"Type": "TERM_MATCH", "Field": key, "Value": value} for key, value in sorted(filters.items())]
    listed.append({"Type": "CONTAINS", "Field": "usagetype", "Value": row.entry["usageType"]})
    parameters = {"ServiceCode": row.entry["serviceCode"], "Filters": listed, "FormatVersion": "aws_v1"}
    return Question("pricing", "GetProducts", parameters)


def _price(row: _Row, answer: Answer) -> Decimal | str:
    """The one price of the row's exact usage type; else why there is none."""
    if isinstance(answer, Failure):
        return str(answer)
    found: set[Decimal] = set()
    # Of load balancers, TS- is the trust store of mutual TLS, which is billed beside them.
    exact = re.compile(rf"((?!TS-)[A-Z0-9]+-)?{re.escape(row.entry['usageType'])}")
    for text in answer.get("PriceList", []):
        product = json.loads(text)
        if exact.fullmatch(product["product"]["attributes"].get("usagetype", "")):
            found |= set(_unit_prices(product))
    if not found:
        return "the Price List has no such usage type"
    if len(found) > 1:
        return f"the Price List has several prices for it: {', '.join(f'{one:f}' for one in sorted(found))}"
    return found.pop()


def _unit_prices(product: Mapping[str, Any]) -> Iterator[Decimal]:
    """The on-demand prices above nothing of the first step; further steps are discounts for much use."""
    for term in product.get("terms", {}).get("OnDemand", {}).values():
        for dimension in term["priceDimensions"].values():
            usd = Decimal(dimension["pricePerUnit"].get("USD", "0"))
            if usd and dimension.get("beginRange", "0") == "0":
                yield usd.normalize()


def _whole(row: _Row, read: Mapping[tuple[str, ...], Decimal | str]) -> Decimal | str:
    """The row's price with that of the item which it adds to: extended support is billed beside the standard price."""
    price, adds = read[row.path], row.entry.get("adds")
    if adds is None or isinstance(price, str):
        return price
    other = read.get((*row.path[:-1], adds), f"{adds} is not in the table")
    return other if isinstance(other, str) else price + other


def _at(prices: Any, path: tuple[str, ...]) -> dict[str, Any]:
    for key in path:
        prices = prices[key]
    found: dict[str, Any] = prices
    return found
