"""How many profiles stand side by side while a change is carried out."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from eks_fargate.fargate.given import Given
from eks_fargate.fargate.planned import planned_stack
from eks_fargate.fargate.resources import Resource
from eks_fargate.offline.changes.diff import changes
from eks_fargate.offline.changes.profiles_beside import with_replaced_profiles
from tests.offline.planned_resources import CLUSTER_MAIN, PLATFORM, PROFILE, PROFILE_APPS, changed, instead, plan, urn

TODAY = datetime.date(2026, 11, 21)
RENAMED = changed(PROFILE_APPS, {"fargateProfileName": "apps--2"})


def beside(before: Sequence[Resource], after: Sequence[Resource]) -> list[int]:
    """The number for each cluster of the plan after."""
    found = changes(plan(*before), plan(*after))
    planned = with_replaced_profiles(planned_stack(plan(*after).resources, Given(TODAY)), found)
    return [one.cluster.replaced_profiles for one in planned.clusters]


def test_nothing_stands_beside_where_nothing_changes() -> None:
    assert beside(PLATFORM, PLATFORM) == [0]


def test_a_replaced_profile_stands_beside_its_successor() -> None:
    assert beside(PLATFORM, instead(PLATFORM, RENAMED)) == [1]


def test_one_that_goes_first_does_not() -> None:
    old = changed(PROFILE_APPS, {}, options={})
    new = changed(old, {"selectors": [{"namespace": "batch"}]})
    assert beside(instead(PLATFORM, old), instead(PLATFORM, new)) == [0]


def test_a_profile_under_another_key_stands_beside_the_one_that_it_follows() -> None:
    web = replace(PROFILE_APPS, urn=urn(PROFILE, "web"), name="web")
    assert beside(PLATFORM, [*PLATFORM[:3], web]) == [1]


def test_the_quota_is_each_clusters_own() -> None:
    other = changed(replace(CLUSTER_MAIN, urn=urn(CLUSTER_MAIN.type, "other"), name="other"), {"name": "other"})
    there = {"clusterName": [other.urn], "subnetIds": PROFILE_APPS.property_dependencies["subnetIds"]}
    second = replace(PROFILE_APPS, urn=urn(PROFILE, "second"), name="second")
    second = changed(second, {"clusterName": "other"}, property_dependencies=there)
    assert beside([*PLATFORM, other, second], [*instead(PLATFORM, RENAMED), other, second]) == [1, 0]
    assert beside([*PLATFORM, other, second], [*PLATFORM, other]) == [0, 1]


def test_profiles_of_a_replaced_cluster_are_in_another() -> None:
    cluster = changed(CLUSTER_MAIN, {"bootstrapSelfManagedAddons": False})
    assert beside(PLATFORM, instead(PLATFORM, cluster)) == [0]
