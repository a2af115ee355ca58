from __future__ import annotations

from eks_fargate.cli.rules_page import rules_page
from eks_fargate.fargate.rules import all_rules


def test_the_page_names_every_rule_once_by_group() -> None:
    lines = [line for line in rules_page().splitlines() if line.startswith("| `")]
    assert [line.split("`")[1] for line in lines] == [rule.id for rule in all_rules()]


def test_a_row_holds_id_level_statement_and_source() -> None:
    assert (
        "| `no-privileged` | error | No container is privileged. | "
        "[source](https://docs.aws.amazon.com/eks/latest/userguide/fargate.html) |"
    ) in rules_page().splitlines()


def test_headings_are_in_the_order_of_the_groups() -> None:
    headings = [line for line in rules_page().splitlines() if line.startswith("## ")]
    assert headings[:5] == [
        "## A. What Fargate refuses",
        "## B. Profiles and cluster",
        "## C. Exposure",
        "## D. What Fargate changes without a word",
        "## E. Pod security and hygiene",
    ]


def test_an_asterisk_in_a_statement_is_no_markup() -> None:
    assert all("*" not in line.replace("\\*", "") for line in rules_page().splitlines() if line.startswith("| `"))
