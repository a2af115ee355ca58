"""ingress-targets-ip: an ALB reaches Fargate pods by their addresses, for there is no instance to go through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.rules.base import Fail, Verdict, not_known, read
from eks_fargate.fargate.rules.ingress import Backend, annotation, backends, class_of, is_alb
from eks_fargate.fargate.rules.load_balancer_controller import default_target_type
from eks_fargate.fargate.rules.subjects import ObjectRule, ObjectSubject
from eks_fargate.fargate.unknown import UNKNOWN, Unknown
from eks_fargate.fargate.world import SeenObject, World

_FIX = "Annotate the Ingress with alb.ingress.kubernetes.io/target-type: ip."
_PATH = "metadata.annotations.alb.ingress.kubernetes.io/target-type"
_QUESTION = "whether the Ingress sends requests to Fargate pods by their addresses"


def _check(subject: ObjectSubject) -> Iterator[Verdict]:
    world, ingress = subject.world, subject.seen
    served = is_alb(world, ingress)
    if served is False or world.data_plane is DataPlane.NODES:
        return
    for backend in backends(ingress):
        service = None if backend.service is UNKNOWN else world.find("Service", backend.service, ingress.namespace)
        target_type, where = _target_type(world, ingress, service)
        if target_type == "ip":
            continue
        reached = _reaches_fargate(world, service)
        if reached is False:
            continue
        if UNKNOWN in (served, target_type, reached, backend.service):
            yield not_known(backend.path if target_type is not UNKNOWN else _PATH, _QUESTION)
        else:
            yield _fail(backend, target_type, where)


def _fail(backend: Backend, target_type: Any, where: str) -> Fail:
    return Fail(
        backend.path,
        (
            f"backend {backend.service} is on Fargate and the target type is {target_type} {where}; an ALB reaches "
            "Fargate pods with target type ip alone"
        ),
        _FIX if "IngressClassParams" not in where else "Set spec.targetType of the IngressClassParams to ip.",
    )


def _target_type(world: World, ingress: SeenObject, service: SeenObject | None) -> tuple[str | Unknown, str]:
    """The target type of a backend and where it is set: class parameters win over annotations, the Service's first."""
    ingress_class = class_of(world, ingress)
    named = read(ingress_class.fields, "spec", "parameters", "name") if ingress_class else None
    parameters = world.find("IngressClassParams", named) if named else None
    given = read(parameters.fields, "spec", "targetType") if parameters else None
    if given is not None:
        return given, f"in IngressClassParams {named}"
    for seen in (service, ingress):
        given = annotation(seen, "target-type") if seen else None
        if given is not None:
            return given, f"by annotation of the {'Ingress' if seen is ingress else 'Service'}"
    default = default_target_type(world)
    if default is None:
        return "instance", "by the controller's own default"
    return default, "by the controller's configuration"


def _reaches_fargate(world: World, service: SeenObject | None) -> bool | Unknown:
    """Whether pods of the Service are on Fargate; one not in sight has them there if there is nowhere else."""
    if service is None:
        return True if world.data_plane is DataPlane.FARGATE else UNKNOWN
    first = world.first_on_fargate(world.selected_by(service))
    if first is None:
        return False
    return True if first[1] else UNKNOWN


rule = ObjectRule(
    id="ingress-targets-ip",
    group="C",
    level=Level.ERROR,
    statement=(
        "An ALB Ingress whose backends land on Fargate has target type ip, by annotation, IngressClassParams or the "
        "controller's default."
    ),
    source="https://docs.aws.amazon.com/eks/latest/userguide/alb-ingress.html",
    check=_check,
    kinds=("Ingress",),
)
