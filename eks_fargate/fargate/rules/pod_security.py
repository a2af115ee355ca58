"""pod-security: the Pod Security Standards, at the level that settings name, for the cluster's Kubernetes version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.rules.base import Fail, Verdict, not_known
from eks_fargate.fargate.rules.pod_security_controls import CONTROLS
from eks_fargate.fargate.rules.pod_security_view import Found, View, is_since
from eks_fargate.fargate.rules.subjects import PodRule, PodSubject, unknown_containers
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.fargate.world import World


def _check(subject: PodSubject) -> Iterator[Verdict]:
    level = subject.world.pod_security
    if level == "off":
        return
    yield from unknown_containers(subject, f"whether the pod meets the Pod Security Standards' level {level}")
    view = View(subject)
    for control in subject.world.once(_controls):
        name = control["control"]
        for found in _relaxed(view, control):
            if found.text is None:
                yield not_known(found.path, f"whether the pod meets control {name} (Pod Security Standards, {level})")
            else:
                yield Fail(
                    found.path,
                    f"{found.text}, which control {name} (Pod Security Standards, {level}) does not allow",
                    f"Change it as {name} asks, or lower podSecurity in settings.",
                )


def _controls(world: World) -> list[Mapping[str, Any]]:
    """The controls in force: a stricter one stands in the place of the one it replaces."""
    tables = world.facts.table("pod_security")["controls"]
    listed = [*tables["baseline"], *(tables["restricted"] if world.pod_security == "restricted" else ())]
    in_force = [control for control in listed if is_since(world, control["since"])]
    replaced = {control.get("replaces") for control in in_force}
    return [control for control in in_force if control["control"] not in replaced]


def _relaxed(view: View, control: Mapping[str, Any]) -> Iterator[Found]:
    """What the control does not allow, unless the pod is one that it passes over."""
    found = CONTROLS[control["control"]](view)
    for keys, since, passed_over in (
        (("os", "name"), "skipsWindowsSince", "windows"),
        (("hostUsers",), "relaxedByUserNamespacesSince", False),
    ):
        if since not in control or not is_since(view.subject.world, control[since]):
            continue
        path, value = view.in_pod(*keys)
        if value is UNKNOWN:
            return iter([Found(path, None)] if any(found) else [])
        if value == passed_over:
            return iter(())
    return found


rule = PodRule(
    id="pod-security",
    group="E",
    level=Level.ERROR,
    statement="Pods meet the Pod Security Standards at the level that settings name, for the cluster's version.",
    source="https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    check=_check,
)
