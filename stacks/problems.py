"""What is wrong with settings, in words: the key, the value got, what is allowed, and the fix."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

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
    "tuple_type": "a list is wanted",
    "dict_type": "a mapping is wanted",
    "model_type": "a mapping is wanted",
    "model_attributes_type": "a mapping is wanted",
    "missing": "it is missing, and has no default",
}


def problems_of(key: str, error: ValidationError, section: TypeAdapter[Any]) -> list[str]:
    """One sentence for every error that validation found in the setting `key`."""
    return [_sentence(key, dict(detail), section) for detail in error.errors(include_url=False)]


def unknown_key(path: str, key: str, known: Iterable[str]) -> str:
    """The sentence for a key that no setting has."""
    names = sorted(known)
    close = difflib.get_close_matches(key, names, n=1)
    hint = f"did you mean {close[0]}? " if close else ""
    return f"{path}: unknown key; {hint}known here: {', '.join(names)}"


def _sentence(key: str, detail: Mapping[str, Any], section: TypeAdapter[Any]) -> str:
    location = [part for part in detail["loc"] if part != "[key]"]
    path, kind, got = _path([key, *location]), detail["type"], detail["input"]
    if kind == "extra_forbidden":
        return unknown_key(path, str(location[-1]), _known_keys(section, location[:-1]))
    if kind == "missing":
        return f"{path}: {_WANTED[kind]}"
    if kind == "refused" and isinstance(got, (Mapping, BaseModel)):
        return f"{path}: {detail['msg']}"
    return f"{path}: got {_shown(got)}; {_allowed(kind, detail)}{_quoted(kind, got)}"


def _path(parts: Sequence[str | int]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts).removeprefix(".")


def _shown(got: Any) -> str:
    if isinstance(got, (Mapping, BaseModel)):
        return "a mapping"
    if isinstance(got, (list, tuple)):
        return f"a list of {len(got)}"
    if got is None:
        return "nothing"
    kinds = {bool: "the boolean ", int: "the number ", float: "the number "}
    return f"{kinds.get(type(got), '')}{json.dumps(got)}"


def _allowed(kind: str, detail: Mapping[str, Any]) -> str:
    context = detail.get("ctx", {})
    if kind == "literal_error":
        return f"allowed: {context['expected'].replace(' or ', ', ')}"
    return _WANTED.get(kind) or str(detail["msg"])[0].lower() + str(detail["msg"])[1:]


def _quoted(kind: str, got: Any) -> str:
    """YAML, and `pulumi config set --path`, read 1.30 as the number 1.3 and true as a boolean."""
    if kind != "string_type" or not isinstance(got, (bool, int, float)):
        return ""
    text = json.dumps(got)
    lost = f"; a version {text}0 is written '{text}0'" if isinstance(got, float) else ""
    return f": write it in quotes, '{text}'{lost}"


def _known_keys(section: TypeAdapter[Any], location: Sequence[str | int]) -> list[str]:
    """The keys of the mapping at `location`, found by walking the section's types."""
    models = _models_in(section._type)
    for part in location:
        fields = [
            field.annotation
            for model in models
            for name, field in model.model_fields.items()
            if part in (name, field.alias)
        ]
        models = [found for annotation in fields for found in _models_in(annotation)] or models
    return [field.alias or name for model in models for name, field in model.model_fields.items()]


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in get_args(annotation) for found in _models_in(part)]
