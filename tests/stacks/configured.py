"""Settings from plain data, handed over as Pulumi hands them: scalars as text, everything else as JSON text.

The programs' own run is left out, so a case takes a few milliseconds. `tests/stacks/test_golden.py` runs the whole.
"""

from __future__ import annotations

import contextvars
import copy
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import pulumi
from pulumi.runtime.settings import Settings as RuntimeSettings
from pulumi.runtime.settings import configure

from stacks import settings as stack_settings
from stacks.environment import Environment
from stacks.problems import SettingsError

TODAY = "2026-11-21"
PROJECT = "eks-fargate"
REMOVED: Any = object()

# Wholes that nothing is wrong with, one a way of building; a test changes one thing.
FARGATE: dict[str, Any] = {
    "aws:region": "us-east-1",
    "network": {"cidr": "10.0.0.0/16", "zones": ["use1-az1", "use1-az2"]},
    "cluster": {"version": "1.35"},
    "profiles": {
        "apps": {"selectors": [{"namespace": "shop"}]},
        "system": {"selectors": [{"namespace": "kube-system"}]},
    },
}
MIXED = FARGATE | {
    "dataPlane": "mixed",
    "coreDns": {"runOn": "fargate"},
    "nodeGroups": {"general": {"instanceTypes": ["m6i.large"]}},
}
NODES = {key: value for key, value in MIXED.items() if key not in {"profiles", "coreDns"}} | {"dataPlane": "nodes"}
NO_NAT = FARGATE | {"network": FARGATE["network"] | {"nat": "none"}}
EXISTING_VPC = FARGATE | {
    "network": {
        "existing": {
            "vpcId": "vpc-0123456789abcdef0",
            "privateSubnetIds": ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"],
            "publicSubnetIds": ["subnet-0bbbbbbbbbbbbbbb1", "subnet-0bbbbbbbbbbbbbbb2"],
        }
    }
}
EXISTING_CLUSTER = EXISTING_VPC | {"cluster": {"version": "1.35", "existing": "shop"}}
WHOLES = {
    "fargate": FARGATE,
    "mixed": MIXED,
    "nodes": NODES,
    "no NAT": NO_NAT,
    "existing VPC": EXISTING_VPC,
    "existing cluster": EXISTING_CLUSTER,
}


def changed(whole: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """`whole` with the value at each path put in its place; mappings on the way are made, REMOVED takes away.

    A path has dots between its keys, and the place of an entry for a list: `profiles.apps.selectors.0.namespace`.
    """
    result = copy.deepcopy(dict(whole))
    for path, value in changes.items():
        at: Any = result
        *way, last = path.split(".")
        for part in way:
            at = at[int(part)] if isinstance(at, list) else at.setdefault(part, {})
        if value is REMOVED:
            del at[last]
        else:
            at[int(last) if isinstance(at, list) else last] = value
    return result


@dataclass
class Log:
    """Stands for Pulumi's engine: keeps the messages that are logged."""

    messages: list[str] = field(default_factory=list)

    def Log(self, request: Any) -> None:  # noqa: N802  the protocol's name
        self.messages.append(request.message)


@dataclass(frozen=True)
class Loaded:
    """What came of it: the settings or the problems, and the warnings that were logged."""

    settings: Environment | None
    problems: tuple[str, ...]
    warnings: tuple[str, ...]


def as_text(value: Any) -> str:
    """A configuration value as a program gets it from Pulumi."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value)


def load(
    config: Mapping[str, Any],
    *,
    stack: str = "test",
    project: str = PROJECT,
    secret_keys: Sequence[str] = (),
    today: str = TODAY,
) -> Loaded:
    """Loads `config` (keys without a namespace are the project's) as the settings of one stack."""

    def named(key: str) -> str:
        return key if ":" in key else f"{project}:{key}"

    log = Log()

    def run() -> Loaded:
        configure(RuntimeSettings(project=project, stack=stack, engine=log))
        pulumi.runtime.set_all_config(
            {named(key): as_text(value) for key, value in config.items()}, [named(key) for key in secret_keys]
        )
        try:
            return Loaded(stack_settings.load(), (), tuple(log.messages))
        except SettingsError as error:
            return Loaded(None, error.problems, tuple(log.messages))

    with mock.patch.dict(os.environ, {"EKS_FARGATE_TODAY": today}):
        return contextvars.copy_context().run(run)


def settings_of(config: Mapping[str, Any], **told: Any) -> Environment:
    """The settings; the test fails with the problems where there are any."""
    loaded = load(config, **told)
    assert loaded.settings is not None, loaded.problems
    return loaded.settings


def problems_of(config: Mapping[str, Any], **told: Any) -> list[str]:
    """The problems; the test fails where there are none."""
    loaded = load(config, **told)
    assert loaded.settings is None, "nothing was refused"
    return list(loaded.problems)
