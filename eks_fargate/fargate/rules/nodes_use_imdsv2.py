"""nodes-use-imdsv2: the metadata service of a node answers requests with a session token only."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resource_types import NODE_GROUP
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.rules.aws import PlannedRule
from eks_fargate.fargate.rules.base import Fail, Undetermined, Verdict, not_known, read
from eks_fargate.fargate.rules.node_groups import (
    COMPONENTS,
    INSTANCE,
    LAUNCH_TEMPLATE,
    SELF_MANAGED_COMPONENTS,
    runs_nodes,
)
from eks_fargate.fargate.stack import Planned, Stack
from eks_fargate.fargate.unknown import UNKNOWN

_QUESTION = "whether IMDSv2 is required"
_FIX = "Set metadataOptions.httpTokens to required."
_GIVE_TEMPLATE = "Give the node group a launch template with metadataOptions.httpTokens: required."

# Images whose own default is that a token is required, which an account's default overrules.
# Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html
_IMAGES_THAT_ASK = ("AL2023_", "BOTTLEROCKET_")


def _check(planned: Planned) -> Iterator[Verdict]:
    resource, stack = planned.resource, planned.stack
    if resource.type == INSTANCE or (resource.type == LAUNCH_TEMPLATE and runs_nodes(resource, stack)):
        yield from _options(resource)
    elif resource.type in SELF_MANAGED_COMPONENTS:
        yield Undetermined("", "the launch template that the component makes is not in sight", "Look at it in AWS.")
    elif resource.type != LAUNCH_TEMPLATE:
        yield from _node_group(resource, stack)


def _options(resource: Resource) -> Iterator[Verdict]:
    for key, safe in (("httpEndpoint", "disabled"), ("httpTokens", "required")):
        if read(resource.inputs, "metadataOptions", key) == safe:
            return
    path = "metadataOptions.httpTokens"
    if UNKNOWN in (read(resource.inputs, "metadataOptions", key) for key in ("httpEndpoint", "httpTokens")):
        yield not_known(path, _QUESTION)
    else:
        yield Fail(path, "the metadata service answers without a token (IMDSv1)", _FIX)


def _node_group(group: Resource, stack: Stack) -> Iterator[Verdict]:
    imdsv2 = read(group.inputs, "enableIMDSv2")
    if imdsv2 is True or stack.behind(group, "launchTemplate", LAUNCH_TEMPLATE):
        return
    image = read(group.inputs, "amiType")
    if imdsv2 is UNKNOWN or group.inputs.get("launchTemplate") is not None:
        yield Undetermined(
            "launchTemplate", f"the plan does not make the launch template, which decides {_QUESTION}", _FIX
        )
    elif image is UNKNOWN:
        yield not_known("amiType", _QUESTION)
    elif image is None or str(image).startswith(_IMAGES_THAT_ASK):
        yield Undetermined(
            "launchTemplate",
            "there is no launch template, and EKS's own leaves it to the image, which requires IMDSv2, and to the "
            "account's default, which may not",
            _GIVE_TEMPLATE,
        )
    else:
        yield Fail(
            "launchTemplate",
            f"there is no launch template, and EKS's own leaves IMDSv2 optional on images of type {image}",
            _GIVE_TEMPLATE,
        )


rule = PlannedRule(
    id="nodes-use-imdsv2",
    group="F",
    level=Level.ERROR,
    statement="The metadata service of every node requires IMDSv2.",
    source="https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html",
    check=_check,
    types=(NODE_GROUP, LAUNCH_TEMPLATE, INSTANCE),
    components=COMPONENTS,
)
