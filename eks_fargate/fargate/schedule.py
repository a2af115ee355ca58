"""How often a month a Job or a CronJob runs, as far as a manifest tells.

Source: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from croniter import CroniterBadDateError, CroniterError, croniter

ASSUMED_RUN_MINUTES = 10
"""How long a run is taken to last, since no manifest says it; whoever prints a cost of runs prints this too."""

_MACROS = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
# What Kubernetes takes in a field; the parser used here would take more.
_FIELD = re.compile(r"(\*|\?|\d{1,2}|[A-Za-z]{3})([,/-](\*|\?|\d{1,2}|[A-Za-z]{3}))*")
_DAYS_IN_YEAR = 365
_MONTHS_IN_YEAR = 12


@dataclass(frozen=True, slots=True)
class Runs:
    """How often something runs. per_month: on average over a year. note: what was left aside; empty where nothing."""

    per_month: Decimal
    note: str = ""

    @property
    def hours_per_month(self) -> Decimal:
        """At the assumed duration of a run."""
        return self.per_month * ASSUMED_RUN_MINUTES / 60


class ScheduleError(ValueError):
    """The schedule of a CronJob cannot be read; the text says why."""


def once() -> Runs:
    """The runs of a Job: one, in the month in which it is applied."""
    return Runs(Decimal(1))


def cron_runs(schedule: str, today: date, *, time_zone: str | None = None, suspended: bool = False) -> Runs:
    """The runs of a CronJob: those of the 365 days from `today` on, by 12.

    schedule: five fields, or a macro such as @hourly. time_zone: `spec.timeZone`; left aside, and said so, since it
    moves runs and hardly changes their number. suspended: `spec.suspend`. Raises ScheduleError.
    """
    if suspended:
        return Runs(Decimal(0), "suspended")
    expression = schedule.strip()
    if found := re.match(r"(?:CRON_)?TZ=(\S+)\s+", expression):
        time_zone, expression = time_zone or found[1], expression[found.end() :]
    note = f"the time zone {time_zone} is left aside" if time_zone else ""
    fields = _MACROS.get(expression, expression).split()
    if len(fields) != 5 or not all(_FIELD.fullmatch(field) for field in fields):
        msg = (
            f"schedule {schedule!r} is not one that can be counted: write five fields (minute, hour, day, month, "
            f"weekday) or one of {', '.join(sorted(_MACROS))}"
        )
        raise ScheduleError(msg)
    try:
        count = _runs_a_year(fields, today)
    except CroniterError as error:
        msg = f"schedule {schedule!r} cannot be read: {error}"
        raise ScheduleError(msg) from None
    return Runs(Decimal(count) / _MONTHS_IN_YEAR, note)


def _runs_a_year(fields: list[str], today: date) -> int:
    """Days by runs a day: walking a year minute by minute would take seconds."""
    minutes, hours = croniter.expand(" ".join(fields))[0][:2]
    runs_a_day = (60 if minutes == ["*"] else len(minutes)) * (24 if hours == ["*"] else len(hours))
    start = datetime.combine(today, time.min)
    walk = croniter(" ".join(["0", "0", *fields[2:]]), start - timedelta(minutes=1))
    end = start + timedelta(days=_DAYS_IN_YEAR)
    days = 0
    try:
        while walk.get_next(datetime) < end:
            days += 1
    except CroniterBadDateError:
        # No such day in sight, such as the 31st of February.
        return 0
    return days * runs_a_day
