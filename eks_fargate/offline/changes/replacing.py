"""Which inputs replace a resource when they change, and whether the old one goes first: what the tables say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from eks_fargate.fargate.resource_types import HELM_RELEASE
from eks_fargate.fargate.resources import Resource
from eks_fargate.offline.cloud.answers import autonamed_input

_KUBERNETES = "kubernetes:"


@cache
def table(name: str) -> dict[str, Any]:
    """The table `name` of this folder: `changes` or `replacement`."""
    loaded: dict[str, Any] = json.loads((Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def plain(path: str) -> str:
    """The path without the indices of lists: `selectors[0].namespace` is `selectors.namespace`."""
    return re.sub(r"\[\d+\]", "", path)


def covered(path: str, by: Iterable[str]) -> bool:
    """Whether `path`, or what it lies under, is among `by`."""
    return any(path == name or path.startswith((f"{name}.", f"{name}[")) for name in by)


def is_tabled(type_: str) -> bool:
    """Whether the tables tell which inputs of the type replace it."""
    return type_.startswith(_KUBERNETES) or bool(_row(type_))


def replacing_inputs(resource: Resource, provider: Resource | None) -> frozenset[str]:
    """The inputs whose change replaces the resource, as dotted paths; each covers what lies under it.

    provider: the explicit one of the resource, which may say that ConfigMaps and Secrets change in place.
    """
    every = {"aws": "everyAwsType", "kubernetes": "everyKubernetesObject"}.get(resource.type.partition(":")[0])
    paths = {*_row(resource.type).get("properties", ()), *(table("replacement")[every] if every else ())}
    mutable = table("changes")["mutable"]["types"].get(resource.type)
    if mutable and provider is not None and str(provider.inputs.get(mutable["provider"])).lower() == "true":
        paths -= set(mutable["properties"])
    return frozenset({*paths, *resource.options.get("replaceOnChanges", ())})


def replacing_where_removed(type_: str) -> frozenset[str]:
    """The inputs that replace a resource of the type where they are taken away, though not where they change."""
    return frozenset(_row(type_).get("whenRemoved", ()))


def replacing_where_the_source_is_replaced(type_: str) -> frozenset[str]:
    """The inputs that replace a resource of the type where they come from one that is itself replaced."""
    return frozenset(_row(type_).get("fromReplaced", ()))


def is_regional(type_: str) -> bool:
    """Whether a resource of the type stands in one AWS region, so that another region makes it another resource."""
    return type_.startswith("aws:") and not type_.startswith(tuple(table("changes")["global"]["types"]))


def unordered_inputs(type_: str) -> frozenset[str]:
    """The lists of the type that are sets to the provider, as dotted paths: their order is of no matter."""
    return frozenset(table("changes")["unordered"]["types"].get(type_, ()))


def deletes_first(old: Resource, new: Resource) -> bool:
    """Whether a replacement deletes the old resource before it makes the new one.

    What the program says counts; otherwise the providers do so where the program gives the physical name: the AWS
    provider always, that of Kubernetes where name and namespace stay.
    Sources: https://github.com/pulumi/pulumi-terraform-bridge/blob/main/pkg/tfbridge/schema.go,
    https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/provider/provider.go
    """
    said = new.options.get("deleteBeforeReplace")
    if said is not None:
        return bool(said)
    if new.type == HELM_RELEASE:
        return False
    if new.type.startswith(_KUBERNETES):
        places = [_place(resource.inputs.get("metadata")) for resource in (old, new)]
        return places[0] == places[1] and places[1][0] is not None
    name = autonamed_input(new.type)
    return name is not None and new.inputs.get(name) is not None


def _place(metadata: Any) -> tuple[Any, Any]:
    given = metadata if isinstance(metadata, Mapping) else {}
    return given.get("name"), given.get("namespace")


def _row(type_: str) -> Mapping[str, Any]:
    tables = (table("replacement")["types"], table("changes")["providers"])
    return next((rows[type_] for rows in tables if type_ in rows), {})
