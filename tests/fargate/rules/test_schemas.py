from __future__ import annotations

from eks_fargate.fargate.findings import Finding, Level
from eks_fargate.fargate.rules import all_rules
from eks_fargate.fargate.rules.base import Levels
from eks_fargate.fargate.rules.schemas import LinterRule, at_levels

ERROR = Finding("aws-schema", Level.ERROR, "urn", "path", "message", "fix", "https://example.com")
MILD = Finding("aws-schema", Level.WARNING, "urn", "path", "message", "fix", "https://example.com")
OTHER = Finding("kubernetes-schema", Level.ERROR, "urn", "path", "message", "fix", "https://example.com")


def test_the_linters_rules_are_among_the_rules() -> None:
    assert [rule.id for rule in all_rules() if isinstance(rule, LinterRule)] == ["aws-schema", "kubernetes-schema"]


def test_findings_keep_their_levels_where_none_is_set() -> None:
    assert at_levels([ERROR, MILD, OTHER]) == [ERROR, MILD, OTHER]


def test_a_level_that_is_set_is_taken_and_milder_cases_stay_mild() -> None:
    (error, mild) = at_levels([ERROR, MILD], Levels({"aws-schema": Level.WARNING}))
    assert (error.level, mild.level) == (Level.WARNING, Level.WARNING)
    assert at_levels([MILD], Levels({"aws-schema": Level.ERROR})) == [MILD]


def test_a_rule_that_is_off_leaves_nothing() -> None:
    assert at_levels([ERROR, MILD, OTHER], Levels({"aws-schema": None})) == [OTHER]
