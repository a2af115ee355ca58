"""Every format of check, as a whole, on one small report."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jsonschema_rs import Draft202012Validator

from eks_fargate.cli import check_junit
from eks_fargate.cli.check import Format, formatted
from eks_fargate.cli.cost import prices_of
from eks_fargate.cli.report import Report
from eks_fargate.fargate.findings import Finding
from eks_fargate.fargate.rules import all_rules
from tests.cli.reports import PRIVILEGED, report

EXPECTED = Path(__file__).parent / "expected"
ENDINGS = {Format.TEXT: "txt", Format.JSON: "json", Format.MARKDOWN: "md", Format.SARIF: "sarif", Format.JUNIT: "xml"}
RULES = ("images-are-pinned", "no-host-ports", "no-privileged")

# What SARIF 2.1.0 asks of the parts that are written, and nothing else is written.
SARIF_SCHEMA = json.loads((EXPECTED / "sarif-schema.json").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def few_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """JUnit lists every rule: three will do."""
    rules = [rule for rule in all_rules() if rule.id in RULES]
    monkeypatch.setattr(check_junit, "all_rules", lambda: rules)


@pytest.mark.parametrize("format_", Format)
def test_the_whole_report_is_written_as_expected(format_: Format) -> None:
    expected = (EXPECTED / f"report.{ENDINGS[format_]}").read_text(encoding="utf-8")
    assert formatted(report(), format_) == expected.replace("DATE-OF-PRICES", prices_of())


@pytest.mark.parametrize("format_", Format)
def test_a_report_without_findings_is_written_in_every_format(format_: Format) -> None:
    dev = report().stacks[0]
    text = formatted(Report([replace(dev, findings=())]), format_)
    assert text.endswith("\n")
    assert "no-privileged" not in text or format_ is Format.JUNIT


@pytest.mark.parametrize("format_", Format)
def test_half_a_character_can_be_written_in_every_format(format_: Format) -> None:
    odd = replace(PRIVILEGED, object="Pod/shop/\ud800", message="container \ud800 is privileged", file="\udcff.yaml")
    assert formatted(of(odd), format_).encode()


def test_sarif_holds_to_its_schema() -> None:
    errors = Draft202012Validator(SARIF_SCHEMA).iter_errors(json.loads(formatted(report(), Format.SARIF)))
    assert [f"{error.instance_path}: {error.message}" for error in errors] == []


def test_sarif_tells_two_findings_on_one_field_apart() -> None:
    other = replace(PRIVILEGED, message="container api sets privileged to true, which Fargate refuses")
    run = json.loads(formatted(of(PRIVILEGED, other), Format.SARIF))["runs"][0]
    assert len({result["partialFingerprints"]["finding/v1"] for result in run["results"]}) == 2


def test_sarif_writes_a_path_as_a_uri() -> None:
    run = json.loads(formatted(of(replace(PRIVILEGED, file="my manifests/web.yaml")), Format.SARIF))["runs"][0]
    physical = run["results"][0]["locations"][0]["physicalLocation"]
    assert physical == {"artifactLocation": {"uri": "my%20manifests/web.yaml"}}


def test_junit_is_xml_whatever_a_message_holds() -> None:
    odd = replace(PRIVILEGED, message="<a> & \x00 \x1b")
    root = ElementTree.fromstring(formatted(of(odd), Format.JUNIT))
    assert [failure.get("message") for failure in root.iter("failure")] == [
        "<a> & \N{REPLACEMENT CHARACTER} \N{REPLACEMENT CHARACTER}"
    ]


def test_markdown_shows_a_message_and_does_not_run_it() -> None:
    text = formatted(of(replace(PRIVILEGED, message="<img src=x> a | b\nc")), Format.MARKDOWN)
    assert "| \\<img src=x\\> a \\| b\\\\nc. Event" in text


def test_markdown_joins_what_stacks_have_alike() -> None:
    dev = replace(report().stacks[0], findings=(PRIVILEGED,))
    text = formatted(Report([dev, replace(dev, stack="qa")]), Format.MARKDOWN)
    assert text.count("| error | dev, qa | [no-privileged]") == 1


def test_markdown_fits_into_a_comment() -> None:
    dev = report().stacks[0]
    assert dev.plan is not None
    vpc = dev.plan.resources[2]
    many = tuple(replace(vpc, urn=f"{vpc.urn}-{number}", name=f"{vpc.name}-{number}") for number in range(2000))
    plan = replace(dev.plan, resources=(*dev.plan.resources, *many))
    findings = tuple(replace(PRIVILEGED, object=f"Deployment/shop/web-{number}") for number in range(200))
    text = formatted(Report([replace(dev, plan=plan, findings=findings)]), Format.MARKDOWN)
    assert len(text) < 65_536
    assert "And 150 more: `eks-fargate check` shows them all." in text
    assert "`eks-fargate preview dev` shows the tree of resources, too long for here." in text


def of(*findings: Finding) -> Report:
    """A report of one stack with these findings."""
    dev = replace(report().stacks[0], findings=findings)
    return Report([dev])
