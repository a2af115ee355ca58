"""Looking again."""

from __future__ import annotations

from collections.abc import Sequence

from eks_fargate.live.checks import Check, Report, State
from eks_fargate.live.waiting import wait

BAD = Report("look", (Check("a", "x", State.PROBLEM),), 1)
STARTING = Report("look", (Check("a", "x", State.UNKNOWN),), 1)
DENIED = Report("look", (Check("a", "x", State.NOT_CHECKED),), 1)
WELL = Report("look", (Check("a", "x", State.OK),), 1)


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []
        self.progress: list[str] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def waited(reports: Sequence[Report], minutes: float) -> tuple[Report, Time]:
    time, looks = Time(), iter(reports)
    return wait(lambda: next(looks), minutes, time.clock, time.sleep, time.progress.append), time


def test_it_looks_until_nothing_fails_and_nothing_is_starting() -> None:
    report, time = waited([BAD, STARTING, WELL, BAD], minutes=10)
    assert report is WELL
    assert time.slept == [15, 15]
    assert time.progress == ["1 error; 10 minutes left", "1 unknown; 10 minutes left"]


def test_it_ends_with_the_last_look_when_the_time_is_up() -> None:
    report, time = waited([BAD] * 10, minutes=0.6)
    assert report is BAD
    assert sum(time.slept) == 36


def test_it_looks_once_where_no_time_is_given() -> None:
    report, time = waited([BAD], minutes=0)
    assert (report, time.slept, time.progress) == (BAD, [], [])


def test_it_does_not_wait_for_what_cannot_be_asked() -> None:
    assert waited([DENIED], minutes=10)[1].slept == []
