"""How each AWS type behaves: `data/aws.json`, on top of the ids and outputs that the offline engine's table tells."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

ACCOUNT = "123456789012"
PARTITION = {"partition": "aws", "dnsSuffix": "amazonaws.com", "reverseDnsPrefix": "com.amazonaws"}


@dataclass(frozen=True, slots=True)
class Reference:
    """An input that must name an existing object.

    path: where in the inputs, `[]` for every item of a list. type: of the object named. by: which of its outputs
    (or `id`) the input equals. blocks: whether that object cannot be deleted meanwhile.
    """

    path: str
    type: str
    by: str
    blocks: bool = True


@dataclass(frozen=True)
class TypeFacts:
    """One type. id, outputs: templates. defaults: of inputs that are omitted. autoname: the input that is made up where
    it is omitted. refers: see Reference. unique: inputs that together no two objects share. seconds: how long a
    creation or a deletion takes. exists, missing, in_use: the API's error codes.
    """

    id: str
    outputs: Mapping[str, Any] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)
    autoname: str = ""
    refers: tuple[Reference, ...] = ()
    unique: tuple[str, ...] = ()
    seconds: float = 0.0
    exists: str = "ResourceAlreadyExistsException"
    missing: str = "ResourceNotFoundException"
    in_use: str = "ResourceInUseException"


@cache
def behaviour() -> Mapping[str, Any]:
    """The whole of `data/aws.json`."""
    return _loaded(Path(__file__).parent / "data" / "aws.json")


@cache
def facts_of(type_: str) -> TypeFacts | None:
    """What is told about `type_`; None where nothing is."""
    row = behaviour()["types"].get(type_)
    if row is None:
        return None
    refers = tuple(Reference(path, **target) for path, target in row.get("refers", {}).items())
    return TypeFacts(**{**_offline("resources")["types"][type_], **row, "refers": refers})


def references_of(type_: str) -> tuple[Reference, ...]:
    """What `type_` refers to; nothing where nothing is told about it."""
    facts = facts_of(type_)
    return () if facts is None else facts.refers


def constant_answer(function: str, region: str) -> dict[str, Any] | None:
    """The answer of a data source that depends on the account and the region alone; None for any other."""
    row = _offline("functions")["functions"].get(function)
    if row is None or not {"account", "region"} >= set(row["needs"]):
        return None
    answer: dict[str, Any] = filled(row["answer"], {"region": region})
    return answer


def values_at(properties: Mapping[str, Any], path: str) -> Iterator[Any]:
    """Every value in `properties` at `path`, such as `vpcConfig.subnetIds[]`; none where part of it is absent."""
    key, _, rest = path.partition(".")
    value = properties.get(key.removesuffix("[]"))
    for item in value if key.endswith("[]") and isinstance(value, list) else [value]:
        if rest and isinstance(item, Mapping):
            yield from values_at(item, rest)
        elif not rest and item not in (None, ""):
            yield item


def filled(template: Any, values: Mapping[str, Any]) -> Any:
    """`template` with the placeholders in its strings replaced by `values`, the account and the partition."""
    if isinstance(template, str):
        return template.format_map({**PARTITION, "account": ACCOUNT, **values})
    if isinstance(template, Mapping):
        return {key: filled(item, values) for key, item in template.items()}
    return [filled(item, values) for item in template] if isinstance(template, list) else template


def _offline(table: str) -> dict[str, Any]:
    return _loaded(Path(str(files("eks_fargate.offline") / "cloud" / f"{table}.json")))


@cache
def _loaded(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded
