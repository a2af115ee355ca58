"""The Kubernetes objects in what a file, a list or another list holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from eks_fargate.fargate.pods import Problem
from eks_fargate.fargate.shape import in_words
from eks_fargate.fargate.unknown import UNKNOWN


class ObjectsOf(NamedTuple):
    """The objects found, in the order of the input, and what was left out because it is no object."""

    objects: list[Mapping[str, Any]]
    problems: list[Problem]


def is_list(manifest: Mapping[Any, Any]) -> bool:
    """Whether a manifest is a List, or a list of one kind such as a DeploymentList."""
    kind = manifest.get("kind")
    return kind == "List" or (isinstance(kind, str) and kind.endswith("List") and "items" in manifest)


def objects_of(manifest: object) -> ObjectsOf:
    """The Kubernetes objects in `manifest`: itself, or where it is a list all that it holds.

    Every object returned is a mapping whose kind and apiVersion are text. Never raises; a list that holds itself, or
    stands in several places, is read once and reported.
    """
    found = ObjectsOf([], [])
    waiting: list[tuple[object, str, Mapping[str, Any]]] = [(manifest, "", {})]
    lists_read: set[int] = set()
    while waiting:
        value, path, inherited = waiting.pop()
        if not isinstance(value, Mapping):
            found.problems.append(Problem("List" if path else "", path, f"is {_what(value)}, not a Kubernetes object"))
            continue
        whole = value if "kind" in value else {**inherited, **value}
        faults = [key for key in ("apiVersion", "kind") if not isinstance(whole.get(key), str)]
        found.problems.extend(_fault(whole, key, path) for key in faults)
        if faults:
            continue
        if not is_list(whole):
            found.objects.append(whole)
        elif id(value) in lists_read:
            found.problems.append(
                Problem(str(whole["kind"]), path, "is a list that stands here again; it is read once")
            )
        else:
            lists_read.add(id(value))
            waiting += _items(whole, path, found.problems)
    return found


def _items(
    listing: Mapping[str, Any], path: str, problems: list[Problem]
) -> list[tuple[object, str, Mapping[str, Any]]]:
    """The items of a list, the last first. Those of a DeploymentList need not repeat its kind and apiVersion."""
    kind, items, at = str(listing["kind"]), listing.get("items"), _within(path, "items")
    if not isinstance(items, list):
        problems.append(Problem(kind, at, f"is {_what(items)}, where a list belongs"))
        return []
    own = {} if kind == "List" else {"apiVersion": listing["apiVersion"], "kind": kind.removesuffix("List")}
    return [(item, f"{at}[{index}]", own) for index, item in reversed(list(enumerate(items)))]


def _fault(manifest: Mapping[Any, Any], key: str, path: str) -> Problem:
    kind, value = manifest.get("kind"), manifest.get(key)
    message = f"is {_what(value)}, where a string belongs" if key in manifest else "is missing"
    return Problem(kind if isinstance(kind, str) else "", _within(path, key), message)


def _what(value: object) -> str:
    return "not known before deployment" if value is UNKNOWN else in_words(value)


def _within(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
