"""What people change on a stack that runs: profiles, the version, the data plane."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.engine.engine import Engine
from tests.engine.moto_calls import Calls

pytestmark = pytest.mark.engine

PROFILE = "aws:eks/fargateProfile:FargateProfile"
CLUSTER = "aws:eks/cluster:Cluster"
REGION = "us-east-1"
Deployed = Callable[[str], Engine]


@pytest.fixture
def dev(deployed: Deployed) -> Engine:
    """The stack dev, deployed with a third profile, `jobs`, between its own two."""
    engine = deployed("dev")
    set_namespace(engine, "jobs", "jobs")
    made = engine.up(*engine.pack())
    assert made.code == 0, made.output
    return engine


def set_namespace(engine: Engine, profile: str, namespace: str) -> None:
    engine.configure(f"eks-fargate:profiles.{profile}.selectors[0].namespace", namespace)


def profile_names(aws: Calls) -> list[str]:
    """The physical names of the profiles in AWS, without their hashes."""
    told = aws.call("eks", REGION, "list_fargate_profiles", {"clusterName": "eks-fargate-dev"})
    return sorted(name.partition("--")[0] for name in told["fargateProfileNames"])


def test_a_changed_profile_is_made_anew_before_the_old_one_goes(dev: Engine, aws: Calls) -> None:
    set_namespace(dev, "jobs", "batch")
    done = dev.operations()
    changed = dev.up(*dev.pack())
    assert changed.code == 0, changed.output
    assert dev.operations()[len(done) :] == [("create", PROFILE, "profiles-jobs"), ("delete", PROFILE, "profiles-jobs")]
    assert profile_names(aws) == ["apps", "jobs", "system"]
    assert dev.overlaps(PROFILE) == []


def test_profiles_are_removed_from_the_middle_and_added_there(dev: Engine, aws: Calls) -> None:
    removed = dev.run("config", "rm", "--path", "eks-fargate:profiles.jobs")
    assert removed.code == 0, removed.output
    set_namespace(dev, "batch", "batch")
    set_namespace(dev, "reports", "reports")
    done = dev.operations()
    changed = dev.up(*dev.pack())
    assert changed.code == 0, changed.output
    assert dev.operations()[len(done) :] == [
        ("create", PROFILE, "profiles-batch"),
        ("create", PROFILE, "profiles-reports"),
        ("delete", PROFILE, "profiles-jobs"),
    ]
    assert profile_names(aws) == ["apps", "batch", "reports", "system"]
    assert dev.overlaps(PROFILE) == []


def test_what_pods_log_is_changed_in_place(dev: Engine) -> None:
    dev.configure("eks-fargate:logging.filters", "[FILTER]\n    Name grep\n    Match *\n    Exclude log health")
    done = dev.operations()
    changed = dev.up(*dev.pack())
    assert changed.code == 0, changed.output
    assert dev.operations()[len(done) :] == [("update", "kubernetes:core/v1:ConfigMap", "logging-config")]


def test_node_groups_are_added_to_a_stack_that_ran_on_fargate_alone(dev: Engine, aws: Calls) -> None:
    dev.configure("eks-fargate:dataPlane", "mixed", whole=True)
    dev.configure("eks-fargate:nodeGroups.general.instanceTypes[0]", "m6a.large")
    dev.configure("eks-fargate:coreDns.runOn", "fargate")
    done = dev.operations()
    changed = dev.up(*dev.pack())
    assert changed.code == 0, changed.output
    made = dev.operations()[len(done) :]
    assert {operation for operation, _, _ in made} == {"create"}
    assert [name for _, type_, name in made if type_ == "aws:eks/nodeGroup:NodeGroup"] == ["nodes-general"]
    groups = aws.call("eks", REGION, "list_nodegroups", {"clusterName": "eks-fargate-dev"})["nodegroups"]
    assert len(groups) == 1
    assert profile_names(aws) == ["apps", "jobs", "system"]


def test_a_cluster_is_upgraded_by_one_minor_version_in_place(deployed: Deployed) -> None:
    engine = deployed("staging")
    engine.configure("eks-fargate:cluster.version", "1.34")
    made = engine.up(*engine.pack("staging"))
    assert made.code == 0, made.output
    engine.configure("eks-fargate:cluster.version", "1.35")
    done = engine.operations()
    upgraded = engine.up(*engine.pack("staging"))
    assert upgraded.code == 0, upgraded.output
    changed = engine.operations()[len(done) :]
    assert {operation for operation, _, _ in changed} == {"update"}
    # The control plane before the nodes, which must not be newer than it.
    assert [type_ for _, type_, _ in changed if type_.endswith((":Cluster", ":NodeGroup"))] == [
        CLUSTER,
        "aws:eks/nodeGroup:NodeGroup",
    ]
    assert engine.output("clusterName") == "eks-fargate-staging"
    state = {item["type"]: item for item in engine.resources()}
    assert state[CLUSTER]["outputs"]["version"] == "1.35"
