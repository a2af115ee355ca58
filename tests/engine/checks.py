"""What a provider's Check refuses: a missing argument, an unknown one, a value of the wrong shape; all at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from eks_fargate.fargate.unknown import is_unknown
from tests.engine.schemas import Fields, Schemas, Shape

# Laid beside the inputs by the provider itself.
DEFAULTS_KEY = "__defaults"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an input is refused. path: such as `vpcConfig.subnetIds[0]`."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks inputs against the argument classes of the installed SDKs."""

    schemas: Schemas

    def failures(self, type_: str, inputs: Mapping[str, Any]) -> list[Failure]:
        """Everything that is wrong with the inputs of a resource of `type_`."""
        try:
            fields = self.schemas.inputs_of(type_)
        except KeyError:
            return [Failure("", f"unknown resource type {type_}")]
        plain = {key: value for key, value in inputs.items() if key != DEFAULTS_KEY}
        return list(self._in_object(fields, plain, ""))

    def _in_object(self, fields: Fields, value: Mapping[str, Any], path: str) -> Iterator[Failure]:
        for key in sorted(fields):
            if fields[key]["required"] and value.get(key) is None:
                yield Failure(f"{path}{key}", f"Missing required argument. The argument {key!r} is required")
        for key in sorted(value):
            if key not in fields:
                yield Failure(f"{path}{key}", "Invalid or unknown key")
            elif value[key] is not None:
                yield from self._in_value(fields[key]["shape"], value[key], f"{path}{key}")

    def _in_value(self, shape: Shape, value: Any, path: str) -> Iterator[Failure]:
        kind = shape["kind"]
        if is_unknown(value) or kind == "any":
            return
        actual = "list" if isinstance(value, list) else "map" if isinstance(value, Mapping) else "scalar"
        if actual != ("map" if kind == "object" else kind):
            yield Failure(path, f"expected {kind}, got {actual}")
        elif kind == "object":
            yield from self._in_object(self.schemas.fields_of(shape["class"]), value, f"{path}.")
        elif kind == "list":
            for index, item in enumerate(value):
                yield from self._in_value(shape["items"], item, f"{path}[{index}]")
        elif kind == "map":
            for key in sorted(value):
                yield from self._in_value(shape["items"], value[key], f"{path}.{key}")
