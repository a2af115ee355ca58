"""A look at a cloud as text."""

from __future__ import annotations

from eks_fargate.cli.live_text import report_text
from eks_fargate.fargate.findings import Level
from eks_fargate.live.checks import Check, Report, State, sorted_checks

CHECKS = (
    Check("cluster", "demo", State.OK, "ACTIVE", "ACTIVE"),
    Check("cluster", "demo: version", State.PROBLEM, "1.35", "1.34", "it is not as planned", "run `pulumi up`"),
    Check("pods", "shop/web", State.UNKNOWN, actual="Pending", why="it may still be starting"),
    Check("pods", "events\x1b", State.NOT_CHECKED, why="denied"),
    Check("pods", "logs", State.PROBLEM, level=Level.WARNING),
)


def test_what_is_wrong_comes_first_in_each_area_with_its_fix() -> None:
    assert report_text(Report("verify of dev", sorted_checks(CHECKS), 1)).splitlines() == [
        "verify of dev",
        "",
        "cluster",
        "  error       demo: version: planned 1.35, actual 1.34; it is not as planned",
        "              fix: run `pulumi up`",
        "  ok          demo: ACTIVE",
        "pods",
        "  warning     logs",
        "  unknown     shop/web: Pending; it may still be starting",
        "  not-checked events\\x1b: denied",
        "",
        "1 error, 1 warning, 1 unknown, 1 not checked, 1 ok (1 call to AWS)",
    ]
