"""Findings as a JUnit report: a suite for each stack, a case for each rule, which fails where the rule finds an error.

Source: https://github.com/testmoapp/junitxml
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from xml.etree import ElementTree

from eks_fargate.cli.findings_text import findings_lines, has_errors
from eks_fargate.cli.report import Report
from eks_fargate.fargate.findings import Finding
from eks_fargate.fargate.rules import all_rules

# What XML 1.0 cannot hold: https://www.w3.org/TR/xml/#charsets
_NOT_XML = dict.fromkeys(
    (*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\N{REPLACEMENT CHARACTER}"
)


def report_junit(report: Report) -> str:
    """The XML text, ending in a newline."""
    root = ElementTree.Element("testsuites", name="eks-fargate")
    for stack in report.stacks:
        # Of a stack that cannot be run no rule was asked.
        asked = {rule.id for rule in all_rules()} if stack.plan is not None else set()
        _suite(root, stack.stack, stack.all_findings, asked)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(root: ElementTree.Element, name: str, findings: Sequence[Finding], asked: Set[str]) -> None:
    ids = sorted(asked | {finding.rule for finding in findings})
    failing = [id_ for id_ in ids if has_errors(finding for finding in findings if finding.rule == id_)]
    counts = {"tests": str(len(ids)), "failures": str(len(failing))}
    suite = ElementTree.SubElement(root, "testsuite", {"name": name, **counts})
    for id_ in ids:
        case = ElementTree.SubElement(suite, "testcase", classname=f"eks-fargate.{name}", name=id_)
        found = [finding for finding in findings if finding.rule == id_]
        text = "\n".join(findings_lines(found)).translate(_NOT_XML)
        if id_ in failing:
            first = next(finding for finding in found if has_errors([finding]))
            failure = ElementTree.SubElement(case, "failure", message=first.message.translate(_NOT_XML))
            failure.text = text
        elif found:
            ElementTree.SubElement(case, "system-out").text = text
