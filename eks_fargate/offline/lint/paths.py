"""Places in a document, and how findings write them: as a plan writes the paths of its secrets."""

from __future__ import annotations

import re

from eks_fargate.offline.plan import child_path

Place = tuple[str | int, ...]

_FIELD = re.compile(r'(?:^|\.)([^.\[\]]*)((?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])*)')


def dotted(place: Place, above: str = "") -> str:
    """`("spec", "containers", 0)` as `spec.containers[0]`, after `above`."""
    text = above
    for step in place:
        text = child_path(text, step)
    return text


def fields(path: str) -> list[str]:
    """The fields of a dotted path, without what stands in brackets."""
    return [match[1] for match in _FIELD.finditer(path)]


def last_step(path: str) -> str:
    """The last field of a dotted path and the brackets after it: `containers[0]` of `spec.containers[0]`."""
    *_, last = _FIELD.finditer(path)
    return last[1] + last[2]


def is_under(path: str, above: str) -> bool:
    """Whether `path` is `above` or a place in it."""
    return path == above or path.startswith((f"{above}.", f"{above}["))
