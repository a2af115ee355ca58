"""Kubernetes label selectors, over labels of which some may be unknown.

Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from eks_fargate.fargate.unknown import UNKNOWN, Unknown


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that a selector asks of labels.

    operator: In, NotIn, Exists or DoesNotExist; unknown where it, or what holds it, is unknown.
    """

    key: str
    operator: str | Unknown
    values: tuple[Any, ...] = ()

    def holds(self, labels: Any) -> bool | Unknown:
        """Whether `labels`, a mapping or unknown, meet it."""
        if isinstance(self.operator, Unknown) or isinstance(labels, Unknown):
            return UNKNOWN
        value = labels.get(self.key)
        if isinstance(value, Unknown):
            return UNKNOWN
        if self.operator == "Exists":
            return value is not None
        if self.operator == "DoesNotExist":
            return value is None
        is_in = self.operator == "In"
        if value is not None and value in self.values:
            return is_in
        return UNKNOWN if value is not None and UNKNOWN in self.values else not is_in


Requirements = tuple[Requirement, ...]
_NOT_KNOWN: Requirements = (Requirement("", UNKNOWN),)


def of_labels(labels: Any) -> Requirements:
    """What a plain mapping of labels asks, as a Service's selector does."""
    if labels is UNKNOWN:
        return _NOT_KNOWN
    if not isinstance(labels, Mapping):
        return ()
    return tuple(Requirement(str(key), "In", (_text(value),)) for key, value in labels.items())


def of_selector(selector: Any) -> Requirements:
    """What a LabelSelector (`matchLabels`, `matchExpressions`) asks; nothing where it is empty or missing."""
    if selector is UNKNOWN:
        return _NOT_KNOWN
    if not isinstance(selector, Mapping):
        return ()
    asked = of_labels(selector.get("matchLabels"))
    expressions = selector.get("matchExpressions")
    if expressions is UNKNOWN:
        return asked + _NOT_KNOWN
    return asked + tuple(_expression(entry) for entry in _list(expressions))


def _expression(entry: Any) -> Requirement:
    if not isinstance(entry, Mapping) or entry.get("key") is UNKNOWN:
        return _NOT_KNOWN[0]
    values = entry.get("values")
    listed = (UNKNOWN,) if values is UNKNOWN else tuple(_text(value) for value in _list(values))
    return Requirement(str(entry.get("key")), entry.get("operator", UNKNOWN), listed)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str | Unknown:
    return UNKNOWN if value is UNKNOWN else str(value)


def all_hold(answers: Iterable[bool | Unknown]) -> bool | Unknown:
    """False where one answer is False, else unknown where one is unknown, else True."""
    result: bool | Unknown = True
    for answer in answers:
        if answer is UNKNOWN:
            result = UNKNOWN
        elif not answer:
            return False
    return result


def matches(asked: Requirements, labels: Any) -> bool | Unknown:
    """Whether `labels`, a mapping or unknown, meet everything asked."""
    return all_hold(requirement.holds(labels) for requirement in asked)
