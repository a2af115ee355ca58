"""The `config` section of Pulumi.yaml: which keys a project declares, their types, defaults and values.

Source: https://www.pulumi.com/docs/iac/concepts/config/#project-level-configuration
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eks_fargate.fargate.shape import in_words
from eks_fargate.offline.pulumi_yaml import Document

_ATTRIBUTES = ("type", "description", "items", "default", "value", "secret")
_TYPES = ("string", "integer", "boolean", "array", "object")
_INTEGER = re.compile(r"[-+]?[0-9]+")


@dataclass(frozen=True, slots=True)
class Declared:
    """One key of the section. written: the key as it stands in the file. type, items: where declared, else None.

    value: the default or the value, where has_value. secret: a stack must give it as `secure:`.
    """

    written: str
    type: str | None
    items: Mapping[str, Any] | None
    value: Any
    has_value: bool
    secret: bool

    def problems(self, value: Any, stack: str, *, secret: bool) -> list[str]:
        """What is wrong with `value` for this key on `stack`; secret: whether the value holds a secret."""
        if self.type is None:
            return []
        where = f"Stack '{stack}' with configuration key '{self.written}'"
        if self.secret and not secret:
            return [f"{where} must be encrypted as it's secret: pulumi config set --secret {self.written}"]
        if not secret and not _is(self.type, self.items, value, top=True):
            return [f"{where} must be of type '{_full_name(self.type, self.items)}'; it is {in_words(value)}"]
        return []


def declared_keys(config: Any, project: str, document: Document) -> tuple[dict[str, Declared], list[str]]:
    """The keys that the `config` section declares, by full key, and the section's problems with file and line."""
    if config is None:
        return {}, []
    if not isinstance(config, dict):
        return {}, [f"Pulumi.yaml:{document.line('config')}: config: expected a mapping of keys"]
    keys: dict[str, Declared] = {}
    problems: list[str] = []
    for written, entry in config.items():
        own = ":" not in str(written) or str(written).startswith(f"{project}:")
        declared = _declared(str(written), entry, own=own)
        found = _entry_problems(entry, own=own) if isinstance(entry, dict) else []
        if (
            not found
            and declared.type
            and declared.has_value
            and not _is(declared.type, declared.items, declared.value)
        ):
            found = [f"the default is not of type '{_full_name(declared.type, declared.items)}'"]
        problems += [
            f"Pulumi.yaml:{document.line('config', str(written))}: config: {written}: {what}" for what in found
        ]
        keys[str(written) if ":" in str(written) else f"{project}:{written}"] = declared
    return keys, problems


def _declared(written: str, entry: Any, *, own: bool) -> Declared:
    if not isinstance(entry, dict):
        return Declared(written, None, None, entry, entry is not None, secret=False)
    value = entry.get("default" if own and entry.get("default") is not None else "value")
    items = entry.get("items")
    return Declared(
        written,
        entry.get("type"),
        items if isinstance(items, dict) else None,
        value,
        value is not None,
        secret=entry.get("secret") is True,
    )


def _entry_problems(entry: Mapping[str, Any], *, own: bool) -> list[str]:
    problems = [
        f"unknown attribute '{key}': allowed are {', '.join(_ATTRIBUTES)}" for key in entry if key not in _ATTRIBUTES
    ]
    if entry.get("default") is not None and entry.get("value") is not None:
        problems.append("has both 'default' and 'value': keep one")
    kind = entry.get("type")
    if kind is not None and kind not in _TYPES:
        problems.append(f"unknown type {kind!r}: allowed are {', '.join(_TYPES)}")
    if kind == "array" and not isinstance(entry.get("items"), dict):
        problems.append("declares an array without 'items', the type of its elements")
    if not own:
        problems += [
            f"belongs to another namespace than the project, so it takes no '{key}', only a 'value'"
            for key in ("type", "default")
            if entry.get(key) is not None
        ]
        if entry.get("value") is None:
            problems.append("belongs to another namespace than the project and must give a 'value'")
    return problems


def _is(kind: str, items: Mapping[str, Any] | None, value: Any, *, top: bool = False) -> bool:
    """Whether `value` passes for `kind`; top: of a stack's own value, whose scalars Pulumi has turned into text."""
    if kind == "string":
        return isinstance(value, str) or (top and not isinstance(value, (dict, list)))
    if kind == "integer":
        if isinstance(value, str):
            return _INTEGER.fullmatch(value) is not None
        return not isinstance(value, bool) and (
            isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        )
    if kind == "boolean":
        return isinstance(value, bool) or value in ("true", "false")
    if kind == "object":
        return isinstance(value, dict)
    return (
        isinstance(value, list)
        and items is not None
        and all(_is(str(items.get("type")), items.get("items"), item) for item in value)
    )


def _full_name(kind: str, items: Mapping[str, Any] | None) -> str:
    return kind if items is None else f"array<{_full_name(str(items.get('type')), items.get('items'))}>"
