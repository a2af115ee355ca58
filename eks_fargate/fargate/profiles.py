"""Fargate profiles and AWS's matching of pods to them.

Source: https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache


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

    def missing(self, namespace: str, labels: Mapping[str, str]) -> list[str]:
        """What a pod lacks to match, in words ("namespace shop", "label environment=fargate"); empty if it matches."""
        lacks = [] if matches(self.namespace, namespace) else [f"namespace {self.namespace}"]
        lacks += [
            f"label {key}={value}"
            for key, value in sorted(self.labels.items())
            if not any(matches(key, k) and matches(value, v) for k, v in labels.items())
        ]
        return lacks


@dataclass(frozen=True, slots=True)
class Profile:
    """A Fargate profile: its physical name, by which AWS sorts, and its selectors.

    key: its name in settings, where that differs from the physical name; else empty.
    """

    name: str
    selectors: tuple[Selector, ...]
    key: str = ""

    def selects(self, namespace: str, labels: Mapping[str, str]) -> Selector | None:
        """The first selector that a pod of that namespace and those labels matches, or None."""
        for selector in self.selectors:
            if not selector.missing(namespace, labels):
                return selector
        return None


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(
        "".join(".*" if c == "*" else "." if c == "?" else re.escape(c) for c in re.sub(r"\*+", "*", pattern)),
        re.DOTALL,
    )


def matches(pattern: str, text: str) -> bool:
    """Whether `text` as a whole matches `pattern`; only `*` and `?` are special."""
    if "*" not in pattern and "?" not in pattern:
        return pattern == text
    return _compiled(pattern).fullmatch(text) is not None


def in_order(profiles: tuple[Profile, ...]) -> tuple[Profile, ...]:
    """The profiles in the order in which AWS asks them: alphanumerically by physical name."""
    return tuple(sorted(profiles, key=lambda profile: profile.name))
