"""Which findings are new."""

from __future__ import annotations

from dataclasses import replace

from eks_fargate.fargate.findings import Finding, Level
from eks_fargate.offline.changes.against import Changes
from eks_fargate.offline.changes.comparison import Comparison
from eks_fargate.offline.gate import StackReport
from tests.offline.planned_resources import plan

FINDING = Finding("no-host-ports", Level.WARNING, "Pod/a/b", "spec", "it is so", "do that", "https://example.com")


def new(before: list[Finding] | None, after: list[Finding]) -> list[Finding]:
    def report(findings: list[Finding]) -> StackReport:
        return StackReport("dev", "Pulumi.dev.yaml", plan(), tuple(findings))

    nothing = Changes("main", "0" * 40, None, (), {}, 0, ())
    return list(Comparison(nothing, None if before is None else report(before), report(after)).new_findings)


def test_a_finding_that_was_there_is_not_new_whatever_its_words() -> None:
    assert new([FINDING], [replace(FINDING, message="it is still so")]) == []


def test_a_finding_at_another_place_or_of_another_level_is_new() -> None:
    for other in (
        replace(FINDING, rule="no-accelerators"),
        replace(FINDING, level=Level.ERROR),
        replace(FINDING, object="Pod/a/c"),
        replace(FINDING, path="metadata"),
    ):
        assert new([FINDING], [FINDING, other]) == [other]


def test_one_more_at_the_same_place_is_new() -> None:
    second = replace(FINDING, message="it is so twice")
    assert new([FINDING], [FINDING, second]) == [second]


def test_everything_is_new_in_a_new_stack() -> None:
    assert new(None, [FINDING]) == [FINDING]


def test_what_is_gone_is_not_told() -> None:
    assert new([FINDING], []) == []
