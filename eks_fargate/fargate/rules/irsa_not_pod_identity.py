"""irsa-not-pod-identity: the Pod Identity agent is a DaemonSet, so an association gives a Fargate pod nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.rules.base import Fail, Undetermined, Verdict, not_known, read
from eks_fargate.fargate.rules.subjects import ObjectRule, ObjectSubject
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.fargate.world import PlacedPod, World

_USE_IRSA = "Annotate the service account with eks.amazonaws.com/role-arn (IRSA) and remove the association."


def _check(subject: ObjectSubject) -> Iterator[Verdict]:
    world = subject.world
    if world.data_plane is DataPlane.NODES:
        return
    namespace, account = read(subject.fields, "namespace"), read(subject.fields, "serviceAccount")
    for path, value in (("namespace", namespace), ("serviceAccount", account)):
        if value is UNKNOWN:
            yield not_known(path, "whether the association is for a service account used on Fargate")
            return
    namespace, account = str(namespace), str(account)
    by_account = world.once(_pods_by_account)
    users = [(placed, True) for placed in by_account.get((namespace, account), ())]
    for perhaps in ((namespace, UNKNOWN), (UNKNOWN, account), (UNKNOWN, UNKNOWN)):
        users += [(placed, False) for placed in by_account.get(perhaps, ())]
    first = world.first_on_fargate(users)
    if first is not None and first[1]:
        yield Fail(
            "serviceAccount",
            (
                f"service account {namespace}/{account} is used by {first[0].pod.ref}, whose pods are on Fargate, "
                "where Pod Identity gives no credentials"
            ),
            _USE_IRSA,
        )
    elif first is not None or (not users and world.lands_on_fargate(namespace) is True):
        who = first[0].pod.ref if first else "a pod that is not in sight"
        yield Undetermined(
            "serviceAccount",
            f"whether service account {namespace}/{account} is used on Fargate, by {who}, is not known",
            _USE_IRSA,
        )


def _pods_by_account(world: World) -> dict[tuple[Any, Any], list[PlacedPod]]:
    found: dict[tuple[Any, Any], list[PlacedPod]] = {}
    for placed in world.pods:
        found.setdefault((placed.pod.namespace, placed.pod.service_account), []).append(placed)
    return found


rule = ObjectRule(
    id="irsa-not-pod-identity",
    group="D",
    level=Level.ERROR,
    statement="No Pod Identity association is for a service account used on Fargate.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html",
    check=_check,
    kinds=("aws:eks/podIdentityAssociation:PodIdentityAssociation",),
)
