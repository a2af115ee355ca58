"""Pods by namespace and label, so that a selector looks at few of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, Generic, TypeVar

from eks_fargate.fargate.label_selectors import Requirements
from eks_fargate.fargate.pods import UNKNOWN_MAPPING
from eks_fargate.fargate.unknown import UNKNOWN, Unknown

T = TypeVar("T")

_EVERYWHERE = None


class PodIndex(Generic[T]):
    """Built once from (item, namespace, labels); namespace, labels (`UNKNOWN_MAPPING`) and their values may be unknown.

    An item stands under its namespace and under `_EVERYWHERE`, for selectors whose own namespace is unknown.
    """

    def __init__(self, items: Iterable[tuple[T, str | Unknown, Mapping[str, Any]]]) -> None:
        self._by_namespace: dict[Any, list[T]] = {}
        self._by_label: dict[tuple[Any, str, Any], list[T]] = {}
        self._labels_not_known: dict[Any, list[T]] = {}
        for item, namespace, labels in items:
            for space in (namespace, _EVERYWHERE):
                self._by_namespace.setdefault(space, []).append(item)
                if labels is UNKNOWN_MAPPING:
                    self._labels_not_known.setdefault(space, []).append(item)
                    continue
                for key, value in labels.items():
                    self._by_label.setdefault((space, key, value), []).append(item)

    def candidates(self, namespace: str | Unknown, asked: Requirements) -> Iterator[T]:
        """Every item that a selector of `namespace` may select, and few others; each once."""
        spaces = (_EVERYWHERE,) if namespace is UNKNOWN else (namespace, UNKNOWN)
        narrowest: list[list[T]] | None = None
        for requirement in asked:
            if requirement.operator != "In" or UNKNOWN in requirement.values:
                continue
            found = [
                self._by_label.get((space, requirement.key, value), [])
                for space in spaces
                for value in dict.fromkeys((*requirement.values, UNKNOWN))
            ]
            if narrowest is None or sum(map(len, found)) < sum(map(len, narrowest)):
                narrowest = found
        if narrowest is None:
            return chain.from_iterable(self._by_namespace.get(space, []) for space in spaces)
        unlabelled = (self._labels_not_known.get(space, []) for space in spaces)
        return chain.from_iterable(chain(narrowest, unlabelled))
