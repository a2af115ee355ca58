from __future__ import annotations

from eks_fargate.fargate.rules.base import Fail, Undetermined
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.compliant import IN_USE, on_plan, plan, profile, resource, stack_of

RULE = "profiles-one-at-a-time"
FIX = "Let each profile depend directly on every earlier one."
UNNAMED = {key: urns for key, urns in IN_USE.items() if key != "clusterName"}


def failed(other: str, *, soft: bool = False) -> Fail:
    message = (
        f"neither this profile nor {other} depends directly on the other; EKS creates and deletes one profile of a "
        "cluster at a time"
    )
    return Fail("options.dependsOn", message, FIX, soft=soft)


def test_profiles_of_which_each_depends_on_every_earlier_one_pass() -> None:
    resources = plan()
    resources["profile-c"] = profile("profile-c", "profile-a", "profile-b")
    assert on_plan(RULE, stack_of(resources)) == []


def test_the_direction_does_not_matter() -> None:
    resources = plan()
    resources["profile-a"], resources["profile-b"] = profile("profile-a", "profile-b"), profile("profile-b")
    assert on_plan(RULE, stack_of(resources)) == []


def test_a_chain_is_not_enough() -> None:
    resources = plan()
    resources["profile-c"] = profile("profile-c", "profile-b")
    assert on_plan(RULE, stack_of(resources)) == [("profile-c", failed("profile-a"))]


def test_on_a_stack_of_others_it_is_a_warning() -> None:
    resources = plan()
    resources["profile-b"] = profile("profile-b")
    assert on_plan(RULE, stack_of(resources, ours=False)) == [("profile-b", failed("profile-a", soft=True))]


def test_profiles_of_two_clusters_may_come_at_once() -> None:
    resources = plan()
    resources["other"] = resource("other", "aws:eks/cluster:Cluster", {})
    resources["profile-b"] = profile("profile-b", behind={**IN_USE, "clusterName": ("other",)})
    assert on_plan(RULE, stack_of(resources)) == []
    resources["profile-b"] = profile("profile-b", behind=UNNAMED, clusterName="warehouse")
    assert on_plan(RULE, stack_of(resources)) == []


def test_a_cluster_by_name_is_the_planned_one_of_that_name() -> None:
    resources = plan()
    resources["profile-b"] = profile("profile-b", behind=UNNAMED, clusterName="shop")
    assert on_plan(RULE, stack_of(resources)) == [("profile-b", failed("profile-a"))]


def test_a_cluster_not_known_is_undetermined() -> None:
    resources = plan()
    resources["profile-b"] = profile("profile-b", behind=UNNAMED, clusterName=UNKNOWN)
    message = (
        "neither this profile nor profile-a depends directly on the other, and whether they are of one cluster is not "
        "known before deployment"
    )
    assert on_plan(RULE, stack_of(resources)) == [("profile-b", Undetermined("options.dependsOn", message, FIX))]
