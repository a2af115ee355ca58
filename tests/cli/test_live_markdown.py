"""A look at a cloud as Markdown."""

from __future__ import annotations

from eks_fargate.cli.live_markdown import report_markdown
from eks_fargate.live.checks import Check, Report, State


def test_only_what_is_not_well_is_in_the_table_and_its_marks_are_escaped() -> None:
    checks = (
        Check("cluster", "demo", State.OK, "ACTIVE", "ACTIVE"),
        Check("profiles", "a|b", State.PROBLEM, "app-*", "x", "drift", "run `pulumi up`"),
    )
    assert report_markdown(Report("verify of dev", checks, 2)).splitlines() == [
        "## Verify of dev",
        "",
        "1 error, 1 ok",
        "",
        "| State | Area | What | Found | Fix |",
        "| --- | --- | --- | --- | --- |",
        "| error | profiles | a\\|b | planned app-\\*, actual x; drift | run `pulumi up` |",
    ]


def test_where_all_is_well_there_is_no_table() -> None:
    checks = (Check("cluster", "demo", State.OK),)
    assert report_markdown(Report("verify of dev", checks, 2)) == "## Verify of dev\n\n1 ok\n"


def test_more_rows_than_anyone_reads_are_counted() -> None:
    checks = tuple(Check("a", f"x{index}", State.PROBLEM) for index in range(103))
    assert report_markdown(Report("look", checks, 2)).endswith("\n\n... and 3 more\n")
