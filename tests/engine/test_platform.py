"""This project's own stacks, from nothing to nothing, under the real engine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml

from tests.engine.engine import Engine
from tests.engine.file_cloud import FileCloud

pytestmark = pytest.mark.engine

PROFILE = "aws:eks/fargateProfile:FargateProfile"
CLUSTER = "aws:eks/cluster:Cluster"
REGION = "us-east-1"
Platform = Callable[[str], Engine]


def test_production_is_made_and_is_not_destroyed(platform: Platform) -> None:
    engine = platform("prod")
    made = engine.up()
    assert made.code == 0, made.output
    before = engine.cloud_objects()
    refused = engine.run("destroy", "--yes")
    assert refused.failed
    assert "cannot be deleted" in refused.output
    assert "because it is protected" in refused.output
    assert engine.cloud_objects() == before


def test_every_profile_changed_at_once_is_made_anew_one_by_one_before_the_old_ones_go(platform: Platform) -> None:
    engine = platform("dev")
    assert engine.up().code == 0
    for profile, namespace in (("apps", "web-*"), ("system", "kube-*")):
        path = f"eks-fargate:profiles.{profile}.selectors[0].namespace"
        assert engine.run("config", "set", "--path", path, namespace).code == 0
    done = len(engine.store.operations())
    changed = engine.up()
    assert changed.code == 0, changed.output
    ended = [entry for entry in engine.store.operations()[done:] if entry["event"] == "end"]
    assert [(entry["operation"], entry["name"]) for entry in ended if entry["type"] == PROFILE] == [
        ("create", "profiles-apps"),
        ("create", "profiles-system"),
        ("delete", "profiles-system"),
        ("delete", "profiles-apps"),
    ]
    assert engine.overlaps(PROFILE) == []


def test_fargate_is_attached_to_a_cluster_that_exists_and_taken_off_again(platform: Platform) -> None:
    engine = platform("dev")
    before = outside_cluster(engine)
    assert engine.up().code == 0
    assert engine.up("--expect-no-changes").code == 0
    assert engine.destroy().code == 0
    # The compute type of CoreDNS stays: without it, its pods would be Pending.
    assert engine.cloud_objects() == before | {"kubernetes:apps/v1:DeploymentPatch": 1}


def outside_cluster(engine: Engine) -> dict[str, int]:
    """Make a network and a cluster that the stack does not own, and settings that name them; return what there is."""
    cloud = FileCloud(engine.cloud_folder)
    vpc = cloud.create("aws:ec2/vpc:Vpc", "outside", {"cidrBlock": "10.9.0.0/16"}, REGION)
    subnets = [
        cloud.create("aws:ec2/subnet:Subnet", zone, {"vpcId": vpc.id, "availabilityZone": f"{REGION}{zone}"}, REGION)
        for zone in "ab"
    ]
    role = {"name": "outside", "assumeRolePolicy": "eks.amazonaws.com"}
    cluster = {
        "name": "outside",
        "roleArn": cloud.create("aws:iam/role:Role", "outside", role, REGION).outputs["arn"],
        "vpcConfig": {"subnetIds": [subnet.id for subnet in subnets]},
    }
    cloud.create(CLUSTER, "outside", cluster, REGION)
    path = engine.project / "stacks" / "Pulumi.dev.yaml"
    settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    private = {"vpcId": vpc.id, "privateSubnetIds": [subnet.id for subnet in subnets]}
    settings["config"]["eks-fargate:network"] = {"existing": private}
    settings["config"]["eks-fargate:cluster"] = {"version": "1.35", "existing": "outside", "oidcProvider": "create"}
    settings["config"]["eks-fargate:albIngress"] = {"enabled": True, "internetFacing": False}
    path.write_text(yaml.safe_dump(settings), encoding="utf-8")
    return engine.cloud_objects()
