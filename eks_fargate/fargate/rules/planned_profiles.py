"""What a planned Fargate profile refers to: its cluster, its subnets, its execution role."""

from __future__ import annotations

from eks_fargate.fargate.resource_types import CLUSTER, PROFILE, ROLE, SUBNET
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.stack import Stack
from eks_fargate.fargate.unknown import UNKNOWN, Unknown


def cluster_name(profile: Resource, stack: Stack) -> str | Unknown:
    """The name of the profile's cluster; unknown where neither the profile nor a planned cluster tells it."""
    named = [profile.inputs.get("clusterName")]
    named += [cluster.inputs.get("name") for cluster in stack.behind(profile, "clusterName", CLUSTER)]
    return next((name for name in named if isinstance(name, str)), UNKNOWN)


def same_cluster(a: Resource, b: Resource, stack: Stack) -> bool | Unknown:
    """Whether two profiles are of one cluster; unknown where that cannot be told."""
    sources = [stack.behind(profile, "clusterName", CLUSTER) for profile in (a, b)]
    if all(sources):
        return sources[0] == sources[1]
    names = cluster_name(a, stack), cluster_name(b, stack)
    return UNKNOWN if UNKNOWN in names else names[0] == names[1]


def planned_subnets(resource: Resource, stack: Stack, key: str = "subnetIds") -> tuple[list[Resource], int | None]:
    """The planned subnets that a resource's come from, and how many it has; None where that is not known.

    key: the input that has their ids.

    They are fewer where some are given by id, and more where the ids come from a component, which stands for all of
    its subnets.
    """
    given = resource.inputs.get(key)
    return stack.behind(resource, key, SUBNET), len(given) if isinstance(given, list) else None


def has_given_subnets(resource: Resource, stack: Stack, key: str = "subnetIds") -> bool:
    """Whether some of a resource's subnets may be ones that the plan does not make. key: the input with their ids."""
    subnets, count = planned_subnets(resource, stack, key)
    return count is None or count > len(subnets)


def users_of(role: Resource, stack: Stack) -> list[Resource]:
    """The planned profiles whose execution role is `role`."""
    return [one for one in stack.of_type(PROFILE) if role in stack.behind(one, "podExecutionRoleArn", ROLE)]
