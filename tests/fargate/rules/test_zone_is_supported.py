from __future__ import annotations

from dataclasses import replace

from eks_fargate.fargate.rules.base import Fail, Undetermined
from eks_fargate.fargate.unknown import UNKNOWN, Unknown
from tests.fargate.rules.compliant import CLUSTER, on_cluster

RULE = "zone-is-supported"
FIX = "Name zones by their ids; us-east-1 has use1-az1, use1-az2, use1-az4, use1-az5, use1-az6."


def zones(*zone_ids: str | Unknown) -> object:
    return on_cluster(RULE, replace(CLUSTER, zone_ids=zone_ids))


def test_supported_zones_pass() -> None:
    assert on_cluster(RULE, CLUSTER) == []
    assert zones() == []


def test_a_zone_that_eks_excludes_fails() -> None:
    assert zones("use1-az1", "use1-az3") == [
        Fail("network.zones[1]", "EKS takes no cluster subnet in use1-az3", FIX),
    ]


def test_a_zone_of_another_region_fails() -> None:
    assert zones("euw1-az1") == [
        Fail("network.zones[0]", "euw1-az1 is no Availability Zone id of us-east-1: those begin use1-az", FIX),
    ]


def test_a_zone_name_is_undetermined() -> None:
    message = "us-east-1a is a zone name, which each account maps to another zone"
    assert zones("us-east-1a") == [Undetermined("network.zones[0]", message, FIX)]


def test_a_zone_or_region_not_known_is_undetermined() -> None:
    (verdict,) = on_cluster(RULE, replace(CLUSTER, zone_ids=(UNKNOWN,)))
    assert isinstance(verdict, Undetermined)
    (verdict,) = on_cluster(RULE, replace(CLUSTER, region=UNKNOWN, zone_ids=("use1-az1",)))
    assert isinstance(verdict, Undetermined)
    assert verdict.message == "the region is not known, and decides which zones EKS and Fargate run in"
