"""Fargate profiles and AWS's matching of pods to them.

Source: https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from eks_fargate.fargate.patterns import includes, matches
from eks_fargate.fargate.pods import UNKNOWN_MAPPING
from eks_fargate.fargate.unknown import UNKNOWN, Unknown


@dataclass(frozen=True, slots=True)
class Selector:
    """One selector of a profile: a namespace pattern, and label patterns that a pod must all have.

    `*` stands for none, one or many characters and `?` for exactly one, in namespace, label keys and label values.
    """

    namespace: str
    labels: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        labels = ", ".join(f"{key}={value}" for key, value in sorted(self.labels.items()))
        return f"{self.namespace} ({labels})" if labels else self.namespace

    def selects(self, namespace: str | Unknown, labels: Mapping[str, Any]) -> bool | Unknown:
        """Whether a pod of that namespace and those labels matches; unknown where a value not known decides."""
        answer = _has_namespace(self.namespace, namespace)
        for key, value in self.labels.items():
            if answer is False:
                return False
            found = _has_label(key, value, labels)
            if found is not True:
                answer = found
        return answer

    def missing(self, namespace: str | Unknown, labels: Mapping[str, Any]) -> list[str]:
        """What a pod is not known to have, in words ("namespace shop", "label environment=fargate").

        Empty if it certainly matches.
        """
        lacks = [] if _has_namespace(self.namespace, namespace) is True else [f"namespace {self.namespace}"]
        lacks += [
            f"label {key}={value}"
            for key, value in sorted(self.labels.items())
            if _has_label(key, value, labels) is not True
        ]
        return lacks


def _has_namespace(pattern: str, namespace: str | Unknown) -> bool | Unknown:
    if isinstance(namespace, Unknown):
        return True if includes(pattern, "?*") else UNKNOWN
    return matches(pattern, namespace)


def _has_label(key_pattern: str, value_pattern: str, labels: Mapping[str, Any]) -> bool | Unknown:
    answer: bool | Unknown = UNKNOWN if labels is UNKNOWN_MAPPING else False
    for key, value in labels.items():
        if not matches(key_pattern, key):
            continue
        if value is UNKNOWN:
            if includes(value_pattern, "*"):
                return True
            answer = UNKNOWN
        elif isinstance(value, str) and matches(value_pattern, value):
            return True
    return answer


@dataclass(frozen=True, slots=True)
class Profile:
    """A Fargate profile: its physical name, by which AWS sorts, and its selectors.

    key: its name in settings, where that differs from the physical name; else empty.
    unread: whether it has further selectors, which are not known before deployment.
    """

    name: str
    selectors: tuple[Selector, ...]
    key: str = ""
    unread: bool = False

    def selects(self, namespace: str | Unknown, labels: Mapping[str, Any]) -> Selector | None:
        """The first selector that a pod of that namespace and those labels certainly matches, or None."""
        answer = self.answer(namespace, labels)
        return None if isinstance(answer, Unknown) else answer

    def answer(self, namespace: str | Unknown, labels: Mapping[str, Any]) -> Selector | Unknown | None:
        """As `selects`, but unknown where no selector certainly matches and a value that is not known may decide."""
        answer: Unknown | None = UNKNOWN if self.unread else None
        for selector in self.selectors:
            selects = selector.selects(namespace, labels)
            if selects is UNKNOWN:
                answer = UNKNOWN
            elif selects:
                return selector
        return answer


def in_order(profiles: tuple[Profile, ...]) -> tuple[Profile, ...]:
    """The profiles in the order in which AWS asks them: alphanumerically by physical name."""
    return tuple(sorted(profiles, key=lambda profile: profile.name))


def covers(wider: Selector, narrower: Selector) -> bool:
    """Whether every pod that `narrower` matches is provably one that `wider` matches too."""
    return includes(wider.namespace, narrower.namespace) and all(
        any(includes(key, k) and includes(value, v) for k, v in narrower.labels.items())
        for key, value in wider.labels.items()
    )


@dataclass(frozen=True, slots=True)
class Shadowed:
    """A selector that changes nothing: `by_selector` of the profile `by` takes every pod that it matches.

    by: a profile that wins over `profile`, or `profile` itself.
    """

    profile: Profile
    selector: Selector
    by: Profile
    by_selector: Selector


def shadowed(profiles: tuple[Profile, ...]) -> Iterator[Shadowed]:
    """The selectors that are repeated or shadowed, in AWS's order of profiles, each with the first that shadows it.

    Of two equal selectors of one profile the later is the repeated one. A pod that pins its profile by label can still
    reach a shadowed selector.
    """
    ordered = in_order(profiles)
    for rank, profile in enumerate(ordered):
        for index, selector in enumerate(profile.selectors):
            winners = [(winner, other) for winner in ordered[:rank] for other in winner.selectors]
            winners += [
                (profile, other)
                for other_index, other in enumerate(profile.selectors)
                if other_index < index or (other_index > index and not covers(selector, other))
            ]
            by = next(((winner, other) for winner, other in winners if covers(other, selector)), None)
            if by is not None:
                yield Shadowed(profile, selector, *by)
