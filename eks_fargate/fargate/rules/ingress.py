"""What an Ingress says, of either API version: its class, its backends.

Source: https://kubernetes.io/docs/concepts/services-networking/ingress/
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from eks_fargate.fargate.rules.base import each, read
from eks_fargate.fargate.unknown import UNKNOWN, Unknown
from eks_fargate.fargate.world import SeenObject, World

_ANNOTATIONS = "alb.ingress.kubernetes.io"
_CLASS_ANNOTATION = "kubernetes.io/ingress.class"
_DEFAULT_CLASS = "ingressclass.kubernetes.io/is-default-class"
_ALB_CONTROLLER = "ingress.k8s.aws/alb"
_USE_ANNOTATION = "use-annotation"


@dataclass(frozen=True, slots=True)
class Backend:
    """A Service that an Ingress sends requests to. service: unknown where it is. port: number, name, or None."""

    path: str
    service: str | Unknown
    port: Any


def annotation(seen: SeenObject, name: str) -> Any:
    """The value of the controller's annotation `alb.ingress.kubernetes.io/NAME`, or None."""
    return read(seen.fields, "metadata", "annotations", f"{_ANNOTATIONS}/{name}")


def is_alb(world: World, ingress: SeenObject) -> bool | Unknown:
    """Whether the AWS Load Balancer Controller serves the Ingress."""
    named = read(ingress.fields, "metadata", "annotations", _CLASS_ANNOTATION)
    if named is not None:
        return UNKNOWN if named is UNKNOWN else bool(named == "alb")
    class_name = read(ingress.fields, "spec", "ingressClassName")
    if isinstance(class_name, Unknown):
        return UNKNOWN
    ingress_class = class_of(world, ingress)
    if ingress_class is None:
        return bool(class_name == "alb")
    controller = read(ingress_class.fields, "spec", "controller")
    return UNKNOWN if controller is UNKNOWN else bool(controller == _ALB_CONTROLLER)


def class_of(world: World, ingress: SeenObject) -> SeenObject | None:
    """The IngressClass in sight that the Ingress names, else the one marked as the cluster's default."""
    class_name = read(ingress.fields, "spec", "ingressClassName")
    return world.once(_default_class) if class_name is None else world.find("IngressClass", class_name)


def _default_class(world: World) -> SeenObject | None:
    marked = (
        seen
        for seen in world.of_kind("IngressClass")
        if read(seen.fields, "metadata", "annotations", _DEFAULT_CLASS) == "true"
    )
    return next(marked, None)


def backends(ingress: SeenObject) -> Iterator[Backend]:
    """The Services of every path and of the default backend, those that an action annotation names among them."""
    spec = read(ingress.fields, "spec")
    if spec is UNKNOWN:
        yield Backend("spec", UNKNOWN, UNKNOWN)
        return
    for field in ("defaultBackend", "backend"):
        yield from _backend(ingress, f"spec.{field}", read(spec, field))
    for rule_path, rule in each(read(spec, "rules"), "spec.rules"):
        for path, entry in each(read(rule, "http", "paths"), f"{rule_path}.http.paths"):
            yield from _backend(ingress, f"{path}.backend", read(entry, "backend"))


def _backend(ingress: SeenObject, path: str, backend: Any) -> Iterator[Backend]:
    if backend is UNKNOWN:
        yield Backend(path, UNKNOWN, UNKNOWN)
        return
    name = read(backend, "service", "name")
    if name is not None:
        number = read(backend, "service", "port", "number")
        port = read(backend, "service", "port", "name") if number is None else number
        at = f"{path}.service.name"
    else:
        name, port, at = read(backend, "serviceName"), read(backend, "servicePort"), f"{path}.serviceName"
    if name is None:
        return
    if port == _USE_ANNOTATION:
        yield from _action_backends(at, annotation(ingress, f"actions.{name}"))
    else:
        yield Backend(at, name, port)


def _action_backends(path: str, action: Any) -> Iterator[Backend]:
    """The Services that an action forwards to; an action may redirect or answer by itself, with none."""
    if action is UNKNOWN:
        yield Backend(path, UNKNOWN, UNKNOWN)
    if not isinstance(action, str):
        return
    try:
        groups = read(json.loads(action), "forwardConfig", "targetGroups")
    except ValueError:
        return
    for _, group in each(groups, path):
        name = read(group, "serviceName")
        if name is not None:
            yield Backend(path, name, read(group, "servicePort"))
