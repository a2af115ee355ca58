"""The model of the cloud: ids and computed outputs of resources, answers of functions, all from tables.

In a preview everything that AWS computes is unknown. In an update each value is made up from the resource's URN, so
that the same program gives the same values.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN, is_unknown
from eks_fargate.offline.cloud.state import State
from eks_fargate.offline.errors import NotModelledError

STAND_IN_ACCOUNT: Final = "123456789012"
"""The account of an update run that names none: AWS's own example number."""


@cache
def _table(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def autonamed_input(type_: str) -> str | None:
    """The input that holds a resource's physical name, which Pulumi makes where the program gives none.

    None for a type without a name, and for one that is not in the table.
    """
    name: str | None = _table("resources")["types"].get(type_, {}).get("autoname")
    return name


@dataclass(frozen=True)
class Cloud:
    """One AWS account in one region, and the clusters in it.

    region: empty where the stack names none. account: empty where it is not known. dry_run: whether this is a preview.
    """

    region: str
    account: str
    dry_run: bool

    def created(self, resource: Resource) -> State:
        """The resource as the cloud would make it. Raises NotModelledError for a type without a row in the table."""
        types: dict[str, dict[str, Any]] = _table("resources")["types"]
        key = "pulumi:providers" if resource.type.startswith("pulumi:providers:") else resource.type
        if key in types:
            return State(resource, "", resource.inputs) if self.dry_run else self._computed(resource, types[key])
        if resource.type.startswith("kubernetes:"):
            return self._kubernetes(resource)
        msg = f"the resource type {resource.type} ('{resource.name}') has no row in cloud/resources.json"
        raise NotModelledError([msg])

    def invoked(self, token: str, args: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The answer of the function `token`; None where only AWS knows it. Raises NotModelledError for another one."""
        row = _table("functions")["functions"].get(token)
        if row is None:
            raise NotModelledError([f"the function {token} has no offline answer (table cloud/functions.json)"])
        needs = {"region": self.region, "account": self.account}
        if self.dry_run and not all(needs.get(need) for need in row["needs"]):
            return None
        answer: dict[str, Any] = self._filled(row["answer"], {**self._place(), "args": args}, f"function {token}")
        return answer

    def _computed(self, resource: Resource, row: Mapping[str, Any]) -> State:
        digest = _digest(resource)
        inputs = dict(row.get("defaults", {})) | {k: v for k, v in resource.inputs.items() if v is not None}
        if "autoname" in row:
            inputs.setdefault(row["autoname"], f"{resource.name}-{digest[:7]}")
        words = {**self._place(), "inputs": inputs, "hash": digest[:17], "HASH": digest[:32].upper()}
        where = f"{resource.type} '{resource.name}'"
        words["id"] = self._filled(row["id"], words, where)
        return State(resource, words["id"], {**inputs, **self._filled(row.get("outputs", {}), words, where)})

    def _kubernetes(self, resource: Resource) -> State:
        """An object of any kind: the API server gives it back as it was sent, with a name where it had none."""
        metadata = resource.inputs.get("metadata")
        if is_unknown(metadata):
            return State(resource, "", resource.inputs)
        metadata = metadata or {}
        made_up = UNKNOWN if self.dry_run else f"{resource.name}-{_digest(resource)[:8]}"
        name = metadata.get("name", made_up)
        outputs = {**resource.inputs, "metadata": {**metadata, "name": name}}
        parts = [str(part) for part in (metadata.get("namespace"), name) if part is not None]
        return State(resource, "" if self.dry_run else "/".join(parts), outputs)

    def _place(self) -> dict[str, Any]:
        rows: list[dict[str, str]] = _table("functions")["partitions"]
        partition = next(row for row in rows if self.region.startswith(row["prefix"]))
        return {**partition, "region": self.region, "account": self.account or STAND_IN_ACCOUNT}

    def _filled(self, template: Any, words: Mapping[str, Any], where: str) -> Any:
        """The template with its placeholders filled in, at every depth."""
        if isinstance(template, dict):
            return {key: self._filled(part, words, where) for key, part in template.items()}
        if isinstance(template, list):
            return [self._filled(part, words, where) for part in template]
        if not isinstance(template, str):
            return template
        try:
            return template.format_map(words)
        except KeyError as error:
            raise NotModelledError([f"{where}: its answer is made of {error}, which is not given"]) from error


def _digest(resource: Resource) -> str:
    return hashlib.sha256(resource.urn.encode()).hexdigest()
