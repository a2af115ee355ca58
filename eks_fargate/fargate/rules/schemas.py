"""aws-schema and kubernetes-schema: the rules whose findings the linters of planned resources and objects make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from eks_fargate.fargate.findings import Finding, Level
from eks_fargate.fargate.rules.base import DEFAULT_LEVELS, Levels, Rule


@dataclass(frozen=True, slots=True)
class LinterRule(Rule[Any]):
    """A rule that takes a linter to judge: it names the rule in its findings, and `check` finds nothing by itself."""


def _left_to_the_linter(_subject: Any) -> tuple[()]:
    return ()


def at_levels(findings: Iterable[Finding], levels: Levels = DEFAULT_LEVELS) -> list[Finding]:
    """A linter's findings at the levels in force, without those of rules that are off.

    A linter's warnings are milder cases of its rule, and stay warnings.
    """
    found: list[Finding] = []
    for finding in findings:
        level = levels.of(_BY_ID[finding.rule])
        if level is not None:
            found.append(replace(finding, level=level) if finding.level is Level.ERROR else finding)
    return found


aws_schema = LinterRule(
    id="aws-schema",
    group="F",
    level=Level.ERROR,
    statement="AWS's own resource schema, as cfn-lint ships it, takes every planned resource.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/",
    check=_left_to_the_linter,
)

kubernetes_schema = LinterRule(
    id="kubernetes-schema",
    group="F",
    level=Level.ERROR,
    statement="The Kubernetes schema of the cluster's version takes every object.",
    source="https://kubernetes.io/docs/reference/kubernetes-api/",
    check=_left_to_the_linter,
)

_BY_ID: Mapping[str, LinterRule] = {rule.id: rule for rule in (aws_schema, kubernetes_schema)}
