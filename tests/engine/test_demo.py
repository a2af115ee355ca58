"""What the engine and the cloud do to each other, on the smallest program: order, refusals, faults."""

from __future__ import annotations

import pytest

from tests.engine.engine import Engine
from tests.engine.store import Fault

pytestmark = pytest.mark.engine

PROFILE = "aws:eks/fargateProfile:FargateProfile"
CLUSTER = "aws:eks/cluster:Cluster"


def test_a_stack_is_made_is_then_unchanged_and_is_destroyed_whole(demo: Engine) -> None:
    assert "+ 16 to create" in demo.run("preview").output
    assert "+ 16 created" in demo.up().output
    assert "16 unchanged" in demo.up("--expect-no-changes").output
    assert demo.destroy().code == 0
    assert demo.cloud_objects() == {}


def test_profiles_that_wait_for_each_other_never_overlap(demo: Engine) -> None:
    assert demo.up().code == 0
    assert demo.destroy().code == 0
    assert demo.overlaps(PROFILE) == []


def test_profiles_that_do_not_wait_are_refused(demo: Engine) -> None:
    for profile in ("apps", "kube-system"):
        demo.add_fault(Fault("create", PROFILE, profile, "slow"))
    outcome = demo.up(environment={"UNORDERED": "1"})
    assert outcome.failed
    assert "ResourceInUseException: Cannot change Fargate profiles because" in outcome.output


def test_a_public_subnet_is_refused(demo: Engine) -> None:
    outcome = demo.up(environment={"PUBLIC_SUBNET": "1"})
    assert outcome.failed
    assert "InvalidParameterException: Subnet subnet-" in outcome.output
    assert "provided in Fargate Profile is not a private subnet" in outcome.output


def test_a_chart_whose_pods_have_nowhere_to_run_is_refused(demo: Engine) -> None:
    outcome = demo.up(environment={"PROFILES": "apps=apps"})
    assert outcome.failed
    assert "Timeout: kubernetes:helm.sh/v3:Release kube-system/controller-" in outcome.output


def test_a_profile_that_failed_to_start_stays_in_the_state_and_is_destroyed(demo: Engine) -> None:
    message = "CREATE_FAILED: no free address in the subnet"
    demo.add_fault(Fault("create", PROFILE, "apps", "failed", message))
    outcome = demo.up()
    assert outcome.failed
    assert message in outcome.output
    assert [item["type"] for item in demo.resources() if item.get("initErrors")] == [PROFILE]
    assert demo.destroy().code == 0
    assert demo.cloud_objects() == {}


def test_a_provider_that_dies_before_it_creates_leaves_a_stack_that_the_next_update_finishes(demo: Engine) -> None:
    demo.add_fault(Fault("create", CLUSTER, "cluster", "crash before"))
    # One at a time, since what else is under way would be lost with the provider.
    assert demo.up("--parallel", "1").failed
    assert demo.up().code == 0
    assert demo.cloud_objects()[CLUSTER] == 1


def test_a_provider_that_dies_after_it_created_leaves_an_object_that_the_state_does_not_know(demo: Engine) -> None:
    demo.add_fault(Fault("create", CLUSTER, "cluster", "crash after"))
    assert demo.up("--parallel", "1").failed
    outcome = demo.up()
    assert outcome.failed
    assert "ResourceInUseException: demo already exists" in outcome.output
