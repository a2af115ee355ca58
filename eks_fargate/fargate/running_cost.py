"""What the pods of a workload cost by the month: all the time, or as often as its schedule starts them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from eks_fargate.fargate.facts import DEFAULT_FACTS, Facts
from eks_fargate.fargate.pods import Pod
from eks_fargate.fargate.prices import NotKnown
from eks_fargate.fargate.pricing import HOURS_PER_MONTH, Price, pod_price
from eks_fargate.fargate.schedule import Runs, ScheduleError, cron_runs, once
from eks_fargate.fargate.sizing import Size
from eks_fargate.fargate.unknown import UNKNOWN, Unknown

_WHAT = "the cost"


@dataclass(frozen=True, slots=True)
class RunningCost:
    """What the pods of one workload cost, in USD.

    usd_per_hour: of one pod while it runs. monthly_each: of one pod. monthly_all: of all; None where their number is
    not known. runs: how often they run; None where they run all the time.
    """

    usd_per_hour: Decimal
    monthly_each: Decimal
    monthly_all: Decimal | None
    runs: Runs | None = None


@dataclass(frozen=True, slots=True)
class RunningCosts:
    """What pods of a region cost; each size is priced, and each schedule counted, once.

    region: None where none is given. today: from which the runs of a schedule are counted.
    """

    region: str | Unknown | None
    today: date
    facts: Facts = DEFAULT_FACTS
    _by_size: dict[Size, Price | NotKnown] = field(default_factory=dict)
    _by_schedule: dict[tuple[str, str | None, bool], Runs | NotKnown] = field(default_factory=dict)

    def of(self, pod: Pod, size: Size) -> RunningCost | NotKnown:
        """The cost of the pods of a workload, of which each gets `size`."""
        if self.region is None:
            return NotKnown(_WHAT, because="no region is given")
        if size not in self._by_size:
            self._by_size[size] = pod_price(size, self.region, self.facts)
        price = self._by_size[size]
        if isinstance(price, NotKnown):
            return price
        runs = self._runs(pod)
        if isinstance(runs, NotKnown):
            return runs
        each = price.usd_per_hour * (HOURS_PER_MONTH if runs is None else runs.hours_per_month)
        everything = None if isinstance(pod.replicas, Unknown) else each * pod.replicas
        return RunningCost(price.usd_per_hour, each, everything, runs)

    def _runs(self, pod: Pod) -> Runs | NotKnown | None:
        if pod.kind == "Job":
            return once()
        if pod.kind != "CronJob":
            return None
        spec: Any = pod.manifest.get("spec")
        written = spec if isinstance(spec, Mapping) else {}
        schedule, zone, suspended = written.get("schedule"), written.get("timeZone"), written.get("suspend")
        if UNKNOWN in (schedule, suspended):
            return NotKnown(_WHAT, because="how often it runs is not known before deployment")
        if not isinstance(schedule, str):
            return NotKnown(_WHAT, because="spec.schedule is no text")
        asked = schedule, zone if isinstance(zone, str) else None, suspended is True
        if asked not in self._by_schedule:
            self._by_schedule[asked] = self._counted(*asked)
        return self._by_schedule[asked]

    def _counted(self, schedule: str, zone: str | None, suspended: bool) -> Runs | NotKnown:  # noqa: FBT001  as Kubernetes has it
        try:
            return cron_runs(schedule, self.today, time_zone=zone, suspended=suspended)
        except ScheduleError as error:
            return NotKnown(_WHAT, because=str(error))
