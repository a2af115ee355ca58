"""volumes-are-encrypted: what is written to disk, on nodes and in EFS, is encrypted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resource_types import NODE_GROUP
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.rules.aws import PlannedRule
from eks_fargate.fargate.rules.base import Fail, Verdict, each, not_known, read
from eks_fargate.fargate.rules.node_groups import (
    COMPONENTS,
    INSTANCE,
    LAUNCH_TEMPLATE,
    SELF_MANAGED_COMPONENTS,
)
from eks_fargate.fargate.stack import Planned
from eks_fargate.fargate.unknown import UNKNOWN

_VOLUME = "aws:ebs/volume:Volume"
_FILE_SYSTEM = "aws:efs/fileSystem:FileSystem"
_ROOT = "the root volume is encrypted only where the account encrypts by default"


def _check(planned: Planned) -> Iterator[Verdict]:
    resource = planned.resource
    if resource.type == LAUNCH_TEMPLATE:
        yield from _block_devices(resource)
    elif resource.type in (_VOLUME, _FILE_SYSTEM):
        yield from _encrypted("encrypted", resource.inputs.get("encrypted"))
    elif resource.type == INSTANCE:
        yield from _encrypted("rootBlockDevice.encrypted", read(resource.inputs, "rootBlockDevice", "encrypted"))
    elif resource.type in SELF_MANAGED_COMPONENTS:
        keys = ("encryptRootBlockDevice", "nodeRootVolumeEncrypted")
        given = [key for key in keys if resource.inputs.get(key) is not None]
        yield from _encrypted((given or keys)[0], resource.inputs.get((given or keys)[0]))
    elif resource.inputs.get("launchTemplate") is None:
        yield Fail(
            "launchTemplate",
            f"there is no launch template, and {_ROOT}",
            "Give the node group a launch template whose block devices are encrypted.",
        )


def _block_devices(template: Resource) -> Iterator[Verdict]:
    devices = list(each(template.inputs.get("blockDeviceMappings"), "blockDeviceMappings"))
    if not devices:
        yield Fail(
            "blockDeviceMappings",
            f"no block device is named, and {_ROOT}",
            "Name the root device of the image, with ebs.encrypted: true.",
        )
    for path, device in devices:
        # A device without `ebs` lives in the instance's own store, or is left out.
        if device is UNKNOWN or read(device, "ebs") is not None:
            yield from _encrypted(f"{path}.ebs.encrypted", read(device, "ebs", "encrypted"))


def _encrypted(path: str, value: Any) -> Iterator[Verdict]:
    # In a launch template AWS's provider takes text.
    if value is UNKNOWN:
        yield not_known(path, "whether what is written to disk is encrypted")
    elif str(value).lower() != "true":
        yield Fail(path, "nothing asks for encryption", f"Set {path} to true.")


rule = PlannedRule(
    id="volumes-are-encrypted",
    group="F",
    level=Level.WARNING,
    statement="Volumes of nodes, EBS volumes and EFS file systems are encrypted.",
    source="https://docs.aws.amazon.com/eks/latest/best-practices/data-encryption-and-secrets-management.html",
    check=_check,
    types=(LAUNCH_TEMPLATE, NODE_GROUP, INSTANCE, _VOLUME, _FILE_SYSTEM),
    components=COMPONENTS,
    alone=True,
)
