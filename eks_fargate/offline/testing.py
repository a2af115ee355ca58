"""The test kit, a pytest plugin: previews of stacks and components, and what the policy pack would say of resources.

Fixtures: `preview`, `preview_component`, `judge`, `judge_stack`. Two more are there to be overridden: `pulumi_project`,
the project's folder, and `today`, the date by which versions are judged.
"""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest

from eks_fargate.fargate.findings import Finding, Level
from eks_fargate.fargate.given import given_of
from eks_fargate.fargate.planned import alone_findings, planned_stack
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.changed_stack import write_changed_stack
from eks_fargate.offline.errors import OfflineError, ProjectError
from eks_fargate.offline.plan import Plan
from eks_fargate.offline.stack_given import given_config

__all__ = [
    "UNKNOWN",
    "Finding",
    "Judge",
    "JudgeStack",
    "Level",
    "OfflineError",
    "Plan",
    "Preview",
    "PreviewComponent",
    "Resource",
    "resource",
]

_STACK = "test"
_MODULE: Final = "eks_fargate_component_program"


def resource(
    type_: str,
    name: str,
    inputs: Mapping[str, Any] | None = None,
    *,
    parent: Resource | None = None,
    depends_on: Iterable[Resource] = (),
) -> Resource:
    """A planned resource, as `judge` and `judge_stack` take it.

    type_: Pulumi's type token, `aws:eks/cluster:Cluster`. name: Pulumi's name. inputs: as Pulumi spells them
    (`vpcConfig`); `UNKNOWN` stands for a value not known before deployment, and another resource for an output of it,
    which is not known either. Omitted: none. parent: the component that it is part of; omitted: none.
    depends_on: resources that it waits for besides those in its inputs.
    """
    given = dict(inputs or {})
    behind = {key: tuple(sorted({one.urn for one in _within(value)})) for key, value in given.items()}
    urns = {one.urn for one in depends_on}.union(*behind.values())
    return Resource(
        urn=f"urn:pulumi:{_STACK}::{_STACK}::{type_}::{name}",
        type=type_,
        name=name,
        parent="" if parent is None else parent.urn,
        inputs=_plain(given),
        dependencies=tuple(sorted(urns)),
        property_dependencies={key: found for key, found in behind.items() if found},
    )


def _within(value: Any) -> list[Resource]:
    if isinstance(value, Resource):
        return [value]
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, (list, tuple)) else ()
    return [found for part in parts for found in _within(part)]


def _plain(value: Any) -> Any:
    if isinstance(value, Resource):
        return UNKNOWN
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, (list, tuple)) else value


@dataclass(frozen=True, slots=True)
class Preview:
    """Previews stacks of the project in a folder. scratch: makes folders for changed settings."""

    project: Path
    today: datetime.date
    scratch: pytest.TempPathFactory = field(repr=False)

    def __call__(self, stack: str, changes: Mapping[str, Any] | None = None) -> Plan:
        """What the program plans for `stack`; its files stay as they are.

        changes: path -> value, laid over the stack's settings; a path is written as for `pulumi config set --path`:
        `cluster.version`, `network.zones[0]`, `aws:region`, `profiles["a.b"].tags`. Omitted: none.
        Raises OfflineError, whose `problems` say what the program or its settings refuse, and ValueError for a path
        that leads nowhere.
        """
        stack_dir = None
        if changes:
            stack_dir = self.scratch.mktemp("changed-stack")
            write_changed_stack(self.project, stack, changes, stack_dir)
        return _run(self.project, stack, self.today, stack_dir)


@dataclass(frozen=True, slots=True)
class PreviewComponent:
    """Previews a component by itself. scratch: makes a folder for the project that it runs in."""

    today: datetime.date
    scratch: pytest.TempPathFactory = field(repr=False)

    def __call__(self, program: Callable[[], object], config: Mapping[str, Any] | None = None) -> Plan:
        """What `program` plans, a function that makes the component: the lines of a `__main__.py`.

        config: the stack's configuration by its keys, `aws:region`; the project and the stack are named `test`, so a
        key without a namespace is `test`'s own. Omitted: none.
        Raises what `program` raises, and OfflineError for what fails later or has no answer offline.
        """
        folder = self.scratch.mktemp("component")
        (folder / "Pulumi.yaml").write_text(json.dumps({"name": _STACK, "runtime": "python"}), encoding="utf-8")
        (folder / f"Pulumi.{_STACK}.yaml").write_text(json.dumps({"config": dict(config or {})}), encoding="utf-8")
        (folder / "__main__.py").write_text(f"import {_MODULE}\n\n{_MODULE}.program()\n", encoding="utf-8")
        raised: list[Exception] = []

        def kept() -> None:
            try:
                program()
            except Exception as error:
                raised.append(error)
                raise

        # The engine runs a file; what it imports is the way to hand it a function.
        module = ModuleType(_MODULE)
        vars(module)["program"] = kept
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(sys.modules, _MODULE, module)
            try:
                return _run(folder, _STACK, self.today)
            except OfflineError as error:
                # Where the engine tells only what was raised, the exception itself tells more.
                if raised and str(raised[0]) in str(error):
                    raise raised[0] from None
                raise


def _run(project: Path, stack: str, today: datetime.date, stack_dir: Path | None = None) -> Plan:
    # A plugin is imported at every start of pytest, and this takes the whole Pulumi SDK in.
    from eks_fargate.offline.engine import run

    return run(project, stack, today=today, stack_dir=stack_dir)


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges one resource by itself, as the policy pack does before it is deployed."""

    today: datetime.date

    def __call__(self, subject: Resource, config: Mapping[str, Any] | None = None) -> list[Finding]:
        """The findings on `subject` by the rules that need no other resource, sorted.

        config: the pack's configuration, as `eks-fargate policy-config` prints it for a policy: `dataPlane`,
        `profiles`, `rules`, ...; omitted: none. A Kubernetes object is judged only where `dataPlane` is `fargate` or
        `profiles` are given, since otherwise where its pods land takes the whole stack.
        Raises GivenError, a ValueError, with every problem of the configuration.
        """
        return alone_findings(subject, given_of(config or {}, self.today, ours=False))


@dataclass(frozen=True, slots=True)
class JudgeStack:
    """Judges a whole stack, as the policy pack does."""

    today: datetime.date

    def __call__(self, subject: Plan | Iterable[Resource], config: Mapping[str, Any] | None = None) -> list[Finding]:
        """The findings on every resource and on how they go together, sorted.

        subject: a plan, or resources. config: as for `judge`, laid over what a plan's own settings say; omitted: none.
        Raises GivenError, a ValueError, with every problem of the configuration.
        """
        own, resources = (given_config(subject), subject.resources) if isinstance(subject, Plan) else ({}, subject)
        given = given_of({**own, **(config or {})}, self.today, ours=False)
        return planned_stack(tuple(resources), given).findings()


def project_above(folder: Path) -> Path:
    """The nearest folder with a Pulumi.yaml, `folder` or one above it. Raises ProjectError where there is none."""
    found = next((each for each in (folder, *folder.parents) if (each / "Pulumi.yaml").is_file()), None)
    if found is None:
        msg = f"no Pulumi.yaml in {folder} or above it: override the fixture pulumi_project, to return its folder"
        raise ProjectError([msg])
    return found


@pytest.fixture
def pulumi_project(request: pytest.FixtureRequest) -> Path:
    """The folder of the project that `preview` runs: the nearest above the test. Override it to name another one."""
    return project_above(request.path.parent)


@pytest.fixture
def today() -> datetime.date:
    """The date by which versions are judged: the real one. Override it for tests that hold on any day."""
    return datetime.date.today()


@pytest.fixture
def preview(pulumi_project: Path, today: datetime.date, tmp_path_factory: pytest.TempPathFactory) -> Preview:
    """Preview a stack of the project, with settings changed: `preview("dev", {"cluster.version": "1.36"})`."""
    return Preview(pulumi_project, today, tmp_path_factory)


@pytest.fixture
def preview_component(today: datetime.date, tmp_path_factory: pytest.TempPathFactory) -> PreviewComponent:
    """Preview any component without a project: `preview_component(lambda: Worker("mail", WorkerArgs(...)))`."""
    return PreviewComponent(today, tmp_path_factory)


@pytest.fixture
def judge(today: datetime.date) -> Judge:
    """Judge a resource: `judge(resource("kubernetes:apps/v1:Deployment", "web", {...}), {"dataPlane": "fargate"})`."""
    return Judge(today)


@pytest.fixture
def judge_stack(today: datetime.date) -> JudgeStack:
    """Judge a stack, a plan or resources: `judge_stack(preview("dev"))`."""
    return JudgeStack(today)
