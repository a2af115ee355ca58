"""The settings of one environment: read once, validated once, and nowhere else.

Only this module reads Pulumi's configuration.
"""

from __future__ import annotations

import hashlib
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
from stacks.checks import problems_and_warnings
from stacks.checks.overrides import override_problems
from stacks.domain import AccountId
from stacks.problems import SettingsError, problems_of, shown, unknown_key

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
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
_LONGEST_ROLE_NAME = 64


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


def load() -> Settings:
    """The settings of the current stack.

    `EKS_FARGATE_TODAY` (YYYY-MM-DD) in the environment stands for today. Warnings go to Pulumi's log.
    Raises SettingsError with every problem at once.
    """
    config = pulumi.Config()
    problems: list[str] = _unknown_keys(config.name)
    found = {key: _read(config, key, problems) for key in (*_SCALARS, *_STRUCTURES)}
    region = pulumi.Config("aws").get("region")
    if not region:
        problems.append("aws:region: it is missing; set the region to deploy to, such as us-east-1")
    if found["overrides"] is not _FAILED and (wrong := override_problems(found["overrides"])):
        problems += wrong
        found["overrides"] = _FAILED
    today = _today(problems)
    others = {"region": region or _FAILED, "today": today}
    failed = {key for key, value in (found | others).items() if value is _FAILED}
    settings = _assemble(found, region or "", date.today() if today is _FAILED else today)
    more, warnings = problems_and_warnings(settings, failed)
    if problems or more:
        raise SettingsError(pulumi.get_stack(), [*problems, *more])
    for warning in warnings:
        pulumi.log.warn(warning)
    return settings


_FAILED: Any = object()
_TODAY = "EKS_FARGATE_TODAY"


def _unknown_keys(project: str) -> list[str]:
    known = {*_SCALARS, *_STRUCTURES}
    given = (key.removeprefix(f"{project}:") for key in CONFIG.get() if key.startswith(f"{project}:"))
    return [_unknown_setting(key, known) for key in sorted(given) if key not in known]


def _unknown_setting(key: str, known: set[str]) -> str:
    section, mark, _ = key.replace("[", ".").partition(".")
    if mark and section in known:
        return f"{key}: unknown key; to set a part of {section}, write `pulumi config set --path '{key}' ...`"
    return unknown_key(key, key, known)


def _today(problems: list[str]) -> Any:
    day = os.environ.get(_TODAY)
    if not day:
        return date.today()
    try:
        return date.fromisoformat(day)
    except ValueError:
        problems.append(f"{_TODAY}: got {shown(day)}; a date is wanted in the environment, such as 2026-11-21")
        return _FAILED


def _read(config: pulumi.Config, key: str, problems: list[str]) -> Any:
    # Asked first: reading a secret as plain text would log a warning of Pulumi's own.
    if pulumi.runtime.is_config_secret(f"{config.name}:{key}"):
        problems.append(
            f"{key}: it is a secret, but settings shape what is built and cannot be; set it without --secret"
        )
        return _FAILED
    text = config.get(key)
    if not text:
        if key in _REQUIRED:
            problems.append(f"{key}: it is missing, and has no default; see stacks/Pulumi.dev.yaml for an example")
            return _FAILED
        return _DEFAULTS[key] if key in _SCALARS else _STRUCTURES[key].validate_json("{}")
    adapter = _SCALARS.get(key) or _STRUCTURES[key]
    try:
        return adapter.validate_python(text) if key in _SCALARS else adapter.validate_json(text)
    except ValidationError as error:
        problems += problems_of(key, error, adapter)
        return _FAILED


def _assemble(found: Mapping[str, Any], region: str, today: date) -> Settings:
    """The settings; where a section failed, something in its place that no check finds fault with."""

    def section(key: str) -> Any:
        value = found[key]
        if value is not _FAILED:
            return value
        if key in _SCALARS:
            return _DEFAULTS[key]
        if key == "network":
            return sections.NetworkSection.model_construct(cidr=None, zones=None)
        if key == "cluster":
            return sections.ClusterSection.model_construct(version="", existing="")
        return _STRUCTURES[key].validate_json("{}")

    overrides = section("overrides")
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
        today=today,
    )
