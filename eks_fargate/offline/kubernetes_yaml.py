"""YAML and JSON as Kubernetes reads manifests: many documents, each with its line, one broken one not losing the rest.

Source: https://github.com/kubernetes/apimachinery/blob/master/pkg/util/yaml/decoder.go
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

import yaml

from eks_fargate.offline.yaml_documents import Broken, Builder, Document, RefusedError, shown_key

__all__ = ["Broken", "Document", "documents"]

_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SEPARATOR: Final = re.compile(r"^---(?=\s|$)", re.MULTILINE)
_NOT_SPACE: Final = re.compile(r"[^ \t\r\n]")


def documents(text: str) -> Iterator[Document | Broken]:
    """The documents of a text in their order, JSON or YAML; empty ones are passed over. Never raises.

    JSON documents may follow one another without a separator, as `jq` writes them.
    """
    if text.lstrip()[:1] in {"{", "["}:
        read = _json_documents(text)
        if read is not None:
            yield from read
            return
    starts = [0]
    for separator in _SEPARATOR.finditer(text):
        starts.append(_with_directives(text, starts[-1], separator.start()))
    line = 1
    for start, end in pairwise([*starts, len(text)]):
        chunk = text[start:end]
        yield from _yaml_documents(chunk, line)
        line += chunk.count("\n")


def _with_directives(text: str, after: int, separator: int) -> int:
    """Where a document starts: at its separator, or at the directives (`%YAML 1.1`) right before it."""
    start = separator
    while start > after:
        line = text.rfind("\n", after, start - 1) + 1 or after
        if text[line] != "%":
            break
        start = line
    return start


def _yaml_documents(chunk: str, first_line: int) -> Iterator[Document | Broken]:
    """The documents of a text with no separator but at its start."""
    try:
        parser = _Parser(chunk)
        parser.get_event()
        while parser.get_event().__class__ is yaml.DocumentStartEvent:
            read = Builder(parser, first_line).document()
            if read.value is not None:
                yield read
    except RefusedError as refused:
        yield replace(refused.broken, message=refused.broken.message + _hint(chunk))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        why = ", ".join(part for part in (error.context, error.problem) if part)
        # The parser counts a line more where it comes upon the end.
        line = first_line + (min(mark.line, chunk.rstrip().count("\n")) if mark else 0)
        yield Broken(line, f"not YAML: {why}{_hint(chunk)}")
    except yaml.reader.ReaderError as error:
        line = first_line + chunk.encode(errors="replace")[: error.position].count(b"\n")
        yield Broken(line, f"not YAML: {error.reason}")


def _hint(chunk: str) -> str:
    return "; this looks like a template: explain what `helm template` prints" if "{{" in chunk else ""


def _json_documents(text: str) -> list[Document | Broken] | None:
    """The documents of a JSON text; None where it is not JSON throughout, but perhaps YAML."""
    found: list[Document | Broken] = []
    at, line = 0, 1
    repeated: list[str] = []

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs):
            counts = Counter(key for key, _ in pairs)
            repeated.extend(sorted(key for key, count in counts.items() if count > 1))
        return made

    decoder = json.JSONDecoder(object_pairs_hook=mapping, parse_constant=_no_constant)
    try:
        while (start := _next(text, at)) < len(text):
            line += text.count("\n", at, start)
            value, end = decoder.raw_decode(text, start)
            document = Document(value, line)
            document.faults += [
                (line, f"the key {shown_key(key)} stands twice in the same mapping: remove one") for key in repeated
            ]
            repeated.clear()
            if value is not None:
                found.append(document)
            line += text.count("\n", start, end)
            at = end
    except (ValueError, RecursionError):
        return None
    return found


def _next(text: str, at: int) -> int:
    found = _NOT_SPACE.search(text, at)
    return found.start() if found else len(text)


def _no_constant(name: str) -> Any:
    raise ValueError(name)
