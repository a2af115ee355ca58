"""The objects of an input, and which of them stand: not what a later one replaces, nor what another of them makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from eks_fargate.fargate.rules.base import read


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """A Kubernetes object, and the file and line where it starts."""

    manifest: Mapping[str, Any]
    file: str
    line: int


_Key = tuple[str, str, str, str]


def standing(objects: Iterable[Located], default_namespace: str) -> tuple[list[Located], list[str]]:
    """The objects that count, in the order of the input, and in sentences what does not.

    Of objects of one name the last counts, as with `kubectl apply`. What a controller in the input has made, a
    ReplicaSet or Pod in what `kubectl get` prints, counts with that controller.
    """
    named: dict[_Key | int, Located] = {}
    notes = []
    for one in objects:
        key = _key(one.manifest, default_namespace)
        former = named.pop(key, None) if key else None
        if former is not None and key:
            notes.append(
                f"{key[1]} {key[3]} stands at {former.file}:{former.line} and again at {one.file}:{one.line}: "
                "the last counts, as with kubectl apply"
            )
        named[key or id(one)] = one
    kept, made = [], Counter[str]()
    for one in named.values():
        owner = _owner(one.manifest, default_namespace)
        if owner is not None and owner in named:
            made[str(one.manifest["kind"])] += 1
        else:
            kept.append(one)
    notes += [
        f"left out: {count} {kind}{'' if count == 1 else 's'} that a controller in the input makes"
        for kind, count in sorted(made.items())
    ]
    return kept, notes


def as_written(manifest: Mapping[str, Any]) -> Mapping[str, Any]:
    """The object without what the cluster adds to a running Pod: the node that it runs on says nothing of its next."""
    spec = manifest.get("spec")
    if manifest["kind"] != "Pod" or not isinstance(spec, Mapping) or read(manifest, "status", "phase") is None:
        return manifest
    return {**manifest, "spec": {key: value for key, value in spec.items() if key != "nodeName"}}


def _key(manifest: Mapping[str, Any], default_namespace: str) -> _Key | None:
    """What names an object; None for one without a name of its own."""
    name = read(manifest, "metadata", "name")
    if not isinstance(name, str) or not name:
        return None
    return _group(manifest["apiVersion"]), manifest["kind"], _namespace(manifest, default_namespace), name


def _owner(manifest: Mapping[str, Any], default_namespace: str) -> _Key | None:
    owners = read(manifest, "metadata", "ownerReferences")
    for owner in owners if isinstance(owners, list) else ():
        if read(owner, "controller") is True:
            group = _group(read(owner, "apiVersion"))
            return group, str(owner.get("kind")), _namespace(manifest, default_namespace), str(owner.get("name"))
    return None


def _namespace(manifest: Mapping[str, Any], default_namespace: str) -> str:
    namespace = read(manifest, "metadata", "namespace")
    return namespace if isinstance(namespace, str) and namespace else default_namespace


def _group(api_version: object) -> str:
    return str(api_version).rpartition("/")[0]
