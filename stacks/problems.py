"""What is wrong with settings, in words: the key, the value got, what is allowed, and the fix."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args, get_origin

import pulumi
from pydantic import BaseModel, TypeAdapter, ValidationError


class SettingsError(pulumi.RunError):
    """Settings that cannot be built; `problems` has all of them, each a sentence that begins with its key."""

    def __init__(self, stack: str, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  - {problem}" for problem in self.problems)
        super().__init__(f"the settings of stack {stack!r} have {len(self.problems)} problem(s):\n{lines}")


_WANTED = {
    "string_type": "text is wanted",
    "int_type": "a whole number is wanted",
    "int_from_float": "a whole number is wanted",
    "bool_type": "true or false is wanted, without quotes",
    "tuple_type": "a list is wanted, in brackets or with a dash before each entry",
    "dict_type": "a mapping is wanted",
    "model_type": "a mapping is wanted",
    "model_attributes_type": "a mapping is wanted",
    "json_invalid": "a mapping is wanted",
    "missing": "it is missing, and has no default",
}
# By the names that pydantic gives a bound.
_BOUNDS = {
    "min_length": "{} entries or more are wanted",
    "max_length": "{} entries at most are wanted",
    "ge": "{} or more is wanted",
    "le": "{} or less is wanted",
}
_LONGEST_SHOWN = 100
_MOST_KEYS_SHOWN = 20


def problems_of(key: str, error: ValidationError, section: TypeAdapter[Any]) -> list[str]:
    """One sentence for every error that validation found in the setting `key`."""
    return [
        _sentence(key, dict(detail), section)
        for detail in error.errors(include_url=False)
        # A list that is too short without its wrong entries: those have a sentence each.
        if not (detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"])
    ]


def unknown_key(path: str, key: str, known: Iterable[str]) -> str:
    """The sentence for a key that no setting has."""
    names = sorted(known)
    close = difflib.get_close_matches(key, names, n=1)
    hint = f"did you mean {close[0]}? " if close else ""
    # A long list hides the hint.
    listed = "" if close and len(names) > _MOST_KEYS_SHOWN else f"known here: {', '.join(names)}"
    return f"{path}: unknown key; {hint}{listed}".rstrip()


def shown(got: Any) -> str:
    """A value as problems quote it: text in double quotes, shortened where it is long."""
    if isinstance(got, (Mapping, BaseModel)):
        return "a mapping"
    if isinstance(got, (list, tuple)):
        return f"a list of {len(got)}"
    if got is None:
        return "nothing"
    kinds = {bool: "the boolean ", int: "the number ", float: "the number "}
    text = json.dumps(got, ensure_ascii=False)
    short = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."
    return f"{kinds.get(type(got), '')}{short}"


def _sentence(key: str, detail: Mapping[str, Any], section: TypeAdapter[Any]) -> str:
    location = [part for part in detail["loc"] if part != "[key]"]
    path, kind, got = _path([key, *location]), detail["type"], detail["input"]
    if kind == "extra_forbidden":
        return unknown_key(path, str(location[-1]), _known_keys(section._type, location[:-1]))
    if kind == "missing":
        return f"{path}: {_WANTED[kind]}"
    if kind == "refused" and isinstance(got, (Mapping, BaseModel)):
        return f"{path}: {detail['msg']}"
    return f"{path}: got {shown(got)}; {_allowed(kind, detail)}{_quoted(kind, got)}"


def _path(parts: Sequence[str | int]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts).removeprefix(".")


def _allowed(kind: str, detail: Mapping[str, Any]) -> str:
    context = detail.get("ctx", {})
    if kind == "literal_error":
        return f"allowed: {context['expected'].replace(' or ', ', ')}"
    for bound, words in _BOUNDS.items():
        if bound in context:
            return words.format(context[bound])
    message = str(detail["msg"])
    return message if kind == "refused" else _WANTED.get(kind) or message[0].lower() + message[1:]


def _quoted(kind: str, got: Any) -> str:
    """YAML, and `pulumi config set --path`, read 1.30 as the number 1.3 and true as a boolean."""
    if kind != "string_type" or not isinstance(got, (bool, int, float)):
        return ""
    text = json.dumps(got)
    lost = f" ('{text}0' where {text}0 is meant)" if isinstance(got, float) else ""
    return f": write it in quotes, '{text}'{lost}"


def _known_keys(annotation: Any, location: Sequence[str | int]) -> list[str]:
    """The keys of the mapping at `location`, found by walking the section's types."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = {field.alias or name: field.annotation for name, field in annotation.model_fields.items()}
        return _known_keys(fields[str(location[0])], location[1:]) if location else list(fields)
    if get_origin(annotation) in (dict, tuple):
        # dict[str, X] by its value, tuple[X, ...] by its entries.
        return _known_keys(get_args(annotation)[get_origin(annotation) is dict], location[1:])
    # Annotated[X, ...] and X | None: the one part that is X.
    return next(_known_keys(part, location) for part in get_args(annotation) if part is not type(None))
