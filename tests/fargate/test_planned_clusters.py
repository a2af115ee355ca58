from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from eks_fargate.fargate.given import Given
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.planned_clusters import clusters_of, findings_alone, profile_of
from eks_fargate.fargate.profiles import Profile, Selector
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.stack import Stack
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.compliant import EKS_CLUSTER, PROFILE, changed, plan, resource

GIVEN = Given(date(2026, 11, 21), region="us-east-1")
SHOP = {"namespace": "shop", "labels": {"app": "web"}}


def planned(**inputs: object) -> Profile:
    return profile_of(resource("web", PROFILE, {"fargateProfileName": "web--1a2b3c4d", "selectors": [SHOP], **inputs}))


def test_a_profile_has_its_physical_name_and_its_selectors() -> None:
    assert planned() == Profile("web--1a2b3c4d", (Selector("shop", {"app": "web"}),))
    assert planned(selectors=[{}]) == Profile("web--1a2b3c4d", (Selector(""),))
    assert planned(selectors=None) == Profile("web--1a2b3c4d", ())


@pytest.mark.parametrize("name", [None, UNKNOWN])
def test_a_profile_without_a_name_has_the_resource_s(name: object) -> None:
    assert planned(fargateProfileName=name).name == "web"


@pytest.mark.parametrize(
    "unknown", [UNKNOWN, {"namespace": UNKNOWN}, {"namespace": "shop", "labels": {"app": UNKNOWN}}]
)
def test_what_is_known_of_a_profile_is_read(unknown: object) -> None:
    assert planned(selectors=[unknown, SHOP]) == Profile("web--1a2b3c4d", planned().selectors, unread=True)
    assert planned(selectors=UNKNOWN) == Profile("web--1a2b3c4d", (), unread=True)


def test_a_cluster_has_the_profiles_and_subnets_that_come_from_it() -> None:
    (one,) = clusters_of(Stack(list(plan().values())), GIVEN)
    assert one.owner.urn == "cluster"
    assert [profile.urn for profile in one.profiles] == ["profile-a", "profile-b"]
    assert [subnet.urn for subnet in one.subnets] == ["subnet-a", "subnet-b"]
    assert (one.cluster.data_plane, one.cluster.zone_ids) == (DataPlane.MIXED, ("use1-az1", "use1-az2"))
    assert (one.cluster.name, one.cluster.version, one.cluster.existing) == ("shop", "1.35", False)


def test_profiles_of_clusters_that_the_plan_does_not_make_are_told_apart_by_name() -> None:
    named = [
        resource(urn, PROFILE, {"clusterName": name}) for urn, name in (("a", "old"), ("b", "older"), ("c", "old"))
    ]
    clusters = clusters_of(Stack(named), GIVEN)
    assert [(one.cluster.name, [profile.urn for profile in one.profiles]) for one in clusters] == [
        ("old", ["a", "c"]),
        ("older", ["b"]),
    ]
    assert {one.cluster.existing for one in clusters} == {True}


def test_a_profile_goes_to_the_planned_cluster_of_its_name_or_to_the_only_one() -> None:
    clusters = [resource(urn, EKS_CLUSTER, {"name": urn}) for urn in ("one", "two")]
    by_name = resource("web", PROFILE, {"clusterName": "two"})
    found = clusters_of(Stack([*clusters, by_name]), GIVEN)
    assert [[profile.urn for profile in one.profiles] for one in found] == [[], ["web"]]
    by_output = replace(by_name, inputs={"clusterName": UNKNOWN})
    (only,) = clusters_of(Stack([clusters[0], by_output]), GIVEN)
    assert [profile.urn for profile in only.profiles] == ["web"]


def test_what_is_given_goes_before_what_is_planned() -> None:
    given = replace(GIVEN, data_plane=DataPlane.NODES, kubernetes_version="1.34", existing=True)
    (one,) = clusters_of(Stack(list(plan().values())), given)
    assert (one.cluster.data_plane, one.cluster.version, one.cluster.existing) == (DataPlane.NODES, "1.34", True)


def test_a_version_that_is_a_number_is_told_as_written() -> None:
    found = findings_alone(changed("cluster", version=1.35)["cluster"], GIVEN)
    assert found == []
    (wrong,) = findings_alone(changed("cluster", version=2)["cluster"], GIVEN)
    assert wrong.message == "'2' is no Kubernetes version: write it as MAJOR.MINOR, such as '1.35'"


@pytest.mark.parametrize(
    ("one", "rules"),
    [
        (changed("cluster", version="1.33")["cluster"], ["cluster-version"]),
        (
            resource("web", PROFILE, {"fargateProfileName": "eks-web", "selectors": []}),
            ["profile-has-selectors", "profile-name"],
        ),
        (resource("vpc", "aws:ec2/vpc:Vpc", {}), []),
    ],
)
def test_a_cluster_or_profile_is_judged_alone(one: Resource, rules: list[str]) -> None:
    assert [finding.rule for finding in findings_alone(one, GIVEN)] == rules


def test_where_pods_run_on_nodes_a_region_needs_no_fargate() -> None:
    in_gov = replace(GIVEN, region="us-gov-west-1")
    profile = resource("web", PROFILE, {"fargateProfileName": "web", "selectors": [SHOP]})
    assert [finding.rule for finding in findings_alone(profile, in_gov)] == ["region-has-fargate"]
    assert findings_alone(profile, replace(in_gov, data_plane=DataPlane.NODES)) == []
