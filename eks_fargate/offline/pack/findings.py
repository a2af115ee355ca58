"""What a policy pack reports on a plan, as findings among those that the rules have made already."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eks_fargate.fargate.findings import Finding, Level, sort_key
from eks_fargate.fargate.reported import violation_text
from eks_fargate.offline.pack.analyzer import Violation, started
from eks_fargate.offline.pack.process import Run
from eks_fargate.offline.plan import Plan
from eks_fargate.offline.project import UNKNOWN_SECRET

_RULE = re.compile(r"\[([a-z0-9-]+)\] (.*)", re.DOTALL)
_SOURCE = "https://www.pulumi.com/docs/iac/crossguard/"


def run_of(plan: Plan, environment: Mapping[str, str]) -> Run:
    """The stack of a plan for its pack; what is secret in its configuration is not known, so it is left out.

    environment: the variables of the pack's process.
    """
    config = {key: text for key, text in plan.config.items() if UNKNOWN_SECRET not in text}
    return Run(plan.project, plan.stack, config, environment)


def violations_of(pack: Path, run: Run, plan: Plan, config: Mapping[str, Any]) -> list[Violation]:
    """What the pack in a folder reports on a plan, each of its policies under one configuration. Raises PackError."""
    with started(pack, run) as running:
        running.configure(dict.fromkeys(running.policies, config))
        return running.analyze(plan.resources)


def with_violations(findings: Sequence[Finding], violations: Sequence[Violation], stack: str) -> list[Finding]:
    """The findings, and those that the pack alone has, sorted; the pack tells most of them again."""
    known = {_told(finding) for finding in findings}
    more = {
        _finding(one, stack)
        for one in violations
        if (one.urn, one.message) not in known and ("", one.message) not in known
    }
    return sorted({*findings, *more}, key=sort_key)


def _told(finding: Finding) -> tuple[str, str]:
    """How the pack tells of a finding: the URN, which for a Kubernetes object stands in the text, and the text."""
    return finding.object if "::" in finding.object else "", violation_text(finding)


def _finding(violation: Violation, stack: str) -> Finding:
    named = _RULE.fullmatch(violation.message)
    return Finding(
        rule=named[1] if named else violation.policy,
        level=Level.ERROR if violation.mandatory else Level.WARNING,
        object=violation.urn or f"stack {stack}",
        path="",
        message=named[2] if named else violation.message,
        fix=f"Do as policy {violation.policy} says: a deployment with the policy pack reports it too.",
        source=_SOURCE,
    )
