"""YAML as Pulumi's own reader takes it (go-yaml v3, YAML 1.2 scalars), with line numbers and duplicate keys refused.

PyYAML's YAML 1.1 reads `on`, `1:30` and `2026-11-21` as a boolean, a number and a date; Pulumi reads text.
Source: https://pkg.go.dev/gopkg.in/yaml.v3#section-readme
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from eks_fargate.offline.yaml_documents import Builder, RefusedError

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_INT = re.compile(r"[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|0|[1-9][0-9_]*)\Z")
_FLOAT = re.compile(
    r"[-+]?(\.[0-9]+|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?\Z|[-+]?\.(inf|Inf|INF)\Z|\.(nan|NaN|NAN)\Z"
)
_LEGACY_OCTAL = re.compile(r"([-+]?)0o?([0-7]+)\Z")


class _Loader(_Base):  # type: ignore[misc]
    """PyYAML's safe loader with the scalars of YAML 1.2."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own name and type

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.duplicates: list[tuple[int, str]] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in seen:
                self.duplicates.append((key.start_mark.line + 1, key.value))
            seen.add(key.value)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return mapping


def _construct_int(loader: Any, node: yaml.ScalarNode) -> int:
    text = loader.construct_scalar(node).replace("_", "")
    octal = _LEGACY_OCTAL.match(text)
    return int(octal[1] + octal[2], 8) if octal else int(text, 0)


for _tag, _pattern, _first in (
    ("bool", re.compile(r"(true|True|TRUE|false|False|FALSE)\Z"), "tTfF"),
    ("int", _INT, "-+0123456789"),
    ("float", _FLOAT, "-+0123456789."),
    ("merge", re.compile(r"<<\Z"), "<"),
    ("null", re.compile(r"(~|null|Null|NULL|)\Z"), ["~", "n", "N", ""]),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", _pattern, list(_first))
_Loader.add_constructor("tag:yaml.org,2002:int", _construct_int)
# What these make has no form in JSON, as which Pulumi hands values to a program.
for _tag in ("binary", "timestamp", "omap", "pairs", "set"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{_tag}", _Loader.construct_undefined)


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document. value: as read. lines: line of each key of the first two levels, by its path.

    problems: each as `FILE:LINE: what is wrong`; where there are any, `value` is not to be used.
    """

    value: Any
    lines: dict[tuple[str, ...], int]
    problems: tuple[str, ...]

    def line(self, *path: str) -> int:
        """The line of a key of the first two levels, or of what is around it where the key has none by that name."""
        return next((self.lines[path[:end]] for end in (2, 1) if path[:end] in self.lines), 1)


def read(path: Path, shown: str) -> Document:
    """The one document of the file `path`; `shown` names the file in problems. An empty file has the value None.

    Raises OSError where the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        _refuse_what_exhausts(text)
        loader = _Loader(text)
        node = loader.get_single_node()
        value = None if node is None else loader.construct_document(node)
    except UnicodeDecodeError as error:
        return Document(None, {}, (f"{shown}: not UTF-8 text (byte {error.start})",))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return Document(None, {}, (f"{shown}:{line}: {_reason(error)}",))
    except RefusedError as error:
        return Document(None, {}, (f"{shown}:{error.broken.line}: {error.broken.message}",))
    # A scalar that is not of the type its tag names, such as `!!bool x`, raises any of the last two.
    except (yaml.YAMLError, ValueError, LookupError) as error:
        return Document(None, {}, (f"{shown}: not YAML: {error}",))
    duplicates = tuple(
        f"{shown}:{line}: the key '{key}' stands twice in the same mapping: remove one"
        for line, key in sorted(loader.duplicates)
    )
    return Document(value, _lines(node), duplicates)


def _refuse_what_exhausts(text: str) -> None:
    """Raise RefusedError for depth and aliases that PyYAML, which recurses, would not come back from."""
    parser = _Base(text)
    parser.get_event()
    if parser.get_event().__class__ is yaml.DocumentStartEvent:
        Builder(parser, first_line=1).document()


def _reason(error: yaml.MarkedYAMLError) -> str:
    if error.problem == "but found another document":
        return "more than one YAML document: keep one"
    return "not YAML: " + ", ".join(part for part in (error.context, error.problem) if part)


def _lines(node: yaml.Node | None) -> dict[tuple[str, ...], int]:
    lines: dict[tuple[str, ...], int] = {}
    if not isinstance(node, yaml.MappingNode):
        return lines
    for key, child in node.value:
        lines[(str(key.value),)] = key.start_mark.line + 1
        if isinstance(child, yaml.MappingNode):
            for inner, _ in child.value:
                lines[(str(key.value), str(inner.value))] = inner.start_mark.line + 1
    return lines
