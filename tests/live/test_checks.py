"""Checks and reports."""

from __future__ import annotations

from eks_fargate.fargate.findings import Level
from eks_fargate.live.checks import Check, Report, State, compared, in_words, not_checked, ok, sorted_checks

ERROR = Check("a", "x", State.PROBLEM, "1", "2", "why", "fix")
WARNING = Check("a", "y", State.PROBLEM, level=Level.WARNING)
UNKNOWN = Check("a", "z", State.UNKNOWN)
NOT_CHECKED = not_checked("a", "w", "denied", Level.WARNING)
WELL = ok("a", "v")


def report(*checks: Check) -> Report:
    return Report("look", sorted_checks(checks), 7)


def test_only_an_error_fails() -> None:
    assert report(ERROR).failed
    assert not report(WARNING, UNKNOWN, NOT_CHECKED, WELL).failed


def test_a_report_without_anything_well_or_wrong_tells_nothing() -> None:
    assert report(UNKNOWN, NOT_CHECKED).tells_nothing
    assert not report(NOT_CHECKED, WELL).tells_nothing
    assert not report(WARNING).tells_nothing


def test_strict_gives_what_could_not_be_told_its_level() -> None:
    assert report(UNKNOWN).strict().failed
    assert not report(NOT_CHECKED).strict().failed
    assert report(NOT_CHECKED).strict().summary() == "1 warning"


def test_checks_are_sorted_by_area_as_it_first_comes_and_then_by_weight() -> None:
    first = ok("z", "first area")
    assert sorted_checks([first, WELL, NOT_CHECKED, WARNING, UNKNOWN, ERROR, ERROR]) == (
        first,
        ERROR,
        WARNING,
        UNKNOWN,
        NOT_CHECKED,
        WELL,
    )


def test_the_summary_counts_every_state() -> None:
    whole = report(ERROR, WARNING, UNKNOWN, NOT_CHECKED, WELL)
    assert whole.summary() == "1 error, 1 warning, 1 unknown, 1 not checked, 1 ok"


def test_json_has_a_level_for_problems_alone_and_leaves_out_what_is_empty() -> None:
    assert report(ERROR, WELL).to_json() == {
        "title": "look",
        "checks": [
            {
                "area": "a",
                "subject": "x",
                "state": "problem",
                "level": "error",
                "planned": "1",
                "actual": "2",
                "why": "why",
                "fix": "fix",
            },
            {"area": "a", "subject": "v", "state": "ok"},
        ],
        "summary": "1 error, 1 ok",
        "calls": 7,
    }


def test_what_is_the_same_is_well_and_what_differs_is_a_problem() -> None:
    assert compared("a", "x", "1", "1", "fix") == ok("a", "x", "1", "1")
    assert compared("a", "x", "1", "2", "fix") == Check(
        "a", "x", State.PROBLEM, "1", "2", "it is not as planned", "fix"
    )


def test_nothing_is_none_in_words() -> None:
    assert (in_words([]), in_words(["a", 1])) == ("none", "a, 1")
