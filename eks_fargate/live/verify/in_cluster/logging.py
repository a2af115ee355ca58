"""Fargate's log router: its ConfigMap as planned, and pods that were started with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.kubernetes_resources import manifests_of
from eks_fargate.fargate.unknown import has_unknown
from eks_fargate.live.checks import Check, State, in_words, not_checked, ok
from eks_fargate.live.failures import Failure
from eks_fargate.live.verify.in_cluster.inside import PODS, Inside, named, ref

_AREA: Final = "logging"
# Source: https://docs.aws.amazon.com/eks/latest/userguide/fargate-logging.html
_NAMESPACE: Final = "aws-observability"
_CONFIG_MAP: Final = "aws-logging"
_ANNOTATION: Final = "Logging"
_SHOWN: Final = 5


def logging(inside: Inside) -> list[Check]:
    """The namespace, the ConfigMap and the pods, where logging is planned."""
    planned = _planned(inside)
    return [] if planned is None else [_namespace(inside), _config_map(inside, planned), *_pods(inside)]


def _planned(inside: Inside) -> Mapping[str, Any] | None:
    for resource in inside.demand.stack.of_type("kubernetes:core/v1:ConfigMap"):
        for manifest in manifests_of(resource, inside.demand.stack):
            if manifest.get("metadata", {}).get("name") == _CONFIG_MAP:
                return dict(manifest.get("data") or {})
    return None


def _namespace(inside: Inside) -> Check:
    namespaces = inside.api.list("/api/v1/namespaces")
    subject = f"Namespace {_NAMESPACE}"
    if isinstance(namespaces, Failure):
        return not_checked(_AREA, subject, namespaces)
    found = named(namespaces, _NAMESPACE)
    label = None if found is None else (found["metadata"].get("labels") or {}).get(_NAMESPACE)
    if label == "enabled":
        return ok(_AREA, subject, f"label {_NAMESPACE}: enabled")
    actual = "missing" if found is None else "no such label"
    why = "without it Fargate does not read the log configuration"
    return Check(_AREA, subject, State.PROBLEM, f"label {_NAMESPACE}: enabled", actual, why, "run `pulumi up`")


def _config_map(inside: Inside, planned: Mapping[str, Any]) -> Check:
    subject = f"ConfigMap {_NAMESPACE}/{_CONFIG_MAP}"
    config_maps = inside.api.list(f"/api/v1/namespaces/{_NAMESPACE}/configmaps")
    if isinstance(config_maps, Failure):
        return not_checked(_AREA, subject, config_maps)
    found = named(config_maps, _CONFIG_MAP, _NAMESPACE)
    if found is None:
        why = "without it no pod's log is shipped"
        return Check(_AREA, subject, State.PROBLEM, "exists", "missing", why, "run `pulumi up`")
    if has_unknown(dict(planned)):
        return not_checked(_AREA, subject, "some of it is not known before deployment", Level.WARNING)
    actual = found.get("data") or {}
    differing = sorted(key for key in {*planned, *actual} if planned.get(key) != actual.get(key))
    if differing:
        why = f"it differs from the plan in {in_words(differing)}"
        return Check(_AREA, subject, State.PROBLEM, why=why, fix="run `pulumi up`", level=Level.WARNING)
    return ok(_AREA, subject, "as planned")


def _pods(inside: Inside) -> Iterator[Check]:
    pods = inside.api.list(PODS)
    if isinstance(pods, Failure):
        yield not_checked(_AREA, "pods", pods, Level.WARNING)
        return
    said = {ref(pod): str((pod["metadata"].get("annotations") or {}).get(_ANNOTATION, "")) for pod in pods}
    off = sorted(name for name, word in said.items() if word.startswith("LoggingDisabled"))
    if off:
        shown = [*off[:_SHOWN], *([f"and {len(off) - _SHOWN} more"] if len(off) > _SHOWN else [])]
        why = "they were created before the configuration was there, or it was refused"
        fix = "kubectl rollout restart their Deployments"
        yield Check(_AREA, "pods", State.PROBLEM, "logging on", f"off for {in_words(shown)}", why, fix, Level.WARNING)
    else:
        on = sum(word.startswith("LoggingEnabled") for word in said.values())
        yield ok(_AREA, "pods", "logging on", f"on for {on}")
