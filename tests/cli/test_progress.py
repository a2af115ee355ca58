"""The bar on standard error."""

from __future__ import annotations

import io

import pytest

from eks_fargate.cli.progress import ProgressBar


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr("eks_fargate.cli.progress.time.monotonic", lambda: now[0])
    return now


def test_nothing_is_drawn_where_no_one_looks(clock: list[float]) -> None:
    stream = io.StringIO()
    bar = ProgressBar("reading", stream)
    clock[0] += 10
    bar.update(1, 2)
    bar.close()
    assert stream.getvalue() == ""


def test_nothing_is_drawn_for_short_work(clock: list[float]) -> None:
    stream = Terminal()
    bar = ProgressBar("reading", stream)
    clock[0] += 0.4
    bar.update(1, 2)
    bar.go_on("explaining")
    bar.close()
    assert stream.getvalue() == ""


def test_long_work_is_drawn_at_most_ten_times_a_second_and_wiped_away(clock: list[float]) -> None:
    stream = Terminal()
    bar = ProgressBar("reading", stream)
    clock[0] += 0.6
    bar.update(1, 2)
    clock[0] += 0.05
    bar.update(2, 2)
    assert stream.getvalue() == f"\rreading [{'#' * 15}{' ' * 15}]  50%"
    bar.go_on("explaining")
    bar.close()
    assert stream.getvalue().endswith("50%\r\x1b[Kexplaining ...\r\x1b[K")


def test_work_of_no_known_amount_is_done(clock: list[float]) -> None:
    stream = Terminal()
    bar = ProgressBar("reading", stream)
    clock[0] += 1
    bar.update(0, 0)
    assert stream.getvalue().endswith("100%")
