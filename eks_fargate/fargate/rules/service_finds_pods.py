"""service-finds-pods: what a Service selects, and what an Ingress names, is there and serves the port."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.pods import Pod
from eks_fargate.fargate.rules.base import Fail, Verdict, each, not_known, read
from eks_fargate.fargate.rules.ingress import Backend, backends
from eks_fargate.fargate.rules.subjects import ObjectRule, ObjectSubject
from eks_fargate.fargate.unknown import UNKNOWN, Unknown
from eks_fargate.fargate.world import SeenObject

_FOUND = "whether the Service's pods are in sight"
_SERVED = "whether the port is served"


def _check(subject: ObjectSubject) -> Iterator[Verdict]:
    if subject.seen.kind == "Service":
        yield from _check_service(subject)
    else:
        for backend in backends(subject.seen):
            yield from _check_backend(subject, backend)


def _check_service(subject: ObjectSubject) -> Iterator[Verdict]:
    spec = read(subject.fields, "spec")
    selector = read(spec, "selector")
    if read(spec, "type") == "ExternalName":
        return
    if selector is UNKNOWN:
        yield not_known("spec.selector", _FOUND)
    if not isinstance(selector, Mapping) or not selector:
        return
    selected = list(subject.world.selected_by(subject.seen))
    if not selected:
        labels = ", ".join(f"{key}={value}" for key, value in sorted(selector.items()))
        yield Fail(
            "spec.selector",
            f"no pod in sight in namespace {subject.seen.namespace} has the labels {labels}",
            "Correct the selector, or put the workload into the same input.",
        )
        return
    certain = [placed.pod for placed, known in selected if known]
    if not certain:
        yield not_known("spec.selector", _FOUND)
        return
    for path, port in each(read(spec, "ports"), "spec.ports"):
        yield from _check_port(path, port, certain)


def _check_port(path: str, port: Any, pods: list[Pod]) -> Iterator[Verdict]:
    target = read(port, "targetPort")
    field = "port" if target is None else "targetPort"
    target = read(port, "port") if target is None else target
    served = _first_true(_serves(pod, target) for pod in pods)
    if target is UNKNOWN or served is UNKNOWN:
        yield not_known(path if port is UNKNOWN else f"{path}.{field}", _SERVED)
    elif not served:
        yield Fail(
            f"{path}.{field}",
            f"no container of {pods[0].ref} serves port {target}",
            "Name a port that one of its containers lists.",
        )


def _first_true(answers: Iterator[bool | Unknown]) -> bool | Unknown:
    result: bool | Unknown = False
    for answer in answers:
        if answer is True:
            return True
        result = UNKNOWN if answer is UNKNOWN else result
    return result


def _serves(pod: Pod, target: Any) -> bool | Unknown:
    """Whether a container lists the port. One that lists none may listen anywhere, but has no port by name."""
    answer: bool | Unknown = False
    for container in (*pod.containers("containers"), *pod.containers("initContainers")):
        listed = list(each(container.fields.get("ports"), ""))
        if not listed and isinstance(target, int):
            return True
        for _, port in listed:
            value = read(port, "containerPort" if isinstance(target, int) else "name")
            if value == target:
                return True
            answer = UNKNOWN if value is UNKNOWN else answer
    return answer


def _check_backend(subject: ObjectSubject, backend: Backend) -> Iterator[Verdict]:
    if backend.service is UNKNOWN:
        yield not_known(backend.path, "which Service the Ingress sends requests to")
        return
    service = subject.world.find("Service", backend.service, subject.seen.namespace)
    if service is None:
        yield Fail(
            backend.path,
            f"Service {backend.service} is not in sight in namespace {subject.seen.namespace}",
            "Correct the name, or put the Service into the same input.",
        )
        return
    known = _has_port(service, backend.port)
    if known is UNKNOWN:
        yield not_known(backend.path, _SERVED)
    elif not known:
        yield Fail(
            backend.path,
            f"{service.ref} has no port {backend.port}",
            "Name one of the Service's ports, by number or by name.",
        )


def _has_port(service: SeenObject, port: Any) -> bool | Unknown:
    ports = list(each(read(service.fields, "spec", "ports"), ""))
    values = [read(entry, field) for _, entry in ports for field in ("port", "name")]
    if isinstance(port, Unknown):
        return UNKNOWN
    if port is None or port in values:
        return True
    return UNKNOWN if UNKNOWN in values else False


rule = ObjectRule(
    id="service-finds-pods",
    group="E",
    level=Level.WARNING,
    statement="What a Service selects, or an Ingress names as backend, is in the same input and serves the port.",
    source="https://kubernetes.io/docs/concepts/services-networking/service/",
    check=_check,
    kinds=("Ingress", "Service"),
)
