"""Planned node groups, and the launch templates and instances that stand behind nodes."""

from __future__ import annotations

from eks_fargate.fargate.resource_types import NODE_GROUP
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.stack import Stack

LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
INSTANCE = "aws:ec2/instance:Instance"
MANAGED_COMPONENT = "eks:index:ManagedNodeGroup"
# They make launch templates and Auto Scaling groups of their own.
SELF_MANAGED_COMPONENTS = ("eks:index:NodeGroup", "eks:index:NodeGroupV2")
COMPONENTS = (MANAGED_COMPONENT, *SELF_MANAGED_COMPONENTS)


def runs_nodes(template: Resource, stack: Stack) -> bool:
    """Whether nodes are launched by a launch template: of a planned node group, or of a component that makes one."""
    groups = stack.of_type(NODE_GROUP, MANAGED_COMPONENT)
    return any(template in stack.behind(group, "launchTemplate") for group in groups) or any(
        above.type in COMPONENTS for above in stack.above(template)
    )
