"""`eks-fargate rules`."""

from __future__ import annotations

import json

import pytest

from eks_fargate.cli.main import run
from eks_fargate.cli.rules_page import rules_page
from eks_fargate.fargate.rules import all_rules


def test_text_has_level_statement_and_source_of_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    heads = [line for line in lines if not line.startswith(" ")]
    assert heads == [f"{rule.id}  {rule.level}" for rule in all_rules()]
    at = lines.index("no-privileged  error")
    assert lines[at + 1 : at + 3] == [
        "    No container is privileged.",
        "    https://docs.aws.amazon.com/eks/latest/userguide/fargate.html",
    ]


def test_json_lists_every_rule_with_its_group(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(rule["group"], rule["id"]) for rule in listed] == [(rule.group, rule.id) for rule in all_rules()]
    assert {rule["id"]: rule for rule in listed}["no-privileged"] == {
        "id": "no-privileged",
        "group": "A",
        "level": "error",
        "statement": "No container is privileged.",
        "source": "https://docs.aws.amazon.com/eks/latest/userguide/fargate.html",
    }


def test_markdown_is_the_page_of_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "--format", "markdown"]) == 0
    assert capsys.readouterr().out == rules_page()
