"""The settings of one environment: read once and validated once.

Only this module reads Pulumi's configuration.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

import pulumi
from pulumi.runtime.config import CONFIG
from pydantic import TypeAdapter, ValidationError

from eks_fargate.fargate.facts import DEFAULT_FACTS, Facts
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.versions import TODAY_VARIABLE
from stacks import sections
from stacks.checks import problems_and_warnings
from stacks.checks.overrides import override_problems
from stacks.domain import AccountId
from stacks.environment import Environment
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


def load() -> Environment:
    """The settings of the current stack.

    `EKS_FARGATE_TODAY` (YYYY-MM-DD) in the environment stands for today. Warnings go to Pulumi's log.
    Raises SettingsError with every problem at once.
    """
    config = pulumi.Config()
    problems: list[str] = _unknown_keys(config.name)
    found = {key: _read(config, key, problems) for key in (*_SCALARS, *_STRUCTURES)}
    region = _region(problems)
    if found["overrides"] is not _FAILED and (wrong := override_problems(found["overrides"])):
        problems += wrong
        found["overrides"] = _FAILED
    today = _today(problems)
    others = {"region": region, "today": today}
    failed = {key for key, value in (found | others).items() if value is _FAILED}
    settings = _assemble(found, "" if region is _FAILED else region, date.today() if today is _FAILED else today)
    more, warnings = problems_and_warnings(settings, failed)
    if problems or more:
        raise SettingsError(pulumi.get_stack(), [*problems, *more])
    for warning in warnings:
        pulumi.log.warn(warning)
    return settings


_FAILED: Any = object()
_REGION = re.compile(r"[a-z]{2,4}(-[a-z]+)+-[0-9]+")


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
    day = os.environ.get(TODAY_VARIABLE)
    if not day:
        return date.today()
    try:
        return date.fromisoformat(day)
    except ValueError:
        problems.append(f"{TODAY_VARIABLE}: got {shown(day)}; a date is wanted in the environment, such as 2026-11-21")
        return _FAILED


def _region(problems: list[str]) -> Any:
    region = pulumi.Config("aws").get("region")
    if not region:
        problems.append("aws:region: it is missing; set the region to deploy to, such as us-east-1")
    elif not _REGION.fullmatch(region):
        problems.append(f"aws:region: got {shown(region)}; a region is written as us-east-1 is")
    else:
        return region
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


def _assemble(found: Mapping[str, Any], region: str, today: date) -> Environment:
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
    return Environment(
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
