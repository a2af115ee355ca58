from __future__ import annotations

import pytest

from eks_fargate.fargate.facts import Facts
from eks_fargate.fargate.zones import (
    Region,
    ZoneProblem,
    allowed_zone_ids,
    fargate_regions,
    is_zone_name,
    is_zone_of_region,
    problems_of_zone,
    region_names,
    region_of,
)


def region(name: str) -> Region:
    found = region_of(name)
    assert found is not None
    return found


def test_a_region_has_its_partition_and_zone_prefix() -> None:
    assert region("us-east-2") == Region(
        name="us-east-2",
        partition="aws",
        dns_suffix="amazonaws.com",
        fargate=True,
        zone_prefix="use2",
        zone_ids=("use2-az1", "use2-az2", "use2-az3"),
    )
    assert (region("cn-northwest-1").partition, region("cn-northwest-1").dns_suffix) == ("aws-cn", "amazonaws.com.cn")


def test_govcloud_has_no_fargate() -> None:
    assert not region("us-gov-west-1").fargate
    assert set(region_names()) - set(fargate_regions()) == {"us-gov-east-1", "us-gov-west-1"}


def test_a_region_that_the_table_does_not_have_is_none() -> None:
    assert region_of("us-middle-1") is None


@pytest.mark.parametrize(
    ("name", "zone_ids"),
    [
        ("us-east-1", ["use1-az1", "use1-az2", "use1-az4", "use1-az5", "use1-az6"]),
        ("us-west-1", ["usw1-az1", "usw1-az3"]),
        ("ca-central-1", ["cac1-az1", "cac1-az2", "cac1-az4"]),
        ("ap-northeast-1", ["apne1-az1", "apne1-az2", "apne1-az4"]),
        ("cn-north-1", ["cnn1-az1", "cnn1-az2"]),
    ],
)
def test_the_zones_that_both_eks_and_fargate_take(name: str, zone_ids: list[str]) -> None:
    assert allowed_zone_ids(region(name)) == zone_ids


@pytest.mark.parametrize(
    ("name", "zone", "problem"),
    [
        ("us-east-1", "use1-az3", ZoneProblem("EKS takes no cluster subnet in use1-az3")),
        (
            "ap-northeast-1",
            "apne1-az3",
            ZoneProblem("Fargate runs in ap-northeast-1 in apne1-az1, apne1-az2, apne1-az4 only, not in apne1-az3"),
        ),
        (
            "us-east-1",
            "use2-az1",
            ZoneProblem("use2-az1 is no Availability Zone id of us-east-1: those begin use1-az"),
        ),
        (
            "us-west-2",
            "usw2-lax1-az1",
            ZoneProblem("usw2-lax1-az1 is no Availability Zone id of us-west-2: those begin usw2-az"),
        ),
        (
            "us-east-1",
            "us-east-1a",
            ZoneProblem("us-east-1a is a zone name, which each account maps to another zone", known=False),
        ),
        ("us-east-1", "use1-az9", ZoneProblem("use1-az9 is not among the known zones of us-east-1", known=False)),
    ],
)
def test_what_is_wrong_with_a_zone(name: str, zone: str, problem: ZoneProblem) -> None:
    assert problems_of_zone(zone, region(name)) == [problem]


def test_a_good_zone_has_no_problem() -> None:
    assert problems_of_zone("use1-az1", region("us-east-1")) == []


def test_a_zone_that_aws_opened_since_can_be_added_by_overrides() -> None:
    zone_ids = ["use2-az1", "use2-az4"]
    facts = Facts({"zones": {"regions": {"us-east-2": {"zoneIds": zone_ids}}}})
    found = region_of("us-east-2", facts)
    assert found is not None
    assert allowed_zone_ids(found, facts) == zone_ids


def test_prefixes_tell_regions_apart() -> None:
    prefixes = [region(name).zone_prefix for name in region_names()]
    assert len(set(prefixes)) == len(prefixes)
    assert all(is_zone_of_region(zone_id, region(name)) for name in region_names() for zone_id in region(name).zone_ids)


@pytest.mark.parametrize(("text", "answer"), [("us-gov-west-1b", True), ("eu-west-1c", True), ("euw1-az1", False)])
def test_names_and_ids_of_zones_differ(text: str, *, answer: bool) -> None:
    assert is_zone_name(text) is answer
