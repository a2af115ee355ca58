"""AWS's resource schemas as the installed cfn-lint ships them, read from its files.

cfn-lint itself is not imported: that costs half a second, and it prefers schemas from the user's cache where those are
newer. The keywords that cfn-lint adds to JSON Schema are here, the formats in `formats`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema_rs import Draft202012Validator, Registry

from eks_fargate.offline.lint.formats import CHECKS
from eks_fargate.offline.lint.validation import KeywordBrokenError, Schema

if TYPE_CHECKING:
    from jsonschema_rs import KeywordValidator

_POLICY_FILES = {
    "identityPolicy": "policy_identity.json",
    "trustPolicy": "policy_trust.json",
    "resourcePolicy": "policy_resource.json",
}


@cache
def bundled() -> Path:
    """The folder of the data that cfn-lint ships."""
    spec = find_spec("cfnlint")
    if spec is None or spec.origin is None:
        msg = "cfn-lint is not installed: install the package with its dependencies"
        raise ModuleNotFoundError(msg)
    return Path(spec.origin).parent / "data"


def _read(path: Path) -> dict[str, Any]:
    # \Z, Python's end of text, is $ to every other expression language.
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8").replace(r"\\Z", "$"))
    return loaded


@cache
def regions() -> tuple[str, ...]:
    """The regions that there are schemas for, sorted."""
    return tuple(sorted(path.stem for path in (bundled() / "schemas" / "providers").glob("*-*.json")))


@cache
def _digests(region: str) -> Mapping[str, str]:
    if region not in regions():
        msg = f"region: {region} is not one that cfn-lint has schemas for; allowed: {', '.join(regions())}"
        raise ValueError(msg)
    return _read(bundled() / "schemas" / "providers" / f"{region}.json")


def resource_schema(region: str, kind: str) -> Schema | None:
    """The schema of a CloudFormation resource type; None where the region does not offer it.

    Raises ValueError where there are no schemas for the region.
    """
    digest = _digests(region).get(kind)
    return None if digest is None else _compiled(digest)


@cache
def _compiled(digest: str) -> Schema:
    document = _read(bundled() / "schemas" / "resources" / f"{digest}.json")
    document.pop("$schema", None)
    return Schema(
        Draft202012Validator(document, formats=CHECKS, validate_formats=True, keywords=_KEYWORDS, offline=True),
        [document],
    )


@cache
def policy_schema(kind: str) -> Schema:
    """The schema of an IAM policy document: `identityPolicy`, `trustPolicy` or `resourcePolicy`."""
    folder = bundled() / "schemas" / "other" / "iam"
    shared, document = _read(folder / "policy.json"), _read(folder / _POLICY_FILES[kind])
    registry = Registry([("policy", shared)])
    return Schema(
        Draft202012Validator(document, registry=registry, keywords=_KEYWORDS, offline=True), [document, shared]
    )


class _Keyword:
    """A keyword that cfn-lint adds to JSON Schema."""

    def __init__(self, parent_schema: dict[str, Any], value: Any, schema_path: list[str | int]) -> None:  # noqa: ARG002
        self.value = value


class _RequiredOr(_Keyword):
    def validate(self, instance: Any) -> None:
        if isinstance(instance, dict) and not any(name in instance for name in self.value):
            raise KeywordBrokenError(self.value)


class _RequiredXor(_Keyword):
    def validate(self, instance: Any) -> None:
        if isinstance(instance, dict) and sum(name in instance for name in self.value) != 1:
            raise KeywordBrokenError(self.value)


class _DependentExcluded(_Keyword):
    def validate(self, instance: Any) -> None:
        for name, others in self.value.items() if isinstance(instance, dict) else ():
            for other in others:
                if name in instance and other in instance:
                    raise KeywordBrokenError(sorted([name, other]))


class _EnumCaseInsensitive(_Keyword):
    def validate(self, instance: Any) -> None:
        if isinstance(instance, str) and instance.lower() not in [each.lower() for each in self.value]:
            raise KeywordBrokenError(self.value)


class _UniqueKeys(_Keyword):
    def validate(self, instance: Any) -> None:
        for key in self.value if isinstance(instance, list) else ():
            given = [each[key] for each in instance if isinstance(each, dict) and key in each]
            if any(value in given[:index] for index, value in enumerate(given)):
                raise KeywordBrokenError([key])


_KEYWORDS: dict[str, type[KeywordValidator]] = {
    "requiredOr": _RequiredOr,
    "requiredXor": _RequiredXor,
    "dependentExcluded": _DependentExcluded,
    "enumCaseInsensitive": _EnumCaseInsensitive,
    "uniqueKeys": _UniqueKeys,
}
