from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from eks_fargate.fargate.rules.base import Fail, Undetermined
from eks_fargate.fargate.unknown import UNKNOWN, Unknown
from tests.fargate.rules.compliant import CLUSTER, on_cluster

RULE = "cluster-version"
FIX = "Set cluster.version to one of 1.34, 1.35, 1.36."
EXTRA = "there the control plane costs 0.60 USD an hour instead of 0.10"


def test_a_version_in_standard_support_passes() -> None:
    assert on_cluster(RULE, CLUSTER) == []


@pytest.mark.parametrize("existing", [False, True])
def test_a_version_before_fargate_fails(*, existing: bool) -> None:
    assert on_cluster(RULE, replace(CLUSTER, version="1.13", existing=existing)) == [
        Fail("cluster.version", "Kubernetes 1.13 never had Fargate, which came with 1.14", FIX)
    ]


def test_a_new_cluster_of_a_version_that_aws_does_not_create_fails() -> None:
    assert on_cluster(RULE, replace(CLUSTER, version="1.14")) == [
        Fail(
            "cluster.version",
            "support of Kubernetes 1.14 ended on 2020-12-08, and AWS creates no cluster of it",
            FIX,
        )
    ]


def test_what_is_no_version_fails() -> None:
    message = "'1.35.2' is no Kubernetes version: write it as MAJOR.MINOR, such as '1.35'"
    assert on_cluster(RULE, replace(CLUSTER, version="1.35.2")) == [Fail("cluster.version", message, FIX)]


def test_an_existing_cluster_of_an_ended_version_is_warned_about() -> None:
    assert on_cluster(RULE, replace(CLUSTER, version="1.14", existing=True)) == [
        Fail(
            "cluster.version",
            "support of Kubernetes 1.14 ended on 2020-12-08, and AWS upgrades the cluster by itself",
            "Upgrade it, one minor version at a time.",
            soft=True,
        )
    ]


def test_extended_support_is_warned_about_with_its_price() -> None:
    assert on_cluster(RULE, replace(CLUSTER, version="1.33")) == [
        Fail(
            "cluster.version",
            f"Kubernetes 1.33 is in extended support until 2027-07-29, 250 days; {EXTRA}",
            FIX,
            soft=True,
        )
    ]


def test_extended_support_within_sixty_days_is_warned_about() -> None:
    soon = replace(CLUSTER, version="1.34", today=date(2026, 10, 3))
    (verdict,) = on_cluster(RULE, soon)
    assert isinstance(verdict, Fail)
    assert verdict.soft
    assert verdict.message == f"Kubernetes 1.34 goes into extended support after 2026-12-02, in 60 days; {EXTRA}"
    assert on_cluster(RULE, replace(soon, today=date(2026, 10, 2))) == []


def test_where_the_price_is_not_known_it_says_so() -> None:
    (verdict,) = on_cluster(RULE, replace(CLUSTER, version="1.33", region="cn-north-1"))
    assert verdict.message.endswith("; extended support costs more, how much is not known here")


@pytest.mark.parametrize(
    ("version", "message"),
    [
        ("1.37", "Kubernetes 1.37 is not in the table of versions as of 2026-11-21"),
        (UNKNOWN, "cluster.version is not known before deployment, and decides whether AWS supports it"),
        (None, "no version is asked for, so EKS takes its default one"),
    ],
)
def test_a_version_not_known_is_undetermined(version: str | Unknown | None, message: str) -> None:
    (verdict,) = on_cluster(RULE, replace(CLUSTER, version=version))
    assert isinstance(verdict, Undetermined)
    assert verdict.message == message
