"""Values on Pulumi's wire: protocol buffer structs to plain values and back.

Source of the signatures: https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/properties.go
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from google.protobuf import struct_pb2

from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.plan import child_path
from eks_fargate.offline.project import UNKNOWN_SECRET

UNKNOWN_TEXT: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
_SIGNATURE = "4dabf18193072939515e22adb298388d"
_SECRET = "1b47061264138c4ac30d75fd1eb44270"
_RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e"
_OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4"


@dataclass(frozen=True, slots=True)
class Values:
    """What a struct holds.

    plain: values, with `UNKNOWN` where unknown, secrets unwrapped, a resource as its URN.
    secret_paths: the paths that were secret, sorted. dependencies: top-level key -> URNs, of the output values within.
    """

    plain: dict[str, Any]
    secret_paths: tuple[str, ...]
    dependencies: Mapping[str, tuple[str, ...]]


def read(struct: struct_pb2.Struct) -> Values:
    """The plain values of `struct`."""
    secrets: set[str] = set()
    dependencies: dict[str, tuple[str, ...]] = {}
    plain: dict[str, Any] = {}
    for key, value in struct.fields.items():
        urns: set[str] = set()
        plain[key] = _Reader(secrets, urns).value(value, child_path("", key))
        if urns:
            dependencies[key] = tuple(sorted(urns))
    return Values(plain, tuple(sorted(secrets)), dependencies)


@dataclass(slots=True)
class _Reader:
    secrets: set[str]
    urns: set[str]

    def value(self, value: struct_pb2.Value, path: str) -> Any:
        kind = value.WhichOneof("kind")
        if kind == "string_value":
            return self._text(value.string_value, path)
        if kind == "struct_value":
            return self._struct(value.struct_value, path)
        if kind == "list_value":
            return [self.value(item, child_path(path, i)) for i, item in enumerate(value.list_value.values)]
        if kind == "number_value":
            number = value.number_value
            return int(number) if number.is_integer() else number
        return value.bool_value if kind == "bool_value" else None

    def _text(self, text: str, path: str) -> Any:
        if UNKNOWN_SECRET in text:
            self.secrets.add(path)
            return UNKNOWN
        return UNKNOWN if text == UNKNOWN_TEXT else text

    def _struct(self, struct: struct_pb2.Struct, path: str) -> Any:
        fields = struct.fields
        if _SIGNATURE not in fields:
            return {key: self.value(item, child_path(path, key)) for key, item in fields.items()}
        signature = fields[_SIGNATURE].string_value
        if signature == _SECRET or (signature == _OUTPUT and "secret" in fields and fields["secret"].bool_value):
            self.secrets.add(path)
        if signature == _OUTPUT and "dependencies" in fields:
            self.urns.update(item.string_value for item in fields["dependencies"].list_value.values)
        if signature in (_SECRET, _OUTPUT):
            return self.value(fields["value"], path) if "value" in fields else UNKNOWN
        if signature == _RESOURCE:
            return fields["urn"].string_value
        # An asset or an archive: what it is made of, without the signature.
        return {key: self.value(item, child_path(path, key)) for key, item in fields.items() if key != _SIGNATURE}


def write(plain: Mapping[str, Any], secret_paths: tuple[str, ...] = ()) -> struct_pb2.Struct:
    """The struct of `plain` values: `UNKNOWN` as Pulumi's own sign, and what stands at `secret_paths` as secret."""
    struct = struct_pb2.Struct()
    secrets = frozenset(secret_paths)
    struct.update({key: _written(value, child_path("", key), secrets) for key, value in plain.items()})
    return struct


def _written(value: Any, path: str, secrets: frozenset[str]) -> Any:
    out = value
    if value is UNKNOWN:
        out = UNKNOWN_TEXT
    elif isinstance(value, Reference):
        out = {_SIGNATURE: _RESOURCE, "urn": value.urn, "id": value.id}
    elif isinstance(value, Mapping):
        out = {key: _written(part, child_path(path, key), secrets) for key, part in value.items()}
    elif isinstance(value, (list, tuple)):
        out = [_written(part, child_path(path, i), secrets) for i, part in enumerate(value)]
    return {_SIGNATURE: _SECRET, "value": out} if path in secrets else out


@dataclass(frozen=True, slots=True)
class Reference:
    """A resource as a value, to be written. id: empty where it is not known."""

    urn: str
    id: str
