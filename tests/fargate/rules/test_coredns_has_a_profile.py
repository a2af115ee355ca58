from __future__ import annotations

from dataclasses import replace

import pytest

from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.profiles import Profile
from eks_fargate.fargate.rules.base import Fail, Undetermined
from tests.fargate.rules.compliant import CLUSTER, on_cluster

RULE = "coredns-has-a-profile"
FIX = "Add a selector with namespace kube-system, alone or with the label k8s-app: kube-dns."
WITHOUT = replace(CLUSTER, profiles=CLUSTER.profiles[:1])


def test_a_compliant_cluster_passes() -> None:
    assert on_cluster(RULE, CLUSTER) == []


def test_a_cluster_without_nodes_and_without_such_a_profile_fails() -> None:
    assert on_cluster(RULE, WITHOUT) == [
        Fail(
            "profiles",
            "no profile takes CoreDNS's pods, and there are no nodes: they stay Pending, and nothing in the cluster "
            "resolves a name",
            FIX,
        )
    ]


@pytest.mark.parametrize("data_plane", [DataPlane.MIXED, DataPlane.NODES])
def test_where_there_are_nodes_core_dns_needs_no_profile(data_plane: DataPlane) -> None:
    assert on_cluster(RULE, replace(WITHOUT, data_plane=data_plane)) == []


def test_a_profile_not_known_before_deployment_leaves_it_undetermined() -> None:
    later = Profile("later", (), unread=True)
    (verdict,) = on_cluster(RULE, replace(WITHOUT, profiles=(*WITHOUT.profiles, later)))
    assert isinstance(verdict, Undetermined)
    assert verdict.message == (
        "no profile takes CoreDNS's pods, unless one does whose selectors are not known before deployment: later"
    )


def test_an_existing_cluster_may_have_such_a_profile_already() -> None:
    (verdict,) = on_cluster(RULE, replace(WITHOUT, existing=True))
    assert isinstance(verdict, Undetermined)
    assert verdict.message == (
        "no profile named here takes CoreDNS's pods; whether one does that the cluster already has is not known"
    )
