"""The text of a finding as a policy reports it, and the level that strictness gives it."""

from __future__ import annotations

from dataclasses import replace

from eks_fargate.fargate.findings import Finding, Level
from eks_fargate.fargate.reported import at_strict_level, violation_text

WHOLE = Finding(
    "no-privileged",
    Level.ERROR,
    "Deployment/shop/web",
    "spec.template",
    "it is privileged",
    "Remove it.",
    "https://example.com/fact",
    event="Pod not supported",
)


def test_the_text_has_rule_place_reason_event_fix_and_source() -> None:
    assert violation_text(WHOLE) == (
        "[no-privileged] Deployment/shop/web spec.template: it is privileged. Event: Pod not supported. "
        "Fix: Remove it. See https://example.com/fact"
    )


def test_a_planned_resource_is_not_named_in_the_text() -> None:
    planned = replace(WHOLE, object="urn:pulumi:dev::shop::aws:ec2/vpc:Vpc::main", path="tags", event=None)
    assert violation_text(planned) == (
        "[no-privileged] tags: it is privileged. Fix: Remove it. See https://example.com/fact"
    )
    assert violation_text(replace(planned, path="")).startswith("[no-privileged] it is privileged. ")


def test_what_cannot_be_judged_says_what_it_would_be() -> None:
    undetermined = replace(WHOLE, level=Level.UNDETERMINED, would_be=Level.WARNING, event=None, fix="Write it")
    assert violation_text(undetermined) == (
        "[no-privileged] Deployment/shop/web spec.template: it is privileged. If it does not hold, it is a warning. "
        "Fix: Write it. See https://example.com/fact"
    )


def test_strictness_changes_what_cannot_be_judged_alone() -> None:
    undetermined = replace(WHOLE, level=Level.UNDETERMINED, would_be=Level.WARNING)
    assert at_strict_level(undetermined) == replace(undetermined, level=Level.WARNING)
    assert at_strict_level(WHOLE) is WHOLE
