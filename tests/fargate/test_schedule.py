from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from eks_fargate.fargate.schedule import ASSUMED_RUN_MINUTES, Runs, ScheduleError, cron_runs, once

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("schedule", "runs_a_year"),
    [
        ("* * * * *", 525_600),
        ("*/5 * * * *", 105_120),
        ("0 */7 * * *", 1_460),
        ("30 2,14 * * *", 730),
        ("0 2 * * 1-5", 260),
        ("0 0 ? * MON", 52),
        ("0 0 13 * 5", 63),
        ("0 0 1 * *", 12),
        ("0 0 31 2 *", 0),
        ("@hourly", 8_760),
        ("@daily", 365),
        ("@midnight", 365),
        ("@weekly", 52),
        ("@monthly", 12),
        ("@yearly", 1),
        ("@annually", 1),
    ],
)
def test_the_runs_of_a_schedule(schedule: str, runs_a_year: int) -> None:
    assert cron_runs(schedule, TODAY) == Runs(Decimal(runs_a_year) / 12)


def test_a_day_of_the_month_and_a_day_of_the_week_are_either_or() -> None:
    # 52 Fridays and 12 thirteenths, of which one falls on a Friday.
    assert cron_runs("0 0 13 * 5", TODAY).per_month * 12 == 52 + 12 - 1


def test_a_leap_day_counts_in_the_year_that_has_one() -> None:
    assert cron_runs("0 0 29 2 *", date(2027, 11, 21)).per_month * 12 == 1
    assert cron_runs("0 0 29 2 *", TODAY).per_month == 0


@pytest.mark.parametrize(
    ("schedule", "time_zone", "left_aside"),
    [
        ("0 6 * * *", "Europe/Paris", "Europe/Paris"),
        ("CRON_TZ=UTC 0 6 * * *", None, "UTC"),
        ("TZ=UTC @daily", None, "UTC"),
    ],
)
def test_a_time_zone_is_left_aside_and_said(schedule: str, time_zone: str | None, left_aside: str) -> None:
    runs = cron_runs(schedule, TODAY, time_zone=time_zone)
    assert runs == Runs(Decimal(365) / 12, f"the time zone {left_aside} is left aside")


def test_a_suspended_cron_job_does_not_run() -> None:
    assert cron_runs("@hourly", TODAY, suspended=True) == Runs(Decimal(0), "suspended")


def test_a_job_runs_once() -> None:
    assert once() == Runs(Decimal(1))


def test_runs_last_the_assumed_time() -> None:
    assert ASSUMED_RUN_MINUTES == 10
    assert cron_runs("@hourly", TODAY).hours_per_month == Decimal(730) * 10 / 60


@pytest.mark.parametrize(
    "schedule", ["", "* * * *", "* * * * * *", "H * * * *", "0 0 L * *", "@every 5m", "0 0 * * 5#2"]
)
def test_what_kubernetes_does_not_take_is_refused(schedule: str) -> None:
    with pytest.raises(ScheduleError, match="is not one that can be counted: write five fields"):
        cron_runs(schedule, TODAY)


def test_a_field_out_of_range_is_refused() -> None:
    with pytest.raises(ScheduleError, match=r"^schedule '61 \* \* \* \*' cannot be read: "):
        cron_runs("61 * * * *", TODAY)
