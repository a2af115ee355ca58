"""Explained manifests as a comment on a pull request: a table of the workloads, then what is wrong with each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from eks_fargate.cli.cost import usd
from eks_fargate.cli.explain_cluster import ClusterAsked
from eks_fargate.cli.explain_words import lands, replicas, totals
from eks_fargate.cli.findings_text import counted, has_errors
from eks_fargate.cli.markdown import code, table, text
from eks_fargate.fargate.explain import ExplainedPod, Explanation
from eks_fargate.fargate.findings import Finding
from eks_fargate.fargate.running_cost import RunningCost
from eks_fargate.fargate.sizing import Size

# GitHub takes 65,536 characters in a comment.
_MOST_WORKLOADS: Final = 100
_MOST_FINDINGS: Final = 50


def explanation_markdown(found: Explanation, cluster: ClusterAsked) -> str:
    """The explanation as Markdown, ending in a newline; where it would grow too long, the first rows of each table."""
    findings = found.all_findings()
    verdict = "refused or broken on Fargate" if has_errors(findings) else "fit for Fargate"
    count = counted(findings)
    lines = [f"## Manifests: {verdict}", "", f"{count[:1].upper()}{count[1:]}, for {text(cluster.source)}.", ""]
    lines += table(("Workload", "Lands", "Size", "USD a month"), map(_row, found.pods[:_MOST_WORKLOADS]))
    lines += _more(len(found.pods), _MOST_WORKLOADS, "workloads")
    lines += ["", *(f"- {text(f'{label}: {words}' if label else words)}" for label, words in totals(found))]
    if findings:
        lines += ["", *table(("Level", "Rule", "Where", "What is so, and what to do"), _rows(findings))]
        lines += _more(len(findings), _MOST_FINDINGS, "findings")
    said = [
        *(f"Not read: {problem}" for problem in found.problems),
        *(f"Not judged: {count} {kind}" for kind, count in found.not_judged.items()),
        *found.notes,
    ]
    lines += ["", *(f"- {text(sentence)}" for sentence in said[:_MOST_FINDINGS])] if said else []
    return "\n".join(lines) + "\n"


def _row(explained: ExplainedPod) -> Sequence[str]:
    placed = explained.placed
    size = str(placed.size) if explained.waste is not None and isinstance(placed.size, Size) else ""
    count = replicas(placed.pod)
    cost = usd(explained.cost.monthly_all) if isinstance(explained.cost, RunningCost) else ""
    where = f"{lands(placed.lands)}: {placed.placement.reason}"
    return f"{code(placed.pod.ref)} {count}".rstrip(), text(where), size, "?" if explained.cost and not cost else cost


def _rows(findings: Sequence[Finding]) -> Iterator[Sequence[str]]:
    for finding in findings[:_MOST_FINDINGS]:
        level = f"{finding.level} (let off)" if finding.suppressed else finding.level.value
        place = " ".join(code(part) for part in (finding.object, finding.path) if part)
        at = f" {text(finding.file)}:{finding.line}" if finding.file else ""
        event = f" Event: {finding.event}." if finding.event else ""
        yield (
            level,
            f"[{finding.rule}]({finding.source})",
            place + at,
            text(f"{finding.message}.{event} {finding.fix}"),
        )


def _more(count: int, most: int, what: str) -> list[str]:
    return ["", f"And {count - most} more {what}: `eks-fargate explain` shows them all."] if count > most else []
