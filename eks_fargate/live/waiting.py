"""Looking again until all is well, or the time is up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from eks_fargate.live.checks import Report, State

_SECONDS_BETWEEN: Final = 15.0


def wait(
    look: Callable[[], Report],
    minutes: float,
    clock: Callable[[], float],
    sleep: Callable[[float], None],
    progress: Callable[[str], None],
) -> Report:
    """The first report in which nothing fails and nothing is still unknown, or the last one when `minutes` are over.

    clock: seconds that pass. progress: is told the summary of each look that is not the last.
    """
    end = clock() + minutes * 60
    while True:
        report = look()
        settled = not report.failed and not any(check.state is State.UNKNOWN for check in report.checks)
        left = end - clock()
        if settled or left <= 0:
            return report
        progress(f"{report.summary()}; {left / 60:.0f} minutes left")
        sleep(min(_SECONDS_BETWEEN, left))
