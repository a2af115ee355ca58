"""What one environment is: its settings, and what follows from them before anything is deployed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from components.profile_names import physical_name
from components.subnet_layout import ZoneSubnets, layout
from eks_fargate.fargate.facts import Facts
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.profiles import Profile, Selector
from eks_fargate.fargate.zones import region_of
from stacks import sections

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
_LONGEST_ROLE_NAME = 64


@dataclass(frozen=True, eq=False)
class Environment:
    """One environment: its settings, and what follows from them before anything is deployed.

    region: `us-east-1`. account: 12 digits, None where it is left to AWS to say. today: what versions are judged by.
    The other fields are the sections of the same name.
    """

    project: str
    stack: str
    region: str
    account: str | None
    production: bool
    data_plane: DataPlane
    network: sections.NetworkSection
    cluster: sections.ClusterSection
    profiles: Mapping[str, sections.ProfileSection]
    core_dns_section: sections.CoreDnsSection
    alb_ingress: sections.AlbIngressSection
    logging: sections.LoggingSection
    node_groups: Mapping[str, sections.NodeGroupSection]
    pod_security: str
    rules: Mapping[str, sections.RuleSection]
    tags: Mapping[str, str]
    facts: Facts
    today: date

    @property
    def cluster_name(self) -> str:
        """The cluster's physical name: PROJECT-STACK, or the existing one's."""
        return self.cluster.existing or f"{self.project}-{self.stack}"

    @property
    def pod_execution_role_name(self) -> str:
        """The physical name of the pod execution role: the cluster's and, as IAM knows no regions, the region's.

        A long one is cut and told apart by a hash.
        """
        cluster = f"{self.cluster_name}-{self.region}"
        name = f"{cluster}-pod-execution"
        if len(name) <= _LONGEST_ROLE_NAME:
            return name
        suffix = f"-{hashlib.sha256(cluster.encode()).hexdigest()[:8]}-pod-execution"
        return f"{cluster[: _LONGEST_ROLE_NAME - len(suffix)]}{suffix}"

    @property
    def log_group_name(self) -> str:
        """The CloudWatch log group of pods on Fargate."""
        return f"/aws/eks/{self.cluster_name}/fargate"

    @property
    def log_group_arn(self) -> str:
        """The ARN of that log group; of any account's where settings name none, which grants nothing in another's."""
        return f"arn:{self.partition}:logs:{self.region}:{self.account or '*'}:log-group:{self.log_group_name}"

    @property
    def partition(self) -> str:
        """The AWS partition of the region, such as `aws`, which is also taken where the region is not known."""
        region = region_of(self.region, self.facts)
        return region.partition if region else "aws"

    @cached_property
    def zones(self) -> tuple[ZoneSubnets, ...]:
        """The subnets of the VPC to make; none with an existing one."""
        if self.network.cidr is None or self.network.zones is None:
            return ()
        return layout(self.network.cidr, self.network.zones)

    @property
    def internet_access(self) -> bool:
        """Whether pods in private subnets reach AWS's public endpoints and public registries."""
        existing = self.network.existing
        return existing.internet_access if existing else self.network.nat != "none"

    @property
    def public_subnets(self) -> bool:
        """Whether a VPC to make has public subnets: for NAT gateways, and for load balancers that face the internet."""
        return self.network.nat != "none" or (self.alb_ingress.enabled and self.alb_ingress.internet_facing)

    @property
    def has_nodes(self) -> bool:
        """Whether the cluster has nodes besides Fargate's."""
        return self.data_plane is not DataPlane.FARGATE

    @property
    def needed_endpoints(self) -> tuple[str, ...]:
        """The AWS services that the chosen features call from inside the VPC, sorted.

        Source: https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html
        """
        needed = {"s3", "ecr.api", "ecr.dkr", "sts"}
        if self.logging.enabled:
            needed.add("logs")
        if self.alb_ingress.enabled:
            needed |= {"ec2", "elasticloadbalancing"}
        if self.has_nodes:
            needed |= {"ec2", "eks"}
        return tuple(sorted(needed))

    @property
    def endpoints(self) -> tuple[str, ...]:
        """The VPC endpoints to make, sorted."""
        if self.network.endpoints is not None:
            return tuple(sorted(set(self.network.endpoints)))
        return ("s3",) if self.network.nat != "none" else self.needed_endpoints

    @property
    def core_dns(self) -> tuple[Literal["addon", "patch", "none"], Literal["fargate", "nodes"] | None]:
        """How CoreDNS is managed and where it runs; None where that has to be said (`coreDns.runOn`)."""
        said = self.core_dns_section
        only = {DataPlane.FARGATE: "fargate", DataPlane.NODES: "nodes"}.get(self.data_plane)
        run_on: Any = said.run_on or only
        manage = said.manage or (
            "addon" if self.cluster.existing is None else "patch" if run_on == "fargate" else "none"
        )
        return manage, run_on

    def subnet_identities(self, profile: sections.ProfileSection) -> tuple[str, ...]:
        """The profile's subnets by what is known before deployment: `CIDR@ZONE`, or the given ids."""
        if self.network.existing is not None:
            return tuple(sorted(profile.subnets or self.network.existing.private_subnet_ids))
        return tuple(
            f"{zone.private_cidr}@{zone.zone_id}"
            for zone in self.zones
            if not profile.subnets or zone.zone_id in profile.subnets
        )

    @cached_property
    def fargate_profiles(self) -> tuple[Profile, ...]:
        """The profiles under their physical names, sorted by settings key."""
        return tuple(self._profile(key, section) for key, section in sorted(self.profiles.items()))

    def _profile(self, key: str, section: sections.ProfileSection) -> Profile:
        selectors = tuple(Selector(one.namespace, one.labels) for one in section.selectors)
        subnets = self.subnet_identities(section)
        name = physical_name(key, selectors, subnets, self.pod_execution_role_name, fixed=section.fixed_name)
        return Profile(name, selectors, key)
