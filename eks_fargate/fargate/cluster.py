"""A cluster as settings or a plan describe it: the one record that the rules about clusters and profiles judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from eks_fargate.fargate.facts import DEFAULT_FACTS, Facts
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.profiles import Profile, in_order
from eks_fargate.fargate.unknown import Unknown
from eks_fargate.fargate.zones import Region, region_of


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """A cluster and its Fargate profiles.

    version: `1.35`; None where none is asked for. data_plane: unknown where neither given nor to be told. existing:
    attached to, not made. account: 12 digits, None where not known. zone_ids: of all its subnets, as written (ids or
    names). today: the day that support is judged by.
    replaced_profiles: how many profiles a change replaces; each stands beside its successor for a while.
    """

    name: str | Unknown
    version: str | Unknown | None
    region: str | Unknown
    data_plane: DataPlane | Unknown
    profiles: tuple[Profile, ...]
    today: date
    existing: bool = False
    account: str | None = None
    zone_ids: tuple[str | Unknown, ...] = ()
    replaced_profiles: int = 0
    facts: Facts = DEFAULT_FACTS

    @property
    def unread_profiles(self) -> tuple[str, ...]:
        """Names of the profiles of which some selector is not known before deployment."""
        return tuple(profile.name for profile in self.profiles if profile.unread)

    @property
    def region_facts(self) -> Region | None:
        """What the tables say of the region; None where they do not have it, or it is not known."""
        return None if isinstance(self.region, Unknown) else region_of(self.region, self.facts)


def covering_profile(cluster: Cluster, namespace: str, labels: Mapping[str, str]) -> Profile | None:
    """The profile that takes a pod of that namespace and those labels: the first that matches; None where none does."""
    matching = (profile for profile in in_order(cluster.profiles) if profile.selects(namespace, labels) is not None)
    return next(matching, None)


def core_dns_profile(cluster: Cluster) -> Profile | None:
    """The profile that takes CoreDNS's pods; None where none does."""
    pods = cluster.facts.table("addons")["pods"]["coredns"]
    return covering_profile(cluster, pods["namespace"], pods["labels"])
