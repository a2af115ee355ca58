"""What changes since a git revision, as JSON."""

from __future__ import annotations

from typing import Any

from eks_fargate.cli.cost import cost_json
from eks_fargate.offline.changes.comparison import Comparison


def changes_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison under its JSON keys, which are added to those of the stack."""
    changes, before = comparison.changes, comparison.before
    return {
        "changes": changes.to_json(),
        "against": {
            "revision": changes.revision,
            "commit": changes.commit,
            "unchanged": changes.unchanged,
            "renamed": dict(changes.renamed),
            "notes": list(changes.notes),
            "newFindings": [finding.to_json() for finding in comparison.new_findings],
            "cost": None if before is None else cost_json(before.cost),
        },
    }
