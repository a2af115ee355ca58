"""The pods of a plan on its monthly bill."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from eks_fargate.fargate.given import given_of
from eks_fargate.fargate.planned import planned_stack
from eks_fargate.fargate.pricing import CostItem
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.cost import monthly_cost
from tests.policies.planned import deployment

TODAY = datetime.date(2026, 11, 21)
# 250m and 512Mi, with the 256 MiB that Fargate adds, make a pod of 0.25 vCPU and 1 GB.
PRICES = {"prices": {"regions": {"us-east-1": {"fargateVcpuHour": {"usd": "0.04"}, "fargateGbHour": {"usd": "0.004"}}}}}
WHAT = "Fargate pods of Deployment shop/web"
HOURS = 730


def bill(
    region: str = "us-east-1", plane: str = "fargate", namespace: str = "shop", **container: Any
) -> list[CostItem]:
    config = {"dataPlane": plane, "profiles": {"shop": [{"namespace": namespace}]}, "overrides": PRICES}
    return monthly_cost(planned_stack([deployment(**container)], given_of(config, TODAY)), region)


def test_a_pod_is_paid_at_its_size() -> None:
    each = (Decimal("0.25") * Decimal("0.04") + Decimal("0.004")) * HOURS
    assert bill() == [CostItem(WHAT, 2, "pod", each, 2 * each)]


def test_a_pod_on_nodes_or_nowhere_is_not_on_the_bill() -> None:
    assert bill(plane="nodes") == []
    assert bill(namespace="other") == []


def test_a_pod_of_unknown_requests_has_no_price_and_says_so() -> None:
    note = "the price of a pod is not known, because what it asks for is not known before deployment"
    assert bill(resources=UNKNOWN) == [CostItem(WHAT, 2, "pod", None, None, note)]


def test_a_pod_of_unknown_placement_has_no_price_and_says_so() -> None:
    config = {"dataPlane": "mixed", "profiles": {"shop": [{"namespace": "shop"}]}}
    planned = planned_stack([deployment(namespace=UNKNOWN)], given_of(config, TODAY))
    (item,) = monthly_cost(planned, "us-east-1")
    note = "the price of a pod is not known, because whether it lands on Fargate is not known before deployment"
    assert (item.quantity, item.monthly_usd, item.note) == (2, None, note)


def test_without_a_region_no_price_is_known() -> None:
    (item,) = bill(region="")
    assert (item.monthly_usd, item.quantity) == (None, 2)
    assert item.note.endswith("because the region is not known before deployment")
