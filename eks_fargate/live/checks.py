"""What a look at a cloud found: one record for each thing looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from eks_fargate.fargate.findings import Level
from eks_fargate.live.failures import Failure


class State(StrEnum):
    """What is known of a subject. UNKNOWN: asked, and the answer does not tell. NOT_CHECKED: could not be asked."""

    OK = "ok"
    PROBLEM = "problem"
    UNKNOWN = "unknown"
    NOT_CHECKED = "not-checked"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at.

    area: what it is part of ("quotas", "profiles"). subject: what was looked at, by name. planned: as the plan has it.
    actual: as AWS or Kubernetes has it. why: what that means, or why it is not known. fix: what to do, empty where
    there is nothing to do. level: of a problem, error or warning; of anything else, that which the problem would have.
    """

    area: str
    subject: str
    state: State
    planned: str = ""
    actual: str = ""
    why: str = ""
    fix: str = ""
    level: Level = Level.ERROR

    def to_json(self) -> dict[str, str]:
        """The check under its JSON keys; empty ones are left out, and so is the level of what is no problem."""
        out = {
            "area": self.area,
            "subject": self.subject,
            "state": self.state.value,
            "level": self.level.value if self.state is State.PROBLEM else "",
            "planned": self.planned,
            "actual": self.actual,
            "why": self.why,
            "fix": self.fix,
        }
        return {key: value for key, value in out.items() if value}


@dataclass(frozen=True, slots=True)
class Report:
    """The checks of one command, sorted: by area in the order of the look, then by weight and subject.

    title: what was looked at, in a line. calls: how many calls to AWS it took.
    """

    title: str
    checks: tuple[Check, ...]
    calls: int

    @property
    def failed(self) -> bool:
        """Whether there is a problem of level error."""
        return any(check.state is State.PROBLEM and check.level is Level.ERROR for check in self.checks)

    @property
    def tells_nothing(self) -> bool:
        """Whether not one thing could be told, well or not."""
        return not any(check.state in (State.OK, State.PROBLEM) for check in self.checks)

    def strict(self) -> Report:
        """The same, with everything that could not be told as a problem of the level that it would have."""
        untold = (State.UNKNOWN, State.NOT_CHECKED)
        checks = (replace(one, state=State.PROBLEM) if one.state in untold else one for one in self.checks)
        return replace(self, checks=sorted_checks(checks))

    def summary(self) -> str:
        """How many checks there are of each state, in words."""
        counts: Counter[str] = Counter()
        for check in self.checks:
            counts[_told(check)] += 1
        words = ("error", "warning", "unknown", "not checked", "ok")
        return ", ".join(f"{counts[word]} {word}{_plural(word, counts[word])}" for word in words if counts[word])

    def to_json(self) -> dict[str, Any]:
        """The report under its JSON keys."""
        return {
            "title": self.title,
            "checks": [check.to_json() for check in self.checks],
            "summary": self.summary(),
            "calls": self.calls,
        }


def _told(check: Check) -> str:
    if check.state is State.PROBLEM:
        return check.level.value
    return "not checked" if check.state is State.NOT_CHECKED else check.state.value


def _plural(word: str, count: int) -> str:
    return "s" if word in {"error", "warning"} and count != 1 else ""


_WEIGHT = {State.PROBLEM: 0, State.UNKNOWN: 1, State.NOT_CHECKED: 2, State.OK: 3}


def sorted_checks(checks: Iterable[Check]) -> tuple[Check, ...]:
    """The checks by area, as the areas first come; within one by weight, subject and text; none twice."""
    listed = list(dict.fromkeys(checks))
    rank = {area: index for index, area in reversed(list(enumerate(check.area for check in listed)))}
    return tuple(
        sorted(
            listed,
            key=lambda one: (rank[one.area], _WEIGHT[one.state], one.level.value, one.subject, one.why, one.actual),
        )
    )


def ok(area: str, subject: str, planned: str = "", actual: str = "", why: str = "") -> Check:
    """The subject is as it should be."""
    return Check(area, subject, State.OK, planned, actual, why)


def not_checked(area: str, subject: str, why: Failure | str, level: Level = Level.ERROR) -> Check:
    """The subject could not be looked at. level: that which a problem of it would have."""
    return Check(area, subject, State.NOT_CHECKED, why=str(why), level=level)


def compared(  # noqa: PLR0913 - a check has that many parts
    area: str, subject: str, planned: str, actual: str, fix: str, *, level: Level = Level.ERROR
) -> Check:
    """Ok where both texts are the same, else a problem that shows planned beside actual."""
    if planned == actual:
        return ok(area, subject, planned, actual)
    return Check(area, subject, State.PROBLEM, planned, actual, "it is not as planned", fix, level)


def in_words(items: Sequence[object]) -> str:
    """Several things in a line; "none" where there are none."""
    return ", ".join(map(str, items)) or "none"
