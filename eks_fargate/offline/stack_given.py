"""What a stack's own settings tell its readers besides the plan, in the form of `eks_fargate.fargate.given.SCHEMA`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from eks_fargate.fargate.planned_clusters import profile_of
from eks_fargate.fargate.profiles import Profile
from eks_fargate.fargate.resource_types import PROFILE
from eks_fargate.offline.errors import SettingsError
from eks_fargate.offline.plan import Plan

NAMESPACE: Final = "eks-fargate"
"""The configuration namespace of the settings, wherever the project does not hold them under its own name."""

_WORDS = ("dataPlane", "podSecurity", "account")


def given_config(plan: Plan) -> dict[str, Any]:
    """The configuration that a plan's settings amount to; keys that nothing tells are left out.

    Profiles are the planned ones, by physical name; they are left out where one of them cannot be read before
    deployment. Raises SettingsError where a setting has another shape than this project's.
    """
    own = f"{plan.project}:dataPlane" in plan.config
    prefix = f"{plan.project if own else NAMESPACE}:"
    settings: dict[str, Any] = {}
    problems = []
    for key, text in plan.config.items():
        if key.startswith(prefix) and text:
            try:
                settings[key.removeprefix(prefix)] = json.loads(text) if text[0] in "{[" else text
            except ValueError:
                problems.append(f"{key}: it is no JSON")
    if problems:
        raise SettingsError(problems)
    config = given_of_settings(settings, prefix)
    if plan.region:
        config["region"] = plan.region
    profiles = tuple(map(profile_of, plan.of_type(PROFILE)))
    if profiles and not any(profile.unread for profile in profiles):
        config["profiles"] = selectors_by_name(profiles)
    return config


def given_of_settings(settings: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """The configuration that settings amount to, without profiles and region.

    settings: key without namespace -> value. prefix: of the keys in messages. Raises SettingsError.
    """
    problems: list[str] = []

    def section(key: str) -> Mapping[str, Any]:
        value = settings.get(key)
        if value is None or isinstance(value, Mapping):
            return value or {}
        problems.append(f"{prefix}{key}: it is no mapping")
        return {}

    cluster, rules, overrides = section("cluster"), section("rules"), section("overrides")
    config: dict[str, Any] = {key: str(settings[key]) for key in _WORDS if settings.get(key)}
    if cluster.get("version"):
        config["kubernetesVersion"] = str(cluster["version"])
    if cluster.get("existing"):
        config["existingCluster"] = True
    if settings.get("production") in (True, "true"):
        config["production"] = True
    levels = {rule: said.get("level") if isinstance(said, Mapping) else said for rule, said in rules.items()}
    config["rules"] = {rule: level for rule, level in levels.items() if level is not None}
    suppress = {rule: said.get("suppress") for rule, said in rules.items() if isinstance(said, Mapping)}
    config["suppress"] = {rule: names for rule, names in suppress.items() if names}
    config["overrides"] = dict(overrides)
    if problems:
        raise SettingsError(problems)
    return {key: value for key, value in config.items() if value not in ({}, "")}


def selectors_by_name(profiles: tuple[Profile, ...]) -> dict[str, list[dict[str, Any]]]:
    """Profiles as a configuration names them: physical name -> selectors, sorted by name."""
    return {
        profile.name: [{"namespace": one.namespace, "labels": dict(one.labels)} for one in profile.selectors]
        for profile in sorted(profiles, key=lambda profile: profile.name)
    }
