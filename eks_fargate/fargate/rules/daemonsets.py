"""no-daemonset and daemonset-avoids-fargate-nodes: a DaemonSet runs on no Fargate node."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.rules.base import Fail, Undetermined, Verdict, each, not_known, read
from eks_fargate.fargate.rules.events import refused
from eks_fargate.fargate.rules.node_requirements import REQUIRED, keeps_off_fargate
from eks_fargate.fargate.rules.subjects import PodRule, PodSubject
from eks_fargate.fargate.unknown import UNKNOWN, Unknown

# The label and the taint of every Fargate node.
_COMPUTE_TYPE = "eks.amazonaws.com/compute-type"
_USE_SIDECARS = "Run its container as a sidecar of the pods that need it, or run the DaemonSet on nodes."


def _check_none(subject: PodSubject) -> Iterator[Verdict]:
    if subject.pod.kind != "DaemonSet":
        return
    if subject.world.data_plane is DataPlane.MIXED and _covered_whole(subject):
        yield Undetermined(
            subject.at_labels(),
            (
                "a profile covers the DaemonSet's namespace whole, and AWS does not say whether EKS then leaves "
                "DaemonSet pods to the nodes"
            ),
            "Give the profile's selector for this namespace a label that the DaemonSet's pods do not have.",
        )
    else:
        yield Fail(
            "kind",
            "it is a DaemonSet, and its pods would land on Fargate, which runs none",
            _USE_SIDECARS,
            refused("DaemonSet not supported"),
        )


def _covered_whole(subject: PodSubject) -> bool:
    return subject.world.lands_on_fargate(subject.pod.namespace) is True


def _check_avoids(subject: PodSubject) -> Iterator[Verdict]:
    if subject.pod.kind != "DaemonSet" or subject.world.data_plane is not DataPlane.MIXED:
        return
    kept_off = keeps_off_fargate(subject)
    if kept_off is True:
        return
    for path, toleration in each(subject.pod.spec.get("tolerations"), subject.at("tolerations")):
        tolerates = _tolerates_fargate(toleration)
        if tolerates is UNKNOWN:
            yield not_known(path, "whether the DaemonSet tolerates the taint of Fargate's nodes")
        elif tolerates and kept_off is UNKNOWN:
            yield not_known(subject.at(*REQUIRED), "whether the DaemonSet keeps off Fargate's nodes")
        elif tolerates:
            yield Fail(
                path,
                (
                    "the DaemonSet tolerates the taint of Fargate's nodes and does not keep off them: it makes a pod "
                    "for each that stays Pending for ever"
                ),
                f"Add a required node affinity: {_COMPUTE_TYPE} NotIn (fargate).",
            )


def _tolerates_fargate(toleration: object) -> bool | Unknown:
    key, operator, value, effect = (read(toleration, field) for field in ("key", "operator", "value", "effect"))
    if key not in (None, "", _COMPUTE_TYPE, UNKNOWN) or effect not in (None, "", "NoSchedule", UNKNOWN):
        return False
    if UNKNOWN in (key, operator, effect):
        return UNKNOWN
    if operator == "Exists":
        return True
    if key != _COMPUTE_TYPE:
        return False
    return UNKNOWN if value is UNKNOWN else bool(value == "fargate")


no_daemonset = PodRule(
    id="no-daemonset",
    group="A",
    level=Level.ERROR,
    statement="No DaemonSet has pods that land on Fargate.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/fargate.html",
    check=_check_none,
)

daemonset_avoids_fargate_nodes = PodRule(
    id="daemonset-avoids-fargate-nodes",
    group="A",
    level=Level.WARNING,
    statement=(
        f"In mixed mode, a DaemonSet that tolerates every taint keeps off Fargate's nodes by affinity "
        f"({_COMPUTE_TYPE} not in fargate)."
    ),
    source="https://github.com/aws/amazon-cloudwatch-agent/issues/580",
    check=_check_avoids,
    wherever=True,
)
