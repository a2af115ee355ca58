"""What a rule is: metadata and one function that yields the places where its statement does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from eks_fargate.fargate.findings import Finding, Level
from eks_fargate.fargate.unknown import UNKNOWN

S = TypeVar("S")

CONFIGURE_PROFILES = "Configure dataPlane, and in profiles the cluster's Fargate profiles."
MAKE_IT_KNOWN = "Write the value itself instead of an output, or look at the object again after deployment."


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


LEVELS: Final[Mapping[str, Level | None]] = {"off": None, "warning": Level.WARNING, "error": Level.ERROR}
"""What a user may set for a rule -> its level; None where it is switched off."""


@dataclass(frozen=True, slots=True)
class Levels:
    """The levels that a user has set: rule id -> level, or None for a rule that is switched off."""

    by_rule: Mapping[str, Level | None]

    def of(self, rule: Rule[S]) -> Level | None:
        """The level in force for `rule`; None where it is off."""
        return self.by_rule.get(rule.id, rule.level)


DEFAULT_LEVELS = Levels({})


def read(fields: Any, *keys: str) -> Any:
    """The value at `keys` within nested mappings.

    Unknown where a step on the way is unknown, None where one is missing, null or no mapping.
    """
    value = fields
    for key in keys:
        # Most values are dicts or missing; asking whether they are a Mapping takes several times as long.
        if value is None:
            return None
        if isinstance(value, (dict, Mapping)):
            value = value.get(key)
        else:
            return UNKNOWN if value is UNKNOWN else None
    return value


def each(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """The entries of a list with their paths; an unknown list is one unknown entry at `path`; no list has none."""
    if value is UNKNOWN:
        yield path, UNKNOWN
    elif isinstance(value, (list, tuple)):
        for index, entry in enumerate(value):
            yield f"{path}[{index}]", entry


def entries(value: Any, path: str) -> Iterator[tuple[str, str, Any]]:
    """The path, key and value of each entry of a mapping, sorted; an unknown mapping is one entry of an empty key."""
    if value is UNKNOWN:
        yield path, "", UNKNOWN
    elif isinstance(value, Mapping):
        for key in sorted(value, key=str):
            yield f"{path}.{key}", str(key), value[key]


def not_known(path: str, question: str) -> Undetermined:
    """The verdict for an unknown value at `path`. question: what it decides, "whether a container is privileged"."""
    return Undetermined(path, f"{path} is not known before deployment, and decides {question}", MAKE_IT_KNOWN)


def judge(rule: Rule[S], subject: S, object_ref: str, levels: Levels = DEFAULT_LEVELS) -> list[Finding]:
    """The findings of `rule` on `subject`, at the level in force; none where the rule is off.

    A rule that raises is itself a finding, after those it had yielded; its exception's text, which may quote a value,
    is left out.
    """
    level = levels.of(rule)
    if level is None:
        return []
    found: list[Finding] = []
    try:
        for verdict in rule.check(subject):
            found.append(finding_of(rule, verdict, object_ref, level))  # noqa: PERF401  what was found before an error stays
    except Exception as error:  # one broken rule must not hide what the others find
        found.append(
            Finding(
                rule.id,
                Level.ERROR,
                object_ref,
                "",
                f"internal error in rule {rule.id}: {type(error).__name__}",
                "Report this with the object that caused it; until then the rule says nothing about the object.",
                rule.source,
            )
        )
    return found


def finding_of(rule: Rule[S], verdict: Verdict, object_ref: str, level: Level) -> Finding:
    """The finding for one verdict of `rule`, whose level in force is `level`."""
    weight = Level.WARNING if verdict.soft else level
    if isinstance(verdict, Fail):
        return Finding(
            rule.id,
            weight,
            object_ref,
            verdict.path,
            verdict.message,
            verdict.fix,
            rule.source,
            event=verdict.event,
        )
    return Finding(
        rule.id,
        Level.UNDETERMINED,
        object_ref,
        verdict.path,
        verdict.message,
        verdict.fix,
        rule.source,
        would_be=weight,
    )


def words(items: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"
