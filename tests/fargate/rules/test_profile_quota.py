from __future__ import annotations

from dataclasses import replace

from eks_fargate.fargate.cluster import Cluster
from eks_fargate.fargate.facts import Facts
from eks_fargate.fargate.profiles import Profile, Selector
from tests.fargate.rules.compliant import CLUSTER, on_cluster

RULE = "profile-quota"


def with_profiles(count: int, replaced: int = 0) -> Cluster:
    profiles = tuple(Profile(f"p{number}", (Selector(f"n{number}"),)) for number in range(count))
    return replace(CLUSTER, profiles=profiles, replaced_profiles=replaced)


def test_ten_profiles_pass() -> None:
    assert on_cluster(RULE, with_profiles(10)) == []


def test_an_eleventh_profile_fails() -> None:
    (verdict,) = on_cluster(RULE, with_profiles(11))
    assert (verdict.path, verdict.message) == ("profiles", "the cluster has 11 profiles; EKS takes 10 a cluster")


def test_profiles_whose_selectors_are_not_known_count() -> None:
    ten = with_profiles(10)
    (verdict,) = on_cluster(RULE, replace(ten, profiles=(*ten.profiles, Profile("later", (), unread=True))))
    assert verdict.message == "the cluster has 11 profiles; EKS takes 10 a cluster"


def test_what_a_replacement_adds_for_a_while_counts() -> None:
    assert on_cluster(RULE, with_profiles(8, replaced=2)) == []
    (verdict,) = on_cluster(RULE, with_profiles(8, replaced=3))
    assert verdict.message == (
        "the change replaces 3 of 8 profiles, and for a while old and new stand side by side: 11; "
        "EKS takes 10 a cluster"
    )


def test_a_raised_quota_counts() -> None:
    raised = Facts({"quotas": {"fargateProfilesPerCluster": {"default": 20}}})
    assert on_cluster(RULE, replace(with_profiles(20), facts=raised)) == []
