"""What the reader of a plan knows besides the plan: the one configuration of the policy pack, preview and check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from jsonschema_rs import Draft202012Validator

from eks_fargate.fargate.facts import DEFAULT_FACTS, Facts, table_names
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.profiles import Profile, Selector
from eks_fargate.fargate.rules import all_rules
from eks_fargate.fargate.rules.base import DEFAULT_LEVELS, LEVELS, Levels
from eks_fargate.fargate.rules.run import NEVER_LET_OFF
from eks_fargate.fargate.world import PodSecurity

_SELECTOR = {
    "type": "object",
    "properties": {
        "namespace": {"type": "string"},
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
    },
    "required": ["namespace"],
    "additionalProperties": False,
}
SCHEMA: Mapping[str, Mapping[str, Any]] = {
    "dataPlane": {"type": "string", "enum": [plane.value for plane in DataPlane]},
    "profiles": {
        "type": "object",
        "description": "Physical name of each Fargate profile of the cluster -> its selectors",
        "additionalProperties": {"type": "array", "items": _SELECTOR},
    },
    "region": {"type": "string"},
    "account": {"type": "string", "pattern": "^[0-9]{12}$"},
    "kubernetesVersion": {"type": "string", "pattern": "^[0-9]+\\.[0-9]+$"},
    "existingCluster": {"type": "boolean", "description": "Whether the cluster is attached to rather than made"},
    "production": {"type": "boolean"},
    "podSecurity": {"type": "string", "enum": ["off", "baseline", "restricted"]},
    "rules": {
        "type": "object",
        "description": "Rule id -> level",
        "additionalProperties": {"type": "string", "enum": list(LEVELS)},
    },
    "suppress": {
        "type": "object",
        "description": "Rule id -> names of AWS resources that are let off",
        "additionalProperties": {"type": "array", "items": {"type": "string"}},
    },
    "overrides": {"type": "object", "description": "Table of facts -> what is laid over it"},
    "strict": {"type": "boolean", "description": "Whether what cannot be judged before deployment fails"},
}
"""JSON Schema of each key, all of them optional."""


class GivenError(ValueError):
    """A configuration that cannot be used; `problems` has every reason, each with its key."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problems))


@dataclass(frozen=True, slots=True)
class Given:
    """What is known besides a plan.

    today: what versions are judged by. data_plane: None to tell it from the plan. profiles: of the cluster, for a stack
    that does not hold them; None to take the plan's. kubernetes_version: None to take the planned cluster's, else the
    newest known. existing: the cluster is attached to, not made. ours: whether this project made the stack; some rules
    ask less of another's. suppress: rule id -> names of AWS resources that are let off. strict: whether what cannot be
    judged fails.
    """

    today: date
    region: str | None = None
    account: str | None = None
    data_plane: DataPlane | None = None
    profiles: tuple[Profile, ...] | None = None
    kubernetes_version: str | None = None
    existing: bool = False
    production: bool = False
    pod_security: PodSecurity = "off"
    ours: bool = True
    levels: Levels = DEFAULT_LEVELS
    suppress: Mapping[str, Sequence[str]] = field(default_factory=dict)
    facts: Facts = field(default=DEFAULT_FACTS)
    strict: bool = False


def given_of(config: Mapping[str, Any], today: date, *, ours: bool = True) -> Given:
    """What a configuration of the form `SCHEMA` says. Raises GivenError with every problem at once."""
    problems = sorted(_problems(config))
    if problems:
        raise GivenError(problems)
    plane, profiles = config.get("dataPlane"), config.get("profiles")
    return Given(
        today=today,
        region=config.get("region"),
        account=config.get("account"),
        data_plane=None if plane is None else DataPlane(plane),
        profiles=None if profiles is None else tuple(_profile(name, profiles[name]) for name in sorted(profiles)),
        kubernetes_version=config.get("kubernetesVersion"),
        existing=config.get("existingCluster", False),
        production=config.get("production", False),
        pod_security=cast(PodSecurity, config.get("podSecurity", "off")),
        ours=ours,
        levels=Levels({rule: LEVELS[level] for rule, level in config.get("rules", {}).items()}),
        suppress=config.get("suppress", {}),
        facts=Facts(config["overrides"]) if config.get("overrides") else DEFAULT_FACTS,
        strict=config.get("strict", False),
    )


def _profile(name: str, selectors: Sequence[Mapping[str, Any]]) -> Profile:
    return Profile(name, tuple(Selector(one["namespace"], one.get("labels", {})) for one in selectors))


def _problems(config: Mapping[str, Any]) -> Iterator[str]:
    schema = {"type": "object", "properties": SCHEMA, "additionalProperties": False}
    for error in Draft202012Validator(schema).iter_errors(config):
        yield f"{'.'.join(map(str, error.instance_path)) or 'configuration'}: {error.message}"
    ids = {rule.id for rule in all_rules()}
    for key, known, what in (
        ("rules", ids, "rule"),
        ("suppress", ids, "rule"),
        ("overrides", set(table_names()), "table of facts"),
    ):
        named = config.get(key)
        for unknown in sorted(set(named) - known) if isinstance(named, Mapping) else ():
            yield f"{key}.{unknown}: no such {what}"
    suppressed = config.get("suppress")
    for rule in all_rules():
        if isinstance(suppressed, Mapping) and rule.id in suppressed and rule.group in NEVER_LET_OFF:
            yield f"suppress.{rule.id}: nothing is let off from this rule, since AWS refuses it all the same"
