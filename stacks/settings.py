"""The settings of one environment: read once, validated once, and nowhere else.

Only this module reads Pulumi's configuration.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

import pulumi
from pulumi.runtime.config import CONFIG
from pydantic import TypeAdapter, ValidationError

from components.profile_names import physical_name
from components.subnet_layout import ZoneSubnets, layout
from eks_fargate.fargate.facts import DEFAULT_FACTS, Facts
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.profiles import Profile, Selector
from eks_fargate.fargate.zones import region_of
from stacks import sections
from stacks.domain import AccountId
from stacks.problems import SettingsError, problems_of, unknown_key

# Settings that are one word or number come from Pulumi as text; the rest as JSON text.
_SCALARS: dict[str, TypeAdapter[Any]] = {
    "account": TypeAdapter(AccountId),
    "production": TypeAdapter(Literal["true", "false"]),
    "dataPlane": TypeAdapter(Literal["fargate", "mixed", "nodes"]),
    "podSecurity": TypeAdapter(Literal["off", "baseline", "restricted"]),
}
_STRUCTURES: dict[str, TypeAdapter[Any]] = {
    "network": TypeAdapter(sections.NetworkSection),
    "cluster": TypeAdapter(sections.ClusterSection),
    "profiles": TypeAdapter(sections.Profiles),
    "coreDns": TypeAdapter(sections.CoreDnsSection),
    "albIngress": TypeAdapter(sections.AlbIngressSection),
    "logging": TypeAdapter(sections.LoggingSection),
    "nodeGroups": TypeAdapter(sections.NodeGroups),
    "rules": TypeAdapter(sections.Rules),
    "tags": TypeAdapter(sections.Tags),
    "overrides": TypeAdapter(sections.Overrides),
}
_DEFAULTS = {"account": None, "production": "false", "dataPlane": "fargate", "podSecurity": "baseline"}
_REQUIRED = ("network", "cluster")


@dataclass(frozen=True, eq=False)
class Settings:
    """One environment's settings, and what follows from them before anything is deployed.

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
        """The physical name of the pod execution role."""
        return f"{self.cluster_name}-pod-execution"

    @property
    def partition(self) -> str:
        """The AWS partition of the region: `aws` or `aws-cn`."""
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


def load() -> Settings:
    """The settings of the current stack.

    `EKS_FARGATE_TODAY` (YYYY-MM-DD) in the environment stands for today. Warnings go to Pulumi's log.
    Raises SettingsError with every problem at once.
    """
    from stacks.checks import problems_and_warnings

    config = pulumi.Config()
    problems: list[str] = _unknown_keys(config.name)
    found = {key: _read(config, key, problems) for key in (*_SCALARS, *_STRUCTURES)}
    region = pulumi.Config("aws").get("region")
    if region is None:
        problems.append("aws:region: it is missing; set the region to deploy to, such as us-east-1")
    failed = {key for key, value in found.items() if value is _FAILED} | ({"region"} if region is None else set())
    settings = _assemble(found, region or "")
    more, warnings = problems_and_warnings(settings, failed)
    if problems or more:
        raise SettingsError(pulumi.get_stack(), [*problems, *more])
    for warning in warnings:
        pulumi.log.warn(warning)
    return settings


_FAILED: Any = object()


def _unknown_keys(project: str) -> list[str]:
    known = {*_SCALARS, *_STRUCTURES}
    given = (key.removeprefix(f"{project}:") for key in CONFIG.get() if key.startswith(f"{project}:"))
    return [unknown_key(key, key, known) for key in sorted(given) if key not in known]


def _read(config: pulumi.Config, key: str, problems: list[str]) -> Any:
    text = config.get(key)
    if not text:
        if key in _REQUIRED:
            problems.append(f"{key}: it is missing, and has no default; see stacks/Pulumi.dev.yaml for an example")
            return _FAILED
        return _DEFAULTS[key] if key in _SCALARS else _STRUCTURES[key].validate_json("{}")
    if pulumi.runtime.is_config_secret(f"{config.name}:{key}"):
        problems.append(
            f"{key}: it is a secret, but settings shape what is built and cannot be; set it without --secret"
        )
        return _FAILED
    adapter = _SCALARS.get(key) or _STRUCTURES[key]
    try:
        return adapter.validate_python(text) if key in _SCALARS else adapter.validate_json(text)
    except ValidationError as error:
        problems += problems_of(key, error, adapter)
        return _FAILED


def _assemble(found: Mapping[str, Any], region: str) -> Settings:
    """The settings; where a section failed, its place is held by its default, and no check looks at it."""

    def section(key: str) -> Any:
        value = found[key]
        if value is not _FAILED:
            return value
        if key in _SCALARS:
            return _DEFAULTS[key]
        if key == "network":
            return sections.NetworkSection.model_construct(cidr=None, zones=None)
        if key == "cluster":
            return sections.ClusterSection.model_construct(version="")
        return _STRUCTURES[key].validate_json("{}")

    overrides = section("overrides")
    day = os.environ.get("EKS_FARGATE_TODAY")
    return Settings(
        project=pulumi.get_project(),
        stack=pulumi.get_stack(),
        region=region,
        account=section("account"),
        production=section("production") == "true",
        data_plane=DataPlane(section("dataPlane")),
        network=section("network"),
        cluster=section("cluster"),
        profiles=section("profiles"),
        core_dns_section=section("coreDns"),
        alb_ingress=section("albIngress"),
        logging=section("logging"),
        node_groups=section("nodeGroups"),
        pod_security=section("podSecurity"),
        rules=section("rules"),
        tags=section("tags"),
        facts=Facts(overrides) if overrides else DEFAULT_FACTS,
        today=date.fromisoformat(day) if day else date.today(),
    )
