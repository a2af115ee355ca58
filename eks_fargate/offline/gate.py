"""Everything that can be said of a stack before deployment: its plan, what is wrong with it, what it costs."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from eks_fargate.fargate.explain import Explanation, Located, explain
from eks_fargate.fargate.findings import Finding, Level, sort_key
from eks_fargate.fargate.given import GivenError, given_of
from eks_fargate.fargate.planned import PlannedStack, planned_stack
from eks_fargate.fargate.pricing import CostItem
from eks_fargate.fargate.reported import at_strict_level
from eks_fargate.fargate.rules import all_rules
from eks_fargate.fargate.versions import TODAY_VARIABLE
from eks_fargate.offline import lint
from eks_fargate.offline.changes.change import Change
from eks_fargate.offline.changes.profiles_beside import with_replaced_profiles
from eks_fargate.offline.cost import monthly_cost
from eks_fargate.offline.engine import run as run_offline
from eks_fargate.offline.errors import OfflineError, SettingsError
from eks_fargate.offline.lint.notchecked import NotChecked
from eks_fargate.offline.pack.analyzer import Violation, started
from eks_fargate.offline.pack.findings import run_of, violations_of, with_violations
from eks_fargate.offline.plan import Plan
from eks_fargate.offline.project import stack_file
from eks_fargate.offline.stack_given import NAMESPACE, given_config

PACK: Final = Path(__file__).parents[2] / "policies"
"""The project's own policy pack."""

_RULE_OF_PROBLEM = re.compile(r"(.*) \[([a-z0-9-]+)\]", re.DOTALL)
_SETTINGS_SOURCE = "https://www.pulumi.com/docs/iac/concepts/config/"


@dataclass(frozen=True, slots=True)
class Asked:
    """What to look at, and how.

    project: the folder of Pulumi.yaml. stack_dir: the folder of the stack files; None for the project's own.
    today: what versions are judged by. levels: rule id -> `off`, `warning` or `error`, over what the stack sets.
    strict: whether what cannot be judged before deployment has the level that it would have. manifests: Kubernetes
    objects to explain for each stack beside what its program deploys.
    """

    project: Path
    today: date
    stack_dir: Path | None = None
    levels: Mapping[str, str] = field(default_factory=dict)
    strict: bool = False
    manifests: Sequence[Located] = ()


@dataclass(frozen=True, slots=True, eq=False)
class StackReport:
    """One stack.

    file: of its settings. plan: None where the program cannot be run; the findings then say why. findings: sorted.
    not_checked: what no schema was there for. cost: the monthly bill. violations: what the policy pack reports, each of
    which is among the findings; None where the pack was not asked. manifests: what becomes of them in this stack; None
    where there are none.
    """

    stack: str
    file: str
    plan: Plan | None
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...] = ()
    cost: tuple[CostItem, ...] = ()
    violations: tuple[Violation, ...] | None = None
    manifests: Explanation | None = None

    @property
    def printed(self) -> str:
        """What the program wrote to stdout."""
        return "" if self.plan is None else self.plan.printed

    @property
    def manifest_problems(self) -> Sequence[str]:
        """What in the manifests cannot be read."""
        return () if self.manifests is None else self.manifests.problems

    @property
    def all_findings(self) -> list[Finding]:
        """The findings on the stack, and after them those on the manifests."""
        return [*self.findings, *(() if self.manifests is None else self.manifests.all_findings())]


def previewed(asked: Asked, stack: str) -> StackReport:
    """The plan of a stack, what the rules and the schemas find in it, and its cost.

    Raises OfflineError where the project cannot be run, or its settings are no configuration of the rules.
    """
    return _previewed(asked, stack)[0]


def report_of(asked: Asked, plan: Plan, changed: Sequence[Change] = ()) -> StackReport:
    """The same of a plan that is there already. Raises SettingsError where its settings are no configuration.

    changed: what happens to resources on the way to the plan, for the rules about a change; where omitted, nothing.
    """
    return _judged(asked, plan, changed)[0]


def checked(asked: Asked, stacks: Sequence[str], pack: Path = PACK) -> list[StackReport]:
    """The report of each stack, with what the policy pack says over its own protocol, in the order of `stacks`.

    A stack that cannot be run has error findings that say why. The programs run one after the other in this process,
    where a second one takes a fraction of the time of the first; the packs run beside them, a process for each stack.
    Raises PackError.
    """
    # A program that runs has an environment of its own: the packs get the one of before.
    environment = {**os.environ, TODAY_VARIABLE: asked.today.isoformat()}
    done: list[StackReport | tuple[StackReport, Future[list[Violation]]]] = []
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as workers:
        for stack in stacks:
            try:
                report, plan, config = _previewed(asked, stack)
            except OfflineError as error:
                done.append(_refused(asked, stack, error))
                continue
            done.append((report, workers.submit(violations_of, pack, run_of(plan, environment), plan, config)))
    return [one if isinstance(one, StackReport) else _with_violations(one[0], one[1].result()) for one in done]


def pack_config(asked: Asked, stack: str) -> dict[str, Any]:
    """The configuration of each policy of the project's pack for a stack. Raises as `previewed` does, and PackError."""
    _, plan, config = _previewed(asked, stack)
    with started(PACK, run_of(plan, os.environ)) as running:
        return dict.fromkeys(running.policies, config)


def _previewed(asked: Asked, stack: str) -> tuple[StackReport, Plan, dict[str, Any]]:
    plan = run_offline(asked.project, stack, today=asked.today, stack_dir=asked.stack_dir)
    report, config = _judged(asked, plan, ())
    return report, plan, config


def _judged(asked: Asked, plan: Plan, changed: Sequence[Change]) -> tuple[StackReport, dict[str, Any]]:
    config = given_config(plan)
    if asked.levels:
        config["rules"] = {**config.get("rules", {}), **asked.levels}
    if asked.strict:
        config["strict"] = True
    try:
        given = given_of(config, asked.today)
    except GivenError as error:
        raise SettingsError([f"{NAMESPACE}:{problem}" for problem in error.problems]) from error
    planned = with_replaced_profiles(planned_stack(plan.resources, given), changed)
    version = ".".join(map(str, planned.world.kubernetes_version))
    linted = _linted(plan, version)
    explained, unchecked = _explained(asked, planned, version)
    found = [*planned.findings(), *planned.with_linted(linted.findings)]
    report = StackReport(
        stack=plan.stack,
        file=_file(asked, plan.stack),
        plan=plan,
        findings=tuple(sorted(map(at_strict_level, found) if asked.strict else found, key=sort_key)),
        not_checked=(*linted.not_checked, *unchecked),
        cost=tuple(monthly_cost(planned, plan.region)),
        manifests=explained,
    )
    return report, config


def _linted(plan: Plan, version: str) -> lint.Linted:
    try:
        return lint.plan(plan.resources, plan.region, version)
    except ValueError as error:
        return lint.Linted([], [NotChecked(f"stack {plan.stack}", "", f"no schemas: {error}")])


def _explained(asked: Asked, planned: PlannedStack, version: str) -> tuple[Explanation | None, Sequence[NotChecked]]:
    """What becomes of the manifests, what the schemas find in them, and what no schema was there for."""
    if not asked.manifests:
        return None, ()
    found: list[Finding] = []
    unchecked: list[NotChecked] = []
    for one in asked.manifests:
        linted = lint.manifests([one.manifest], version)
        found += (replace(finding, file=one.file, line=one.line) for finding in linted.findings)
        unchecked += linted.not_checked
    explained = explain(asked.manifests, planned.world, planned.given.levels, strict=asked.strict)
    findings = sorted((*explained.findings, *planned.with_linted(found)), key=sort_key)
    return replace(explained, findings=findings), sorted(unchecked)


def _with_violations(report: StackReport, violations: Sequence[Violation]) -> StackReport:
    findings = with_violations(report.findings, violations, report.stack)
    return replace(report, findings=tuple(findings), violations=tuple(violations))


def _refused(asked: Asked, stack: str, error: OfflineError) -> StackReport:
    """The report of a stack whose program cannot be run: each problem is an error of the settings' file."""
    file = _file(asked, stack)
    sources = {rule.id: rule.source for rule in all_rules()}
    fix = f"Correct {file}, or the program; until then nothing else is checked."
    found = []
    for problem in error.problems:
        named = _RULE_OF_PROBLEM.fullmatch(problem)
        rule, message = (named[2], named[1]) if named and named[2] in sources else ("settings", problem)
        source = sources.get(rule, _SETTINGS_SOURCE)
        found.append(Finding(rule, Level.ERROR, file, "", message.removesuffix("."), fix, source, file=file))
    return StackReport(stack, file, None, tuple(sorted(found, key=sort_key)))


def _file(asked: Asked, stack: str) -> str:
    return stack_file(asked.project, stack, asked.stack_dir).as_posix()
