"""Explained manifests as a person reads them: a block for each workload, what is wrong with it below, totals last."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Final

from eks_fargate.cli.explain_cluster import ClusterAsked
from eks_fargate.cli.explain_words import asked_for, cost, lands, not_used, replicas, totals
from eks_fargate.cli.findings_text import counted
from eks_fargate.cli.shown import one_line
from eks_fargate.fargate.explain import ExplainedPod, Explanation
from eks_fargate.fargate.findings import Finding
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.sizing import Size, TooLarge

_WIDTH: Final = 110
_LABEL: Final = 10
_PLANES: Final = {
    DataPlane.FARGATE: "Fargate alone",
    DataPlane.MIXED: "Fargate and nodes",
    DataPlane.NODES: "nodes alone",
}


def explanation_text(found: Explanation, cluster: ClusterAsked) -> str:
    """The explanation as text, ending in a newline."""
    lines = [*_cluster(cluster)]
    for pod in found.pods:
        lines += ["", *_pod(pod)]
    objects = [finding for finding in found.findings if not finding.suppressed]
    if objects:
        lines += ["", "Other objects"]
        for finding in objects:
            lines += _finding(finding, finding.object)
    lines += ["", *_totals(found)]
    return "\n".join(lines) + "\n"


def _cluster(cluster: ClusterAsked) -> Iterator[str]:
    world = cluster.world
    plane = _PLANES.get(world.data_plane, "not known") if isinstance(world.data_plane, DataPlane) else "not known"
    version = ".".join(map(str, world.kubernetes_version))
    facts = [cluster.source, str(world.region or "no region"), f"Kubernetes {version}", plane, str(world.today)]
    yield from _labelled("Cluster", ", ".join(facts))
    for profile in sorted(world.profiles or (), key=lambda profile: profile.name):
        selectors = "; ".join(map(str, profile.selectors)) or "no selector that is known"
        yield from _labelled("Profile", f"{profile.name}: {selectors}")


def _pod(explained: ExplainedPod) -> Iterator[str]:
    placed = explained.placed
    name = one_line(placed.pod.ref)
    count = replicas(placed.pod)
    place = f"{one_line(explained.at.file)}:{explained.at.line}"
    yield f"{name}  {count}".rstrip() + f"  {place}"
    yield from _labelled(lands(placed.lands), placed.placement.reason, "  ")
    size = placed.size
    if isinstance(size, TooLarge):
        yield from _labelled("Size", f"none: {size}", "  ")
    elif isinstance(size, Size) and explained.waste is not None:
        storage = f", {size.ephemeral_gib} GiB of ephemeral storage" if size.ephemeral_gib > 20 else ""
        yield from _labelled("Size", f"{size}{storage}; {asked_for(placed)}; {not_used(explained.waste)}", "  ")
        for note in size.notes:
            yield from _labelled("", note, "  ")
    if explained.cost is not None:
        yield from _labelled("Cost", cost(explained), "  ")
    for finding in explained.findings:
        if not finding.suppressed:
            yield from _finding(finding, "")
    let_off = sorted({finding.rule for finding in explained.findings if finding.suppressed})
    if let_off:
        yield from _labelled("Let off", ", ".join(let_off), "  ")


def _finding(finding: Finding, object_: str) -> Iterator[str]:
    place = "  ".join(part for part in (finding.rule, one_line(object_), one_line(finding.path)) if part)
    yield f"  {finding.level.capitalize()}: {place}"
    message = finding.message
    if finding.would_be and finding.would_be is not finding.level:
        message += f" (if it does not hold: {finding.would_be})"
    yield from _wrapped(one_line(message), "      ")
    if finding.event:
        yield from _labelled("Event", finding.event, "      ", 6)
    yield from _labelled("Fix", finding.fix, "      ", 6)
    yield from _labelled("See", finding.source, "      ", 6)


def _totals(found: Explanation) -> Iterator[str]:
    for label, text in totals(found):
        yield from _labelled(label, text)
    yield from _labelled("Findings", counted(found.all_findings()))
    for kind, count in found.not_judged.items():
        yield from _labelled("Not judged", f"{count} {kind}: not a kind whose pods are known here")
    for note in found.notes:
        yield from _labelled("Note", note)


def _labelled(label: str, text: str, indent: str = "", width: int = _LABEL) -> Iterator[str]:
    first = f"{indent}{label:{width}} "
    yield from _wrapped(one_line(text), " " * len(first), first)


def _wrapped(text: str, indent: str, first: str | None = None) -> Iterable[str]:
    """Lines no longer than the width; links and other long words are not broken."""
    first = indent if first is None else first
    if len(first) + len(text) <= _WIDTH:
        return [first + text]
    return textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
