"""A live cluster's profiles."""

from __future__ import annotations

import pytest

from eks_fargate.fargate.profiles import Profile, Selector
from eks_fargate.live.account import Account
from eks_fargate.live.cluster import objects_of_cluster, profiles_of
from eks_fargate.live.demand import Demand
from eks_fargate.live.failures import LiveError
from tests.live.api_server import ApiServer
from tests.live.conftest import Live
from tests.live.documented import Documented


def test_the_profiles_are_those_that_were_deployed(live: Live, demand: Demand) -> None:
    assert profiles_of(live.account, live.environment.name) == tuple(
        sorted(demand.profiles, key=lambda profile: profile.name)
    )


def test_profiles_are_sorted_by_name(account: Account, documented: Documented) -> None:
    documented.answers("eks", "ListFargateProfiles", {"fargateProfileNames": ["b", "a"]})
    profile = {"fargateProfile": {"selectors": [{"namespace": "x", "labels": {"k": "v"}}]}}
    documented.answers("eks", "DescribeFargateProfile", profile)
    selectors = (Selector("x", {"k": "v"}),)
    assert profiles_of(account, "demo") == (Profile("a", selectors), Profile("b", selectors))


def test_a_cluster_that_is_not_there_names_the_region(account: Account, documented: Documented) -> None:
    documented.fails("eks", "ListFargateProfiles", "ResourceNotFoundException")
    expected = "^--cluster demo: there is no such cluster in us-east-1: correct the name, or --region$"
    with pytest.raises(LiveError, match=expected):
        profiles_of(account, "demo")


def test_a_single_profile_that_cannot_be_read_spoils_the_answer(account: Account, documented: Documented) -> None:
    documented.answers("eks", "ListFargateProfiles", {"fargateProfileNames": ["a"]})
    documented.fails("eks", "DescribeFargateProfile", "AccessDeniedException")
    with pytest.raises(LiveError, match=r"^profile a: eks:DescribeFargateProfile is not allowed to these credentials"):
        profiles_of(account, "demo")


def test_the_objects_of_a_cluster_are_manifests_of_what_nothing_else_made(live: Live, api_server: ApiServer) -> None:
    live.cluster |= {"endpoint": api_server.url, "certificateAuthority": {"data": api_server.authority}}
    metadata = {"name": "web", "namespace": "shop"}
    api_server.objects["/apis/apps/v1/deployments"] = [{"metadata": metadata, "spec": {}, "status": {"replicas": 1}}]
    owned = {"name": "web-1", "namespace": "shop", "ownerReferences": [{"kind": "ReplicaSet"}]}
    bare = {"name": "bare", "namespace": "shop"}
    api_server.objects["/api/v1/pods"] = [{"metadata": owned}, {"metadata": bare}]
    assert objects_of_cluster(live.account, live.environment.name) == [
        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata, "spec": {}},
        {"apiVersion": "v1", "kind": "Pod", "metadata": bare},
    ]


def test_a_cluster_whose_api_refuses_is_told_once(live: Live, api_server: ApiServer) -> None:
    live.cluster |= {"endpoint": api_server.url, "certificateAuthority": {"data": api_server.authority}}
    api_server.statuses["/api/v1/pods"] = 403
    expected = r"^--cluster eks-fargate-whole: GET /api/v1/pods is not allowed to these credentials \(status 403\)$"
    with pytest.raises(LiveError, match=expected):
        objects_of_cluster(live.account, live.environment.name)
