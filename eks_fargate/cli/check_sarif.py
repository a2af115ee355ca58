"""Findings as SARIF 2.1.0, for code scanning.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
import os
from typing import Any, Final
from urllib.parse import quote

from eks_fargate.cli.findings_text import short
from eks_fargate.cli.report import Report
from eks_fargate.fargate.findings import Finding, Level
from eks_fargate.fargate.rules import all_rules

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {Level.ERROR: "error", Level.WARNING: "warning", Level.UNDETERMINED: "note"}


def report_sarif(report: Report) -> dict[str, Any]:
    """One run of the tool. A finding on what no file describes is placed in the settings of its stack."""
    found = [(finding, stack.file) for stack in report.stacks for finding in stack.all_findings]
    ids = sorted({finding.rule for finding, _ in found})
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "eks-fargate", "rules": [_rule(id_, found) for id_ in ids]}},
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding, file, ids.index(finding.rule)) for finding, file in found],
            }
        ],
    }


def _rule(id_: str, found: list[tuple[Finding, str]]) -> dict[str, Any]:
    statements = {rule.id: rule.statement for rule in all_rules()}
    source = next(finding.source for finding, _ in found if finding.rule == id_)
    return {"id": id_, "shortDescription": {"text": statements.get(id_, id_)}, "helpUri": source}


def _result(finding: Finding, file: str, index: int) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(os.fsencode(finding.file or file))}}
    if finding.line is not None:
        physical["region"] = {"startLine": finding.line}
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.level],
        "message": {"text": _message(finding)},
        "locations": [{"physicalLocation": physical, "logicalLocations": [{"fullyQualifiedName": finding.object}]}],
        "partialFingerprints": {"finding/v1": _fingerprint(finding, file)},
    }
    if finding.suppressed:
        result["suppressions"] = [{"kind": "inSource"}]
    return result


def _message(finding: Finding) -> str:
    event = f" Event: {finding.event}." if finding.event else ""
    place = f"{short(finding.object)} {finding.path}".rstrip()
    return f"{place}: {finding.message}.{event} Fix: {finding.fix}"


def _fingerprint(finding: Finding, file: str) -> str:
    """Tells the same finding again after lines have moved."""
    parts = (finding.rule, file, finding.object, finding.path, finding.message)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]
