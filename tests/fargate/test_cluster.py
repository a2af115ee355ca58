from __future__ import annotations

from datetime import date

import pytest

from eks_fargate.fargate.cluster import Cluster, core_dns_profile, covering_profile
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.profiles import Profile, Selector
from eks_fargate.fargate.unknown import UNKNOWN, Unknown


def cluster(*profiles: Profile, region: str | Unknown = "us-east-1") -> Cluster:
    return Cluster("shop", "1.35", region, DataPlane.FARGATE, profiles, date(2026, 11, 21))


@pytest.mark.parametrize(
    "selector",
    [
        Selector("kube-system"),
        Selector("*"),
        Selector("kube-?ystem", {"k8s-app": "kube-dns"}),
        Selector("kube-system", {"eks.amazonaws.com/component": "coredns"}),
        Selector("kube-*", {"k8s-*": "*dns", "*/component": "core???"}),
    ],
    ids=str,
)
def test_a_profile_that_takes_core_dns(selector: Selector) -> None:
    profile = Profile("system", (Selector("shop"), selector))
    assert core_dns_profile(cluster(profile)) is profile


@pytest.mark.parametrize(
    "selector",
    [
        Selector("kube-public"),
        Selector("kube-system", {"app": "coredns"}),
        Selector("kube-system", {"k8s-app": "kube-dns", "tier": "*"}),
        Selector("kube-syste"),
    ],
    ids=str,
)
def test_a_profile_that_does_not_take_core_dns(selector: Selector) -> None:
    assert core_dns_profile(cluster(Profile("system", (selector,)))) is None


def test_of_two_profiles_the_first_by_name_takes_the_pod() -> None:
    later, first = Profile("prod", (Selector("shop"),)), Profile("beta", (Selector("sh*"),))
    assert covering_profile(cluster(later, first), "shop", {}) is first


def test_the_region_s_facts() -> None:
    found = cluster().region_facts
    assert found is not None
    assert found.partition == "aws"
    assert cluster(region=UNKNOWN).region_facts is None
    assert cluster(region="us-middle-1").region_facts is None
