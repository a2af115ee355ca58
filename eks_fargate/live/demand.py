"""What a planned stack asks of AWS: its resources, its cluster, and the pods that Fargate is to run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from eks_fargate.fargate.facts import Facts
from eks_fargate.fargate.given import Given
from eks_fargate.fargate.placement import DataPlane, Lands, place
from eks_fargate.fargate.planned import planned_stack
from eks_fargate.fargate.planned_clusters import profile_of
from eks_fargate.fargate.profiles import Profile
from eks_fargate.fargate.resource_types import ADDON, CLUSTER, PROFILE
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.stack import Stack
from eks_fargate.fargate.unknown import Unknown
from eks_fargate.fargate.workloads import pods_of
from eks_fargate.fargate.world import PlacedPod
from eks_fargate.fargate.zones import region_of
from eks_fargate.live.failures import LiveError
from eks_fargate.offline.plan import Plan


@dataclass(frozen=True, eq=False)
class Demand:
    """A planned stack as the cloud is held against it.

    account: 12 digits, None where settings do not name it. pods: the platform's and those of the manifests given.
    """

    plan: Plan
    stack: Stack
    region: str
    account: str | None
    today: date
    data_plane: DataPlane | Unknown
    pods: Sequence[PlacedPod]

    @property
    def facts(self) -> Facts:
        """The tables in force."""
        return self.stack.facts

    @property
    def partition(self) -> str:
        """The partition of the region; `aws` where the table does not have the region."""
        known = region_of(self.region, self.facts)
        return known.partition if known else "aws"

    @cached_property
    def cluster(self) -> Resource | None:
        """The planned cluster; None where the plan attaches to one that exists."""
        return next(iter(self.stack.of_type(CLUSTER)), None)

    @cached_property
    def cluster_name(self) -> str | None:
        """The cluster's physical name; None where the plan has neither cluster nor profiles, or it is not known."""
        owners = [(one, "name") for one in self.stack.of_type(CLUSTER)]
        owners += [(one, "clusterName") for one in self.stack.of_type(PROFILE, ADDON)]
        names = (text(one.inputs.get(key)) for one, key in owners)
        return next((name for name in names if name), None)

    @cached_property
    def version(self) -> str | None:
        """The planned Kubernetes version, `1.35`; None where the plan names none."""
        return text(self.cluster.inputs.get("version")) if self.cluster else None

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        """The planned profiles, as far as they are known."""
        return tuple(profile_of(one) for one in self.stack.of_type(PROFILE))

    @cached_property
    def on_fargate(self) -> list[PlacedPod]:
        """The pods that land on Fargate."""
        return [placed for placed in self.pods if placed.lands is Lands.FARGATE]


def demand_of(plan: Plan, given: Given, manifests: Sequence[Mapping[str, Any]] = ()) -> Demand:
    """What a plan asks for. manifests: Kubernetes objects that are to run beside the platform's own; omitted: none.

    Raises LiveError where the stack names no region.
    """
    if not plan.region:
        raise LiveError([f"stack '{plan.stack}' sets no aws:region: set it, so that it is known where to look"])
    planned = planned_stack(plan.resources, given)
    world = planned.world
    pods = [pod for manifest in manifests for pod in pods_of(manifest).pods]
    placed = [PlacedPod.of(pod, place(pod, world.profiles, world.data_plane), given.facts) for pod in pods]
    return Demand(
        plan=plan,
        stack=planned.stack,
        region=plan.region,
        account=given.account,
        today=given.today,
        data_plane=world.data_plane,
        pods=[*world.pods, *placed],
    )


def text(value: Any) -> str | None:
    """The value where it is text; None where it is anything else, or not known before deployment."""
    return value if isinstance(value, str) else None


def tag_name(resource: Resource) -> str | None:
    """The tag `Name` of a planned resource."""
    tags = resource.inputs.get("tags")
    return text(tags.get("Name")) if isinstance(tags, Mapping) else None
