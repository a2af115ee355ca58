"""How a changed resource and a changed property are told."""

from __future__ import annotations

from typing import Any

import pytest

from eks_fargate.cli.changes_text import property_text, since, summary, title, told_once
from eks_fargate.offline.changes.against import Changes
from eks_fargate.offline.changes.change import Change, Op, PropertyChange, Why
from eks_fargate.offline.changes.consequences import meanings
from eks_fargate.offline.changes.differences import ABSENT
from tests.offline.planned_resources import PROFILE_APPS, SUBNET_A, VPC_MAIN, urn

REPLACED = {VPC_MAIN.urn: Why.REPLACED}


def changes(*resources: Change, renamed: dict[str, str] | None = None) -> Changes:
    return Changes("main", "0123456789abcdef0123", None, resources, renamed or {}, 7, ())


@pytest.mark.parametrize(
    ("property_", "told"),
    [
        (PropertyChange("a.b", 1, 2), "a.b: 1 -> 2"),
        (PropertyChange("a", old=ABSENT, new=True, replaces=True), "a: not set -> true  (replaces)"),
        (PropertyChange("a", "x\ny", ABSENT), "a: x\\ny -> not set"),
        (PropertyChange("a", ["x"], []), "a: [x] -> []"),
        (PropertyChange("a", "1", 1), 'a: "1" -> 1'),
        (PropertyChange("a", old=True, new=1), "a: true -> 1"),
        (PropertyChange("a", "[secret]", "[secret]", hidden="secret"), "a: changed (secret)"),
        (PropertyChange("a", "[secret]", ABSENT, hidden="data"), "a: changed (not shown)"),
        (PropertyChange("a", "x" * 300, "y"), f"a: {'x' * 119}… -> y"),
        (
            PropertyChange("a", "<unknown>", "<unknown>", replaces=True, because=REPLACED),
            "a: <unknown>  (replaces; comes from what is replaced: ec2 Vpc main)",
        ),
        (
            PropertyChange("a", "<unknown>", "<unknown>", because={SUBNET_A.urn: Why.GONE, VPC_MAIN.urn: Why.ADDED}),
            "a: <unknown>  (comes now from: ec2 Vpc main; comes no longer from: ec2 Subnet a)",
        ),
    ],
)
def test_a_property_is_one_line(property_: PropertyChange, told: str) -> None:
    assert property_text(property_) == told


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"op": Op.CREATE, "old": None}, "+  eks FargateProfile apps"),
        ({"op": Op.DELETE, "new": None}, "-  eks FargateProfile apps"),
        ({"op": Op.UPDATE}, "~  eks FargateProfile apps"),
        ({"op": Op.REPLACE}, "+- eks FargateProfile apps: the new one comes first"),
        (
            {"op": Op.REPLACE, "deletes_first": True, "because": REPLACED},
            "+- eks FargateProfile apps: the old one goes first; comes from what is replaced: ec2 Vpc main",
        ),
        (
            {"op": Op.REPLACE, "because": {"aws:region": Why.REPLACED}},
            "+- eks FargateProfile apps: the new one comes first; comes from what is replaced: aws:region",
        ),
    ],
)
def test_a_resource_has_its_symbol_and_the_order_of_its_replacement(parts: dict[str, Any], told: str) -> None:
    change = Change(**{"old": PROFILE_APPS, "new": PROFILE_APPS, **parts})
    assert title(change, changes(change)) == told


def test_a_renamed_resource_tells_its_former_name() -> None:
    change = Change(Op.UPDATE, PROFILE_APPS, PROFILE_APPS)
    renamed = {PROFILE_APPS.urn: urn(PROFILE_APPS.type, "web")}
    assert title(change, changes(change, renamed=renamed)) == (
        "~  eks FargateProfile apps: formerly eks FargateProfile web"
    )


def test_the_summary_counts_what_there_is() -> None:
    created, deleted = Change(Op.CREATE, None, VPC_MAIN), Change(Op.DELETE, SUBNET_A, None)
    assert summary(changes(created, deleted)) == "1 deleted, 1 created, 7 unchanged"
    assert summary(changes()) == "7 unchanged"
    assert since(changes()) == "main (0123456789ab)"


def test_a_sentence_is_told_once_for_all_that_it_is_about() -> None:
    gone = [Change(Op.DELETE, one, None) for one in (SUBNET_A, SUBNET_A, VPC_MAIN)]
    assert told_once(gone, meanings) == [
        (
            "ec2 Subnet a, ec2 Subnet a: AWS refuses to delete a subnet in use: pods, nodes, NAT gateways and "
            "endpoints have to leave it first."
        ),
        "ec2 Vpc main: Everything in the VPC has to go first.",
    ]
