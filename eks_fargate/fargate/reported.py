"""How a finding is reported: at which level, and as which text."""

from __future__ import annotations

from dataclasses import replace

from eks_fargate.fargate.findings import Finding, Level

_LEVELS = {Level.ERROR: "an error", Level.WARNING: "a warning"}


def at_strict_level(finding: Finding) -> Finding:
    """The finding; one that cannot be judged before deployment at the level that it would have."""
    return finding if finding.would_be is None else replace(finding, level=finding.would_be)


def violation_text(finding: Finding) -> str:
    """Rule, place, reason, event, fix and source of a finding, as a policy reports it.

    A planned resource is not named: a report of a policy has its URN beside the text.
    """
    place = " ".join(part for part in ("" if "::" in finding.object else finding.object, finding.path) if part)
    sentences = [
        f"[{finding.rule}] {f'{place}: ' if place else ''}{finding.message}.",
        f"Event: {finding.event}." if finding.event else "",
        f"If it does not hold, it is {_LEVELS[finding.would_be]}." if finding.would_be else "",
        f"Fix: {finding.fix}" if finding.fix.endswith(".") else f"Fix: {finding.fix}.",
        f"See {finding.source}",
    ]
    return " ".join(sentence for sentence in sentences if sentence)
