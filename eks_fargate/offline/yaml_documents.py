"""The value of one YAML document from a parser's events, with the scalars of go-yaml v2, without recursion.

sigs.k8s.io/yaml, by which Kubernetes reads, has go-yaml v2 within: `yes` and `on` are booleans, dates are text, `1:30`
is text, `0777` is octal. Keys become text, as in JSON. Source: https://github.com/kubernetes-sigs/yaml
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, NamedTuple

import yaml

from eks_fargate.fargate.shape import in_words

MAX_DEPTH: Final = 200
"""Mappings and lists within each other; the deepest Kubernetes objects, schemas of custom kinds, have about half."""

MAX_ALIASED: Final = 100_000
"""Values that the aliases of a document may repeat; beyond lies only what is built to exhaust a reader."""

_LONGEST_NUMBER: Final = 100

_INT: Final = re.compile(r"[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), True),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
}
_TEXT_TAGS: Final = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:binary")
_CORE_TAG: Final = "tag:yaml.org,2002:"

# A key of its own kind, so that the text "<<" in quotes stays a key.
_MERGE: Final = object()
_NO_KEY: Final = object()
_OPEN: Final = object()


@dataclass(slots=True)
class Document:
    """One document, none of which is null. line: where it starts, from 1.

    item_lines: by `id`, the lines of the mappings in its list `items`. faults: line and message of what is wrong in it
    and yet leaves it readable, such as a key that stands twice (the last counts).
    """

    value: Any
    line: int
    item_lines: dict[int, int] = field(default_factory=dict)
    faults: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Broken:
    """A document that cannot be read: the line at which that shows, and why."""

    line: int
    message: str


class RefusedError(Exception):
    """A document that the parser takes, and Kubernetes or this reader does not."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.broken = Broken(line, message)


@lru_cache(maxsize=4096)
def plain_scalar(text: str) -> Any:
    """What a scalar without quotes and tag means."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    digits = text.replace("_", "")
    if _INT.fullmatch(digits):
        return _integer(digits)
    return float(digits) if _FLOAT.fullmatch(digits) else text


def _integer(digits: str) -> int:
    unsigned = digits.lstrip("+-").lower()
    base = {"0x": 16, "0b": 2, "0o": 8}.get(unsigned[:2], 8 if unsigned[0] == "0" else 10)
    number = int(unsigned[2:] if base != 10 and unsigned[1:2] in {"x", "b", "o"} else unsigned, base)
    return -number if digits[0] == "-" else number


class _Frame(NamedTuple):
    """A mapping or list that is not yet complete, around the one being filled. key: of its value being read."""

    container: Any
    key: Any
    anchor: str | None
    nodes_before: int


class Builder:
    """Makes documents of the events of `parser`, which reads a text that starts at `first_line`."""

    def __init__(self, parser: Any, first_line: int) -> None:
        self.parser = parser
        self.first_line = first_line
        self.read = Document(None, 0)
        self.frames: list[_Frame] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.merges: dict[int, list[Any]] = {}
        self.nodes = 0
        self.aliased = 0

    def document(self) -> Document:
        """The document whose start was the last event. Raises RefusedError, and the parser's own errors."""
        root: list[Any] = []
        container: Any = root
        key: Any = _NO_KEY
        frames, get_event = self.frames, self.parser.get_event
        while (event := get_event()).__class__ is not yaml.DocumentEndEvent:
            kind = event.__class__
            self.nodes += 1
            if kind is yaml.ScalarEvent:
                value = self.scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                made = self.opened(event, container)
                frames.append(_Frame(container, key, event.anchor, self.nodes))
                container, key = made, _NO_KEY
                continue
            elif kind is yaml.AliasEvent:
                value = self.alias(event)
            else:
                value = container
                container, key = self.closed(value)
            if container.__class__ is list:
                container.append(value)
            elif key is _NO_KEY:
                key = value if value.__class__ is str and value != "<<" else self.key(value, event)
                if key in container:
                    self.fault(event, f"the key {shown_key(key)} stands twice in the same mapping: remove one")
            else:
                if key is _MERGE:
                    self.merges.setdefault(id(container), []).append((value, event))
                else:
                    container[key] = value
                key = _NO_KEY
        self.read.value = root[0]
        return self.read

    def line(self, event: Any) -> int:
        return self.first_line + int(event.start_mark.line)

    def fault(self, event: Any, message: str) -> None:
        self.read.faults.append((self.line(event), message))

    def scalar(self, event: Any) -> Any:
        value: Any = event.value
        if (event.implicit[0] or _is_typed(event.tag)) and len(value) <= _LONGEST_NUMBER:
            value = plain_scalar(value)
        if event.anchor is not None:
            self.anchors[event.anchor] = value, 1
        if not self.read.line:
            self.read.line = self.line(event)
        return value

    def opened(self, event: Any, container: Any) -> Any:
        """The empty mapping or list that an event starts within `container`."""
        if len(self.frames) == MAX_DEPTH:
            raise RefusedError(self.line(event), f"more than {MAX_DEPTH} mappings and lists within each other")
        if event.anchor is not None:
            self.anchors[event.anchor] = _OPEN, 0
        if not self.read.line:
            self.read.line = self.line(event)
        if event.__class__ is yaml.SequenceStartEvent:
            return []
        made: dict[str, Any] = {}
        if len(self.frames) == 2 and self.frames[1].key == "items" and container.__class__ is list:
            self.read.item_lines[id(made)] = self.line(event)
        return made

    def closed(self, value: Any) -> tuple[Any, Any]:
        """What is around the mapping or list that ends, and the key at which it stands there."""
        frame = self.frames.pop()
        if frame.anchor is not None:
            self.anchors[frame.anchor] = value, self.nodes - frame.nodes_before
        if self.merges:
            self.merge(value)
        return frame.container, frame.key

    def alias(self, event: Any) -> Any:
        if event.anchor not in self.anchors:
            raise RefusedError(self.line(event), f"not YAML: the alias *{event.anchor} names no anchor before it")
        value, weight = self.anchors[event.anchor]
        if value is _OPEN:
            raise RefusedError(self.line(event), f"the alias *{event.anchor} stands within what it names, without end")
        self.nodes += weight
        self.aliased += weight
        if self.aliased > MAX_ALIASED:
            raise RefusedError(self.line(event), f"the aliases up to here repeat more than {MAX_ALIASED} values")
        return value

    def key(self, value: Any, event: Any) -> Any:
        """A key that is no text, as JSON writes it; `_MERGE` for a `<<` without quotes."""
        if isinstance(value, str):
            return _MERGE if event.__class__ is yaml.ScalarEvent and event.implicit[0] else value
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, (int, float)):
            return str(value)
        raise RefusedError(self.line(event), f"a key is {in_words(value)}, where text belongs")

    def merge(self, mapping: Any) -> None:
        """Lay under `mapping` what its `<<` keys name; its own keys win, and of several the first."""
        for value, event in self.merges.pop(id(mapping), ()):
            for source in value if isinstance(value, list) else [value]:
                if not isinstance(source, dict):
                    raise RefusedError(
                        self.line(event), "<< is laid under a mapping: a mapping or a list of them belongs"
                    )
                for key, part in source.items():
                    mapping.setdefault(key, part)


def _is_typed(tag: str | None) -> bool:
    return tag is not None and tag.startswith(_CORE_TAG) and tag not in _TEXT_TAGS


def shown_key(key: str) -> str:
    """A key for messages, no longer than a line."""
    return repr(key if len(key) <= 40 else f"{key[:40]}...")
