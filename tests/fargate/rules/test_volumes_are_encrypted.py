from __future__ import annotations

import pytest

from eks_fargate.fargate.rules.base import Fail, not_known
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.compliant import LAUNCH_TEMPLATE, NODE_GROUP, on_plan, plan, resource, stack_of

RULE = "volumes-are-encrypted"
QUESTION = "whether what is written to disk is encrypted"
INSTANCE = "aws:ec2/instance:Instance"
VOLUME = "aws:ebs/volume:Volume"
FILE_SYSTEM = "aws:efs/fileSystem:FileSystem"
DEVICE = "blockDeviceMappings[0].ebs.encrypted"


def verdicts(type_: str, inputs: dict[str, object]) -> list[object]:
    return [verdict for _, verdict in on_plan(RULE, stack_of({"one": resource("one", type_, inputs)}))]


def fail(path: str) -> Fail:
    return Fail(path, "nothing asks for encryption", f"Set {path} to true.")


def test_a_compliant_stack_passes() -> None:
    assert on_plan(RULE, stack_of(plan())) == []


@pytest.mark.parametrize(
    ("type_", "inputs"),
    [
        (VOLUME, {"encrypted": True}),
        (FILE_SYSTEM, {"encrypted": True}),
        (INSTANCE, {"rootBlockDevice": {"encrypted": True}}),
        (LAUNCH_TEMPLATE, {"blockDeviceMappings": [{"ebs": {"encrypted": "true"}}, {"virtualName": "ephemeral0"}]}),
        ("eks:index:NodeGroupV2", {"nodeRootVolumeEncrypted": True}),
        ("eks:index:NodeGroup", {"encryptRootBlockDevice": True}),
    ],
)
def test_what_is_encrypted_passes(type_: str, inputs: dict[str, object]) -> None:
    assert verdicts(type_, inputs) == []


@pytest.mark.parametrize(
    ("type_", "inputs", "path"),
    [
        (VOLUME, {}, "encrypted"),
        (FILE_SYSTEM, {"encrypted": False}, "encrypted"),
        (INSTANCE, {}, "rootBlockDevice.encrypted"),
        (LAUNCH_TEMPLATE, {"blockDeviceMappings": [{"ebs": {"volumeSize": 20}}]}, DEVICE),
        ("eks:index:NodeGroupV2", {}, "encryptRootBlockDevice"),
        ("eks:index:NodeGroupV2", {"nodeRootVolumeEncrypted": False}, "nodeRootVolumeEncrypted"),
    ],
)
def test_what_asks_for_no_encryption_fails(type_: str, inputs: dict[str, object], path: str) -> None:
    assert verdicts(type_, inputs) == [fail(path)]


@pytest.mark.parametrize(
    ("type_", "inputs", "path"),
    [
        (VOLUME, {"encrypted": UNKNOWN}, "encrypted"),
        (LAUNCH_TEMPLATE, {"blockDeviceMappings": [{"ebs": UNKNOWN}]}, DEVICE),
        (LAUNCH_TEMPLATE, {"blockDeviceMappings": UNKNOWN}, "blockDeviceMappings.ebs.encrypted"),
    ],
)
def test_what_is_not_known_leaves_it_undetermined(type_: str, inputs: dict[str, object], path: str) -> None:
    assert verdicts(type_, inputs) == [not_known(path, QUESTION)]


@pytest.mark.parametrize("type_", [NODE_GROUP, "eks:index:ManagedNodeGroup"])
def test_a_node_group_without_a_template_fails(type_: str) -> None:
    message = "there is no launch template, and the root volume is encrypted only where the account encrypts by default"
    fix = "Give the node group a launch template whose block devices are encrypted."
    assert verdicts(type_, {}) == [Fail("launchTemplate", message, fix)]
    assert verdicts(type_, {"launchTemplate": {"id": "lt-1"}}) == []


def test_a_template_without_devices_fails() -> None:
    message = "no block device is named, and the root volume is encrypted only where the account encrypts by default"
    fix = "Name the root device of the image, with ebs.encrypted: true."
    assert verdicts(LAUNCH_TEMPLATE, {}) == [Fail("blockDeviceMappings", message, fix)]
