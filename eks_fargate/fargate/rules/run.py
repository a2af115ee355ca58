"""Every rule on every subject in sight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from eks_fargate.fargate.findings import Finding, Level, sort_key
from eks_fargate.fargate.placement import DataPlane, Lands
from eks_fargate.fargate.rules import all_rules
from eks_fargate.fargate.rules.base import DEFAULT_LEVELS, Levels, Rule, judge, read
from eks_fargate.fargate.rules.node_requirements import keeps_off_fargate
from eks_fargate.fargate.rules.subjects import ObjectRule, ObjectSubject, PodRule, PodSubject
from eks_fargate.fargate.world import World

ALLOW_ANNOTATION = "eks-fargate/allow"

# What Fargate or EKS refuses stays refused, whatever an annotation says.
NEVER_LET_OFF = ("A", "B")
_ON_FARGATE_ONLY = ("A", "C", "D")


def judge_all(world: World, levels: Levels = DEFAULT_LEVELS, rules: Sequence[Rule[Any]] | None = None) -> list[Finding]:
    """The findings on every pod, object and resource of `world`, sorted.

    levels: as the user set them; each rule's own where omitted. rules: those to ask; all where omitted. Rules over
    other subjects than pods and objects are passed over.
    """
    asked = all_rules() if rules is None else rules
    pod_rules = [rule for rule in asked if isinstance(rule, PodRule)]
    object_rules = [rule for rule in asked if isinstance(rule, ObjectRule)]
    found: list[Finding] = []
    for placed in world.pods:
        subject = PodSubject.of(placed, world)
        allowed = allowed_rules(placed.pod.manifest, placed.pod.annotations)
        found += _let_off(_judge_pod(subject, pod_rules, levels), allowed)
    for rule in object_rules:
        for kind in rule.kinds:
            for seen in world.of_kind(kind):
                findings = judge(rule, ObjectSubject(seen, world), seen.ref, levels)
                if findings:
                    found += _let_off(findings, allowed_rules(seen.fields))
    return sorted(found, key=sort_key)


def _judge_pod(subject: PodSubject, rules: Iterable[PodRule], levels: Levels) -> list[Finding]:
    lands = Lands.NODES if _has_no_pods(subject) else subject.placed.lands
    ref = subject.pod.ref
    found: list[Finding] = []
    for rule in rules:
        if rule.group in _ON_FARGATE_ONLY and not rule.wherever:
            if lands is Lands.NODES:
                continue
            findings = judge(rule, subject, ref, levels)
            found += map(_if_on_fargate, findings) if findings and lands is Lands.UNDETERMINED else findings
        else:
            found += judge(rule, subject, ref, levels)
    return found


def _has_no_pods(subject: PodSubject) -> bool:
    """A DaemonSet that keeps off Fargate's nodes where there are no others, as EKS's own aws-node and kube-proxy do."""
    alone = subject.world.data_plane is DataPlane.FARGATE
    return alone and subject.pod.kind == "DaemonSet" and keeps_off_fargate(subject) is True


def _if_on_fargate(finding: Finding) -> Finding:
    if finding.level is Level.UNDETERMINED:
        return finding
    return replace(
        finding,
        level=Level.UNDETERMINED,
        would_be=finding.level,
        message=f"{finding.message}; whether the pod lands on Fargate is not known before deployment",
    )


def allowed_rules(manifest: Any, template_annotations: Any = None) -> frozenset[str]:
    """The rule ids that an object's annotation, or its pod template's, names; unknown annotations name none."""
    named: set[str] = set()
    for noted in (read(manifest, "metadata", "annotations"), template_annotations):
        text = read(noted, ALLOW_ANNOTATION)
        if isinstance(text, str):
            named |= {part.strip() for part in text.split(",") if part.strip()}
    return frozenset(named)


def _let_off(findings: list[Finding], allowed: frozenset[str]) -> list[Finding]:
    if not allowed:
        return findings
    groups = {rule.id: rule.group for rule in all_rules()}
    return [
        replace(finding, suppressed=True)
        if finding.rule in allowed and groups.get(finding.rule) not in NEVER_LET_OFF
        else finding
        for finding in findings
    ]


def suppression_notes(world: World) -> list[str]:
    """What is wrong with annotations that let rules off, in sentences, sorted: ids of no rule, and rules that stay."""
    groups = {rule.id: rule.group for rule in all_rules()}
    notes: set[str] = set()
    subjects = [(placed.pod.ref, placed.pod.manifest, placed.pod.annotations) for placed in world.pods]
    subjects += [(seen.ref, seen.fields, {}) for seen in world.seen]
    for ref, manifest, template_annotations in subjects:
        for named in allowed_rules(manifest, template_annotations):
            if named not in groups:
                notes.add(f"{ref}: annotation {ALLOW_ANNOTATION} names {named!r}, which is no rule")
            elif groups[named] in NEVER_LET_OFF:
                notes.add(f"{ref}: annotation {ALLOW_ANNOTATION} cannot let off {named}: AWS refuses it all the same")
    return sorted(notes)
