"""The report of check, and that of one stack, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eks_fargate.cli.changes_json import changes_json
from eks_fargate.cli.cost import cost_json
from eks_fargate.cli.explain_json import explanation_data
from eks_fargate.cli.report import Report
from eks_fargate.offline.gate import StackReport


def report_json(report: Report) -> dict[str, Any]:
    """The report under its JSON keys; each finding, and each pod of the manifests, also names its stack."""
    explained = {stack.stack: explanation_data(stack.manifests) for stack in report.stacks if stack.manifests}
    return {
        "stacks": {stack.stack: stack_json(stack, report) for stack in report.stacks},
        **({"manifests": _manifests(explained)} if explained else {}),
        "findings": [
            {**finding.to_json(), "stack": stack.stack} for stack in report.stacks for finding in stack.all_findings
        ],
    }


def stack_json(report: StackReport, whole: Report) -> dict[str, Any]:
    """A stack of `whole` under its JSON keys; one that cannot be run has no resources, and findings that say why."""
    plan = {"stack": report.stack, "region": "", "resources": [], "outputs": {}, "logs": [], "notes": []}
    out: dict[str, Any] = {
        **(plan if report.plan is None else report.plan.to_json()),
        "findings": [finding.to_json() for finding in report.findings],
        "notChecked": [
            {"object": each.object, "path": each.path, "reason": each.reason} for each in report.not_checked
        ],
        "cost": None if report.plan is None else cost_json(report.cost),
    }
    if report.violations is not None:
        out["policyPack"] = {
            "mandatory": sum(one.mandatory for one in report.violations),
            "advisory": sum(not one.mandatory for one in report.violations),
        }
    comparison = whole.comparisons.get(report.stack)
    return out if comparison is None else out | changes_json(comparison)


def _manifests(explained: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The manifests as they fare in every stack, under the keys of `explain`; the totals are those of all stacks."""
    parts = explained.values()
    totals = [part["totals"] for part in parts]
    return {
        **{
            key: [{**one, "stack": stack} for stack, part in explained.items() for one in part[key]]
            for key in ("pods", "findings")
        },
        "totals": {key: sum(total[key] for total in totals) for key in ("pods", "vcpu", "memoryGiB", "monthlyUsd")},
        **{key: sorted({sentence for part in parts for sentence in part[key]}) for key in ("problems", "notes")},
    }
