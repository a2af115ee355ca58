"""What a rule is: metadata and one function that yields the places where its statement does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from eks_fargate.fargate.findings import Finding, Level

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Fail:
    """The statement does not hold.

    path: dotted path of the field. message: what is so, with the value got. fix: what to do.
    event: the event text that the pod would show. soft: a milder case of the rule, at most a warning.
    """

    path: str
    message: str
    fix: str
    event: str | None = None
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Undetermined:
    """Whether the statement holds hangs on a value that is not known before deployment.

    path: of that value. message: what would decide. fix: how to make it known, or how to check later.
    """

    path: str
    message: str
    fix: str
    soft: bool = False


Verdict = Fail | Undetermined


@dataclass(frozen=True, slots=True)
class Rule(Generic[S]):
    """One statement that must be true of every subject of a kind.

    id: fixed, users name it in settings and suppressions. group: A to F, see docs/rules.md. level: the default one.
    statement: the sentence that must be true. source: URL of the fact behind it.
    check: yields a verdict for every place where the statement fails or cannot be told; nothing where it holds.
    """

    id: str
    group: str
    level: Level
    statement: str
    source: str
    check: Callable[[S], Iterable[Verdict]]


@dataclass(frozen=True, slots=True)
class Levels:
    """The levels that a user has set: rule id -> level, or None for a rule that is switched off."""

    by_rule: Mapping[str, Level | None]

    def of(self, rule: Rule[S]) -> Level | None:
        """The level in force for `rule`; None where it is off."""
        return self.by_rule.get(rule.id, rule.level)


DEFAULT_LEVELS = Levels({})


def judge(rule: Rule[S], subject: S, object_ref: str, levels: Levels = DEFAULT_LEVELS) -> list[Finding]:
    """The findings of `rule` on `subject`, at the level in force; none where the rule is off."""
    level = levels.of(rule)
    if level is None:
        return []
    found: list[Finding] = []
    for verdict in rule.check(subject):
        weight = Level.WARNING if verdict.soft else level
        if isinstance(verdict, Fail):
            found.append(
                Finding(
                    rule.id,
                    weight,
                    object_ref,
                    verdict.path,
                    verdict.message,
                    verdict.fix,
                    rule.source,
                    event=verdict.event,
                )
            )
        else:
            found.append(
                Finding(
                    rule.id,
                    Level.UNDETERMINED,
                    object_ref,
                    verdict.path,
                    verdict.message,
                    verdict.fix,
                    rule.source,
                    would_be=weight,
                )
            )
    return found
