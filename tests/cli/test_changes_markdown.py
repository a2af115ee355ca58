"""The changes as a part of a comment on a pull request: what a value could do to the page, and how long it grows."""

from __future__ import annotations

from dataclasses import replace

from eks_fargate.cli.changes_markdown import changes_markdown
from eks_fargate.fargate.resources import Resource
from eks_fargate.offline.changes.against import Changes
from eks_fargate.offline.changes.change import Change, Op, PropertyChange
from eks_fargate.offline.changes.comparison import Comparison
from eks_fargate.offline.gate import StackReport
from tests.offline.planned_resources import SUBNET_A, VPC_MAIN, plan, urn


def lines(*changes: Change, revision: str = "main") -> list[str]:
    found = Changes(revision, "0123456789abcdef0123", None, changes, {}, 0, ())
    after = StackReport("dev", "Pulumi.dev.yaml", plan(), ())
    return changes_markdown(Comparison(found, None, after)).splitlines()


def subnet(name: str) -> Resource:
    return replace(SUBNET_A, urn=urn(SUBNET_A.type, name), name=name)


def test_nothing_to_fold_is_not_folded() -> None:
    assert lines() == [
        "### dev: changes since main (0123456789ab)",
        "",
        "0 unchanged.",
        "",
        "Cost: 0.00 -> 0.00 USD a month (+0.00).",
    ]


def test_signs_of_markdown_in_names_stay_what_they_are() -> None:
    assert lines(revision="a_b*c`")[0] == "### dev: changes since a\\_b\\*c\\` (0123456789ab)"
    told = lines(Change(Op.DELETE, subnet("<b>_x_[y]"), None))
    assert told[8].startswith("- ec2 Subnet \\<b\\>\\_x\\_\\[y\\]: AWS refuses to delete a subnet in use")


def test_a_value_does_not_end_the_block_that_it_stands_in() -> None:
    change = Change(Op.UPDATE, VPC_MAIN, VPC_MAIN, (PropertyChange("a", "```", "x\n\x1b[31m```\n"),))
    assert lines(change)[-5:] == [
        "~  ec2 Vpc main",
        "     a: ''' -> x\\n\\x1b[31m'''\\n",
        "```",
        "",
        "</details>",
    ]


def test_a_long_list_is_cut_and_says_so() -> None:
    told = lines(*(Change(Op.CREATE, None, subnet(f"s{index:03}")) for index in range(250)))
    assert (
        told[told.index("+  ec2 Subnet s199") + 1] == "... and 50 more: `eks-fargate preview --against` shows them all"
    )
