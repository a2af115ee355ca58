"""Any Kubernetes object, and the pods it makes.

Read are the kinds of Kubernetes itself, in every apiVersion they have had, lists of anything, and two kinds whose
schema is a pod template: Argo's Rollout and Knative's Service. Source:
https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

from eks_fargate.fargate.facts import DEFAULT_FACTS, Facts
from eks_fargate.fargate.objects import is_list, objects_of
from eks_fargate.fargate.pods import Pod, Problem
from eks_fargate.fargate.shape import POD_SPEC, TEXT, TEXTS_BY_KEY, Reader
from eks_fargate.fargate.unknown import UNKNOWN, Unknown

UNNAMED: Final = "<unnamed>"


class PodsOf(NamedTuple):
    """The pods that an object makes, in the order of the input, and what of it was left out because it is malformed."""

    pods: list[Pod]
    problems: list[Problem]


class Makes(StrEnum):
    """Whether objects of a kind make pods."""

    PODS = "pods"
    NO_PODS = "no pods"
    NOT_JUDGED = "not judged"


Replicas = Callable[[Reader, Mapping[str, Any], str], int | Unknown]


def _once(_reader: Reader, _owner: Mapping[str, Any], _path: str) -> int:
    return 1


def _never(_reader: Reader, _owner: Mapping[str, Any], _path: str) -> int:
    """A PodTemplate is only kept for others to use."""
    return 0


def _on_every_node(_reader: Reader, _owner: Mapping[str, Any], _path: str) -> Unknown:
    return UNKNOWN


def _scaled(reader: Reader, owner: Mapping[str, Any], path: str) -> int | Unknown:
    return reader.count(owner, "replicas", f"{path}.replicas")


def _of_a_job(reader: Reader, owner: Mapping[str, Any], path: str) -> int | Unknown:
    """Pods at once: no more than `parallelism`, nor than there are to complete."""
    parallelism = reader.count(owner, "parallelism", f"{path}.parallelism")
    if owner.get("completions") is None:
        return parallelism
    completions = reader.count(owner, "completions", f"{path}.completions")
    if isinstance(parallelism, Unknown) or isinstance(completions, Unknown):
        return UNKNOWN
    return min(parallelism, completions)


@dataclass(frozen=True, slots=True)
class _Maker:
    """A kind that makes pods.

    groups: the API groups that have it. owner: keys that lead to what holds the pod template, under `template` (the
    object itself is the template where it is None). replicas: how many run at once, told from that owner and its path.
    """

    groups: frozenset[str]
    owner: tuple[str, ...] | None
    replicas: Replicas


_CORE = frozenset({""})
_APPS = frozenset({"apps", "extensions"})
_MAKERS: Final[Mapping[str, _Maker]] = {
    "CronJob": _Maker(frozenset({"batch"}), ("spec", "jobTemplate", "spec"), _of_a_job),
    "DaemonSet": _Maker(_APPS, ("spec",), _on_every_node),
    "Deployment": _Maker(_APPS, ("spec",), _scaled),
    "Job": _Maker(frozenset({"batch", "extensions"}), ("spec",), _of_a_job),
    "Pod": _Maker(_CORE, None, _once),
    "PodTemplate": _Maker(_CORE, (), _never),
    "ReplicaSet": _Maker(_APPS, ("spec",), _scaled),
    "ReplicationController": _Maker(_CORE, ("spec",), _scaled),
    "Rollout": _Maker(frozenset({"argoproj.io"}), ("spec",), _scaled),
    # Knative starts one pod and scales with the traffic.
    "Service": _Maker(frozenset({"serving.knative.dev"}), ("spec",), _once),
    "StatefulSet": _Maker(frozenset({"apps"}), ("spec",), _scaled),
}


def _group(manifest: Mapping[Any, Any]) -> str:
    """The API group; empty for the core group."""
    return str(manifest.get("apiVersion")).rpartition("/")[0]


def _maker(manifest: Mapping[Any, Any]) -> _Maker | None:
    kind = manifest.get("kind")
    maker = _MAKERS.get(kind) if isinstance(kind, str) else None
    return maker if maker and _group(manifest) in maker.groups else None


def makes(manifest: object, facts: Facts = DEFAULT_FACTS) -> Makes:
    """Whether an object of that kind makes pods (a list: its items are read), or its kind is not judged.

    Not judged are custom kinds, and what is no Kubernetes object; the table `kinds` says which make none.
    """
    if not isinstance(manifest, Mapping):
        return Makes.NOT_JUDGED
    if is_list(manifest) or _maker(manifest):
        return Makes.PODS
    makes_none = facts.table("kinds")["makeNoPods"].get(_group(manifest), ())
    return Makes.NO_PODS if manifest.get("kind") in makes_none else Makes.NOT_JUDGED


def pods_of(manifest: object, default_namespace: str | Unknown = "default") -> PodsOf:
    """The pods that a Kubernetes object makes: one record for each workload in it, and the parts left out.

    Never raises. An object of any other kind makes none, without a problem; ask `makes` which of them are not judged.
    Labels are those of the pod template; those that controllers add to their pods (pod-template-hash, job-name) are not
    among them, nor is the container that Knative adds to its pods.
    default_namespace: of objects that name none.
    """
    found = objects_of(manifest)
    made = PodsOf([], found.problems)
    for entry in found.objects:
        maker = _maker(entry)
        if maker is None:
            continue
        reader = Reader()
        identity = _identity(entry, default_namespace, reader)
        pod = _pod(entry, maker, identity, reader)
        made.problems.extend(
            Problem(f"{entry['kind']}/{identity.namespace}/{identity.name}", *fault) for fault in reader.faults
        )
        if pod:
            made.pods.append(pod)
    return made


class _Identity(NamedTuple):
    metadata: Mapping[str, Any]
    name: str
    namespace: str | Unknown


def _identity(manifest: Mapping[str, Any], default_namespace: str | Unknown, reader: Reader) -> _Identity:
    metadata = reader.mapping(manifest, "metadata", "metadata")
    namespace: str | Unknown | None = reader.part(metadata, "namespace", TEXT, "metadata.namespace")
    given = default_namespace if namespace is None or namespace == "" else namespace
    return _Identity(metadata, _name(metadata, reader), given)


def _name(metadata: Mapping[str, Any], reader: Reader) -> str:
    """The name; `PREFIX*` for one that is generated from a prefix."""
    name = reader.part(metadata, "name", TEXT, "metadata.name")
    if name is UNKNOWN or name:
        return str(name)
    prefix = reader.part(metadata, "generateName", TEXT, "metadata.generateName")
    if prefix is UNKNOWN or prefix:
        return f"{prefix}*"
    reader.report("metadata.name", "is missing")
    return UNNAMED


def _pod(manifest: Mapping[str, Any], maker: _Maker, identity: _Identity, reader: Reader) -> Pod | None:
    """The pod of a workload; None, and reported, where it has no pod template or that has no spec."""
    template, template_path, replicas = _template(manifest, maker, reader)
    if template is None:
        return None
    spec_path = _within(template_path, "spec")
    spec = reader.needed(template, "spec", spec_path, POD_SPEC)
    if spec is None:
        return None
    containers = spec.get("containers")
    if containers is not UNKNOWN and not containers:
        reader.report(f"{spec_path}.containers", "has no container; a pod has at least one")
    metadata_path = _within(template_path, "metadata")
    metadata = identity.metadata if template is manifest else reader.mapping(template, "metadata", metadata_path)
    account = spec.get("serviceAccountName", spec.get("serviceAccount"))
    return Pod(
        kind=manifest["kind"],
        name=identity.name,
        namespace=identity.namespace,
        replicas=replicas,
        labels=reader.mapping(metadata, "labels", f"{metadata_path}.labels", TEXTS_BY_KEY),
        annotations=reader.mapping(metadata, "annotations", f"{metadata_path}.annotations", TEXTS_BY_KEY),
        spec=spec,
        spec_path=spec_path,
        template_path=template_path,
        service_account="default" if account is None or account == "" else account,
        manifest=manifest,
    )


def _template(
    manifest: Mapping[str, Any], maker: _Maker, reader: Reader
) -> tuple[Mapping[str, Any] | None, str, int | Unknown]:
    """The pod template, its path, and how many pods of it run at once; None where there is no template."""
    if maker.owner is None:
        return manifest, "", 1
    owner, path = manifest, ""
    for key in maker.owner:
        path = _within(path, key)
        held = reader.needed(owner, key, path)
        if held is None:
            return None, path, 0
        owner = held
    template_path = _within(path, "template")
    if owner.get("template") is None and owner.get("workloadRef") is not None:
        reader.report(
            template_path, "is that of the object which workloadRef names; its pods are judged with that object"
        )
        return None, template_path, 0
    return reader.needed(owner, "template", template_path), template_path, maker.replicas(reader, owner, path)


def _within(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
