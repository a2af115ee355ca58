"""Every Kubernetes object, planned or given as a manifest, against the Kubernetes schema of the cluster's version.

The schemas are those of the installed kubernetes-validate, the strict ones: a field that the API does not have is an
error. They check no quantities, port ranges, names, nor values such as `protocol: tcp`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from eks_fargate.fargate.findings import Finding, Level
from eks_fargate.fargate.kubernetes_resources import api_of, is_patch
from eks_fargate.fargate.resource_types import HELM_RELEASE
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import Unknown
from eks_fargate.offline.lint.kubernetes_schemas import Api, api, minor, versions
from eks_fargate.offline.lint.notchecked import NotChecked
from eks_fargate.offline.lint.paths import dotted, last_step
from eks_fargate.offline.lint.quoting import may_be_quoted
from eks_fargate.offline.lint.validation import Problem
from eks_fargate.offline.lint.words import Words, describe, listed, refused

RULE = "kubernetes-schema"


@dataclass(frozen=True, slots=True)
class _Subject:
    """An object to check. ref: as findings name it. is_patch: it holds some fields only."""

    ref: str
    api_version: str
    kind: str
    fields: Mapping[str, Any]
    is_patch: bool = False
    secret_paths: Sequence[str] = ()


def check_manifest(manifest: Mapping[str, Any], version: str, default_namespace: str = "default") -> list[Finding]:
    """The findings on one object.

    version: of the cluster, `1.34`, `v1.34.2` or `1.34-eks-...`. default_namespace: for an object that names none.

    Nothing where there is no schema for the kind or the version; `manifest_not_checked` says which those are.
    Raises ValueError where `version` is no version.
    """
    return list(_findings(_of_manifest(manifest, default_namespace), version))


def manifest_not_checked(
    manifest: Mapping[str, Any], version: str, default_namespace: str = "default"
) -> NotChecked | None:
    """Why there is no schema to hold the object against; None where there is one. As for `check_manifest` otherwise."""
    return _without_schema(_of_manifest(manifest, default_namespace), version)


def check(resources: Sequence[Resource], version: str) -> list[Finding]:
    """The findings on the Kubernetes objects of a plan, in its order; `version` as for `check_manifest`."""
    return [finding for subject in _planned(resources) for finding in _findings(subject, version)]


def not_checked(resources: Sequence[Resource], version: str) -> list[NotChecked]:
    """The Kubernetes resources of a plan that `check` has no schema for, Helm releases among them."""
    out = [
        NotChecked(each.urn, "", "a chart's objects are not in the plan: give what `helm template` prints as manifests")
        for each in resources
        if each.custom and each.type == HELM_RELEASE
    ]
    return out + [each for each in (_without_schema(s, version) for s in _planned(resources)) if each]


def _of_manifest(manifest: Mapping[str, Any], default_namespace: str) -> _Subject:
    metadata = manifest.get("metadata")
    named = metadata if isinstance(metadata, Mapping) else {}
    kind = _text(manifest.get("kind"))
    parts = (kind or "object", _text(named.get("namespace")) or default_namespace, _text(named.get("name")))
    return _Subject("/".join(parts), _text(manifest.get("apiVersion")), kind, manifest)


def _text(value: Any) -> str:
    """`value` where it is text or unknown, else nothing: the schema tells what else it is."""
    return str(value) if isinstance(value, (str, Unknown)) else ""


def _planned(resources: Sequence[Resource]) -> Iterator[_Subject]:
    for resource in resources:
        named = api_of(resource.type)
        if named is None or not resource.custom:
            continue
        api_version, kind = named
        fields = {"apiVersion": api_version, "kind": kind, **resource.inputs}
        yield _Subject(resource.urn, api_version, kind, fields, is_patch(resource.type), resource.secret_paths)


def _findings(subject: _Subject, version: str) -> Iterator[Finding]:
    known = api(version)
    if known is None or _is_foreign(subject, known):
        return
    reference = f"https://kubernetes.io/docs/reference/generated/kubernetes-api/v{known.version}/"
    schema = known.schema(subject.api_version, subject.kind)
    if schema is None:
        path, words = _no_such_kind(subject, known)
        yield Finding(RULE, Level.ERROR, subject.ref, path, words.message, words.fix, reference)
        return
    source = f"{reference}#{_anchor(subject)}"
    for problem in schema.problems(subject.fields):
        if not (subject.is_patch and problem.keyword == "required"):
            for path, words in _words(problem, subject):
                yield Finding(RULE, Level.ERROR, subject.ref, path, words.message, words.fix, source)


def _without_schema(subject: _Subject, version: str) -> NotChecked | None:
    known = api(version)
    if known is None:
        oldest, *_, newest = versions()
        reason = f"there are schemas for Kubernetes {oldest} to {newest}, not for {minor(version)}"
        return NotChecked(subject.ref, "", reason)
    if _is_foreign(subject, known):
        reason = f"Kubernetes {known.version} itself has no {subject.api_version} {subject.kind}"
        return NotChecked(subject.ref, "", reason)
    return None


def _is_foreign(subject: _Subject, known: Api) -> bool:
    """Whether the object is of a custom resource, or kubectl's own List, which no schema describes."""
    group = subject.api_version.rpartition("/")[0]
    return group not in known.groups or (subject.api_version, subject.kind) == ("v1", "List")


def _no_such_kind(subject: _Subject, known: Api) -> tuple[str, Words]:
    """The path and the words for a kind that Kubernetes' own group does not have, or no longer."""
    for name, value in (("apiVersion", subject.api_version), ("kind", subject.kind)):
        if not value:
            return name, Words(f"{name} is missing", f"Set {name}")
    message = f"{subject.api_version} has no {subject.kind} in Kubernetes {known.version}"
    served = sorted(api_version for api_version, kind in known.kinds if kind == subject.kind)
    if served:
        return "apiVersion", Words(message, f"Write apiVersion: {' or '.join(served)}")
    kinds = sorted(kind for api_version, kind in known.kinds if api_version == subject.api_version)
    by_lower = {kind.lower(): kind for kind in kinds}
    close = get_close_matches(subject.kind.lower(), by_lower, n=1)
    return "kind", Words(message, f"Write kind: {by_lower[close[0]]}" if close else f"Kinds there: {listed(kinds)}")


def _anchor(subject: _Subject) -> str:
    group, _, version = subject.api_version.rpartition("/")
    return f"{subject.kind}-{version}-{group or 'core'}".replace(".", "-").lower()


def _words(problem: Problem, subject: _Subject) -> Iterator[tuple[str, Words]]:
    path = dotted(problem.place)
    if problem.keyword == "additionalProperties":
        for name in problem.names:
            yield dotted((name,), path), refused(name, problem.known, path or subject.kind)
    elif problem.keyword == "required":
        yield dotted(problem.names, path), describe(problem, "", quote=False)
    else:
        yield (
            path,
            describe(
                problem, last_step(path) or subject.kind, quote=may_be_quoted("kubernetes", path, subject.secret_paths)
            ),
        )
