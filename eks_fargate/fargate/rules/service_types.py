"""load-balancer-targets-ip and no-node-port: which Services reach Fargate pods."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.rules.base import Fail, Verdict, not_known, read
from eks_fargate.fargate.rules.load_balancer_controller import default_target_type
from eks_fargate.fargate.rules.subjects import ObjectRule, ObjectSubject
from eks_fargate.fargate.unknown import UNKNOWN

_ANNOTATION = "service.beta.kubernetes.io/aws-load-balancer"
_CLASS = "service.k8s.aws/nlb"
_TYPE = "whether the Service is a load balancer over Fargate pods"
_HANDLED = (
    f"Set spec.loadBalancerClass to {_CLASS} and annotate the Service with {_ANNOTATION}-nlb-target-type: ip, "
    "with the AWS Load Balancer Controller installed."
)


def _over_fargate(subject: ObjectSubject, service_type: str) -> tuple[Any, bool] | None:
    """The Service's type and whether it is certainly over Fargate pods; None if of another type, or over none."""
    given = read(subject.fields, "spec", "type")
    if given not in (service_type, UNKNOWN):
        return None
    first = subject.world.first_on_fargate(subject.world.selected_by(subject.seen))
    return None if first is None else (given, first[1])


def _check_load_balancer(subject: ObjectSubject) -> Iterator[Verdict]:
    found = _over_fargate(subject, "LoadBalancer")
    if found is None:
        return
    given, certain = found
    problem = _wrong_target(subject)
    if problem is None:
        return
    if given is UNKNOWN:
        yield not_known("spec.type", _TYPE)
    elif problem is UNKNOWN:
        yield not_known("metadata.annotations", "whether the load balancer sends requests to the pods' addresses")
    elif not certain:
        yield not_known("spec.selector", _TYPE)
    else:
        path, message = problem
        yield Fail(path, message, _HANDLED)


def _wrong_target(subject: ObjectSubject) -> Any:
    """Path and message of what is wrong, None where the targets are addresses, unknown where it hangs on a value."""
    service_class = read(subject.fields, "spec", "loadBalancerClass")
    handler = read(subject.fields, "metadata", "annotations", f"{_ANNOTATION}-type")
    target = read(subject.fields, "metadata", "annotations", f"{_ANNOTATION}-nlb-target-type")
    # Another class is another controller's, of whose targets nothing is known here.
    if handler == "nlb-ip" or service_class not in (None, _CLASS, UNKNOWN):
        return None
    if service_class != _CLASS and handler != "external":
        if UNKNOWN in (service_class, handler):
            return UNKNOWN
        named = f"load balancer type {handler or 'classic'}"
        return "spec", f"the Service has {named}, whose targets are instances, and its pods are on Fargate"
    if target is None:
        target = default_target_type(subject.world) or "instance"
    if target is UNKNOWN:
        return UNKNOWN
    if target in ("ip", "nlb-ip"):
        return None
    path = f"metadata.annotations.{_ANNOTATION}-nlb-target-type"
    return (
        path,
        f"the Service's pods are on Fargate and its target type is {target}; Fargate pods are reached by ip alone",
    )


def _check_node_port(subject: ObjectSubject) -> Iterator[Verdict]:
    found = _over_fargate(subject, "NodePort")
    if found is None:
        return
    given, certain = found
    if given is UNKNOWN or not certain:
        yield not_known("spec.type" if given is UNKNOWN else "spec.selector", "whether a NodePort is over Fargate pods")
    else:
        yield Fail(
            "spec.type",
            "the Service is of type NodePort and its pods are on Fargate, whose nodes no load balancer can target",
            "Set spec.type to ClusterIP; load balancers with ip targets need no node port.",
        )


load_balancer_targets_ip = ObjectRule(
    id="load-balancer-targets-ip",
    group="C",
    level=Level.ERROR,
    statement=(
        "A Service of type LoadBalancer over Fargate pods is handled by the load balancer controller with ip targets, "
        "never a Classic one."
    ),
    source="https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html",
    check=_check_load_balancer,
    kinds=("Service",),
)

no_node_port = ObjectRule(
    id="no-node-port",
    group="C",
    level=Level.WARNING,
    statement="No NodePort Service is over Fargate pods.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/alb-ingress.html",
    check=_check_node_port,
    kinds=("Service",),
)
