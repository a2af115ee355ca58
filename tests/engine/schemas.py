"""The inputs of every resource type, read off the argument classes of the installed Pulumi SDKs.

Importing the SDKs takes most of a second, in every process that the engine starts: what was read once is kept in files.
"""

from __future__ import annotations

import importlib
import inspect
import json
import os
import typing
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pulumi import _types as pulumi_types
from pulumi.runtime import rpc

# An input: `required`, and its `shape`: {"kind": "object", "class": ...}, {"kind": "list" or "map", "items": shape},
# {"kind": "scalar"}, or {"kind": "any"} where the SDK allows several.
Fields = Mapping[str, Mapping[str, Any]]
Shape = Mapping[str, Any]


class Schemas:
    """The argument classes, kept in `folder`, which must exist and may be shared by processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def inputs_of(self, type_: str) -> Fields:
        """The inputs of a resource type by their names on the wire. Raises KeyError where no SDK knows the type."""
        return self._kept(type_, lambda: _fields(_arguments_class(type_)))

    def fields_of(self, class_name: str) -> Fields:
        """The fields of the argument class that a shape names."""
        return self._kept(class_name, lambda: _fields(_class(class_name)))

    def _kept(self, name: str, read: Callable[[], Fields]) -> Fields:
        path = self._folder / f"{name.replace('/', '.').replace(':', '-')}.json"
        if not path.exists():
            # Other processes see all of the file or nothing.
            unfinished = path.with_suffix(f".{os.getpid()}")
            unfinished.write_text(json.dumps(read()), encoding="utf-8")
            unfinished.replace(path)
        fields: Fields = json.loads(path.read_text(encoding="utf-8"))
        return fields


def _arguments_class(type_: str) -> type:
    package, module, name = type_.split(":")
    importlib.import_module(f"pulumi_{package}")
    for found in rpc._RESOURCE_MODULES[rpc._module_key(package, module)]:
        info = vars(found)["mod_info"]
        if type_ in info["classes"]:
            classes = importlib.import_module(info["fqn"])
            arguments: type = getattr(classes, f"{name}InitArgs", None) or getattr(classes, f"{name}Args")
            return arguments
    raise KeyError(type_)


def _class(name: str) -> type:
    module, _, qualified = name.partition(":")
    found: type = getattr(importlib.import_module(module), qualified)
    return found


def _fields(arguments: type) -> Fields:
    names = pulumi_types.input_type_py_to_pulumi_names(arguments)
    types = pulumi_types.input_type_types(arguments)
    parameters = inspect.signature(arguments).parameters
    return {
        wire: {"required": parameters[python].default is inspect.Parameter.empty, "shape": _shape(types[wire])}
        for python, wire in names.items()
        if python in parameters
    }


def _shape(annotation: Any) -> Shape:
    plain = pulumi_types.unwrap_type(annotation)
    if inspect.isclass(plain) and pulumi_types.is_input_type(plain):
        return {"kind": "object", "class": f"{plain.__module__}:{plain.__qualname__}"}
    origin, items = typing.get_origin(plain), typing.get_args(plain)
    if inspect.isclass(origin) and issubclass(origin, Mapping):
        return {"kind": "map", "items": _shape(items[1])}
    if inspect.isclass(origin) and issubclass(origin, Sequence):
        return {"kind": "list", "items": _shape(items[0])}
    return {"kind": "scalar" if origin is typing.Literal or plain in (str, bool, int, float) else "any"}
