"""The schemas of the Kubernetes API as the installed kubernetes-validate ships them, read from its files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft202012Validator, Registry

from eks_fargate.offline.lint.validation import Schema


@dataclass(frozen=True, slots=True, eq=False)
class Api:
    """The API of one Kubernetes version.

    version: `1.34`. definitions: the document of all schemas. kinds: (apiVersion, kind) -> name of its definition.
    groups: the API groups that are Kubernetes' own, the core group as the empty name.
    """

    version: str
    definitions: Mapping[str, Any]
    kinds: Mapping[tuple[str, str], str]
    groups: frozenset[str]
    _registry: Registry
    _compiled: dict[str, Schema] = field(default_factory=dict)

    def schema(self, api_version: str, kind: str) -> Schema | None:
        """The schema of a kind; None where the version has no such kind."""
        name = self.kinds.get((api_version, kind))
        if name is None:
            return None
        if name not in self._compiled:
            document = {"$ref": f"{self.definitions['$id']}#/$defs/{name}"}
            validator = Draft202012Validator(document, registry=self._registry, offline=True)
            self._compiled[name] = Schema(validator, [self.definitions])
        return self._compiled[name]


@cache
def _folder() -> Path:
    spec = find_spec("kubernetes_validate")
    if spec is None or spec.origin is None:
        msg = "kubernetes-validate is not installed: install the package with its dependencies"
        raise ModuleNotFoundError(msg)
    return Path(spec.origin).parent / "kubernetes-json-schema"


@cache
def versions() -> tuple[str, ...]:
    """The Kubernetes versions that there are schemas for, `1.25` for one, oldest first."""
    found = {
        match[1] for path in _folder().iterdir() if (match := re.fullmatch(r"v(1\.\d+)\.0-local-strict", path.name))
    }
    return tuple(sorted(found, key=lambda version: int(version.removeprefix("1."))))


def minor(version: str) -> str:
    """`1.34` of `1.34`, `v1.34.2` or `1.34-eks-1a2b3c`. Raises ValueError where `version` is no version."""
    match = re.fullmatch(r"v?(\d+\.\d+)([.+-].*)?", version)
    if match is None:
        msg = f'version: "{version}" is not a Kubernetes version; give one such as "{versions()[-1]}"'
        raise ValueError(msg)
    return match[1]


def api(version: str) -> Api | None:
    """The API of a version, spelled as for `minor`; None where there are no schemas for it."""
    wanted = minor(version)
    return _api(wanted) if wanted in versions() else None


@cache
def _api(version: str) -> Api:
    path = _folder() / f"v{version}.0-local-strict" / "_definitions.json"
    definitions: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    kinds: dict[tuple[str, str], str] = {}
    groups: set[str] = set()
    for name, definition in definitions["$defs"].items():
        for of in definition.get("x-kubernetes-group-version-kind", ()):
            groups.add(of["group"])
            kinds[f"{of['group']}/{of['version']}".lstrip("/"), of["kind"]] = name
    return Api(version, definitions, kinds, frozenset(groups), Registry([(definitions["$id"], definitions)]))
