"""Updates that are killed, throttled or fail in the middle, and the updates after them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.engine.engine import Engine
from tests.engine.moto_calls import Calls
from tests.engine.store import Fault

pytestmark = pytest.mark.engine

REGION = "us-east-1"
CLUSTER = "aws:eks/cluster:Cluster"
PROFILE = "aws:eks/fargateProfile:FargateProfile"
NAT_GATEWAY = "aws:ec2/natGateway:NatGateway"
Deployed = Callable[[str], Engine]


def number_of_profiles(aws: Calls) -> int:
    told = aws.call("eks", REGION, "list_fargate_profiles", {"clusterName": "eks-fargate-dev"})
    return len(told["fargateProfileNames"])


@pytest.mark.parametrize(("type_", "name"), [(NAT_GATEWAY, "network-nat-use1-az1"), (PROFILE, "profiles-apps")])
def test_a_killed_update_is_resumed_with_nothing_doubled_or_lost(
    deployed: Deployed, aws: Calls, type_: str, name: str
) -> None:
    engine = deployed("dev")
    engine.kill_while_making(type_, name)
    assert "pulumi cancel" in engine.up().output
    assert name in engine.adopt_pending()
    resumed = engine.up()
    assert resumed.code == 0, resumed.output
    assert "45 unchanged" in engine.up("--expect-no-changes").output
    assert {len(aws.all(REGION)[kind]) for kind in (CLUSTER, NAT_GATEWAY)} == {1}
    assert number_of_profiles(aws) == 2
    gone = engine.destroy()
    assert gone.code == 0, gone.output
    assert (engine.cloud_objects(), aws.all(REGION)) == ({}, {})


def test_a_killed_update_that_is_only_repeated_stops_at_what_exists(deployed: Deployed) -> None:
    engine = deployed("dev")
    engine.kill_while_making(CLUSTER, "cluster-control-plane")
    assert engine.run("cancel", "--yes").code == 0
    repeated = engine.up()
    assert repeated.failed
    # The cluster, or another named object that was under way too.
    assert "already exists" in repeated.output


def test_a_profile_that_failed_to_start_and_a_throttled_cluster_are_made_by_the_updates_after(
    deployed: Deployed, aws: Calls
) -> None:
    engine = deployed("dev")
    engine.add_fault(Fault("create", CLUSTER, "cluster-control-plane", "error"))
    throttled = engine.up()
    assert throttled.failed
    assert "ThrottlingException: Rate exceeded" in throttled.output
    message = "CREATE_FAILED: no free address in the subnet"
    engine.add_fault(Fault("create", PROFILE, "profiles-apps", "failed", message))
    failed = engine.up()
    assert failed.failed
    assert message in failed.output
    retried = engine.up()
    assert retried.code == 0, retried.output
    assert number_of_profiles(aws) == 2
    assert "45 unchanged" in engine.up("--expect-no-changes").output
