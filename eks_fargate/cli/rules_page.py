"""The page `docs/rules.md`, made from the rules themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eks_fargate.cli.markdown import code, table, text
from eks_fargate.fargate.rules import all_rules
from eks_fargate.fargate.rules.base import Rule

_GROUPS = {
    "A": ("What Fargate refuses", "The pod stays Pending. No annotation helps."),
    "B": (
        "Profiles and cluster",
        "EKS refuses, or the cluster cannot work. No annotation helps.",
    ),
    "C": ("Exposure", "Load balancers reach Fargate pods by their addresses alone."),
    "D": (
        "What Fargate changes without a word",
        "Kubernetes accepts the object, and Fargate does something else with it.",
    ),
    "E": ("Pod security and hygiene", "Asked of every pod, wherever it lands."),
    "F": ("AWS resources", "Asked of the planned resources."),
}

_HEAD = """# Rules

Made from the rules themselves; do not edit.

A rule is one statement that must be true. Each answers pass, fail or undetermined: the last where a value that is not
known before deployment decides. Settings raise, lower or switch off any rule (`rules: {id: off | warning | error}`).
An object is let off by the annotation `eks-fargate/allow: rule-id[, rule-id]` on it or on its pod template, except from
groups A and B; the finding stays in the output, as suppressed.
Groups A, C and D are asked of pods that land on Fargate or cannot be known to land elsewhere.
"""


def rules_page() -> str:
    """The page as Markdown: every rule by group and id, with its level, statement and source."""
    rules = all_rules()
    sections = [_section(group, [rule for rule in rules if rule.group == group]) for group in _GROUPS]
    return "\n".join([_HEAD, *(section for section in sections if section)])


def _section(group: str, rules: Sequence[Rule[Any]]) -> str:
    if not rules:
        return ""
    title, explanation = _GROUPS[group]
    rows = [(code(rule.id), rule.level.value, text(rule.statement), f"[source]({rule.source})") for rule in rules]
    lines = table(("id", "level", "must be true", "source"), rows)
    return "\n".join([f"## {group}. {title}", "", explanation, "", *lines]) + "\n"
