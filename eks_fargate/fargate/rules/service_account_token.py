"""service-account-token: a pod that has no use for the Kubernetes API carries no token for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.rules.base import Fail, Undetermined, Verdict, each, not_known, read
from eks_fargate.fargate.rules.subjects import PodRule, PodSubject
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.fargate.world import SeenObject, World

_ROLE_ANNOTATION = "eks.amazonaws.com/role-arn"
_FIELD = "automountServiceAccountToken"
_QUESTION = "whether the pod carries a service account token that it has no use for"


def _check(subject: PodSubject) -> Iterator[Verdict]:
    pod, world = subject.pod, subject.world
    mounted = read(pod.spec, _FIELD)
    bound = world.once(_bound_accounts)
    if mounted is False or (pod.namespace, pod.service_account) in bound or (pod.namespace, None) in bound:
        return
    if UNKNOWN in (mounted, pod.namespace, pod.service_account):
        yield not_known(subject.at(_FIELD if mounted is UNKNOWN else "serviceAccountName"), _QUESTION)
        return
    account = world.find("ServiceAccount", pod.service_account, pod.namespace)
    if account is None and pod.service_account != "default":
        yield Undetermined(
            subject.at("serviceAccountName"),
            f"service account {pod.service_account} is not in sight, and decides {_QUESTION}",
            f"Put it into the same input, or set {_FIELD}: false if the pod does not use the Kubernetes API.",
        )
        return
    fields = account.fields if account else {}
    by_account = read(fields, _FIELD) if mounted is None else None
    noted = read(fields, "metadata", "annotations")
    has_role = noted is not UNKNOWN and read(noted, _ROLE_ANNOTATION) is not None
    if by_account is False or has_role:
        return
    if UNKNOWN in (by_account, noted):
        yield not_known(subject.at("serviceAccountName"), _QUESTION)
    else:
        yield Fail(
            subject.at(_FIELD),
            f"service account {pod.service_account} has no role and no RBAC binding in sight, and its token is mounted",
            f"Set {_FIELD}: false, in the pod spec or in the service account.",
        )


def _bound_accounts(world: World) -> set[tuple[Any, Any]]:
    """The (namespace, name) of service accounts that a binding names; a name of None is a whole namespace's."""
    found: set[tuple[Any, Any]] = set()
    for kind in ("RoleBinding", "ClusterRoleBinding"):
        for binding in world.of_kind(kind):
            for _, who in each(read(binding.fields, "subjects"), "subjects"):
                if read(who, "kind") == "ServiceAccount":
                    found.add((_namespace(who, binding), read(who, "name")))
                elif read(who, "kind") == "Group":
                    found.add((str(read(who, "name")).removeprefix("system:serviceaccounts:"), None))
    return found


def _namespace(who: Any, binding: SeenObject) -> Any:
    namespace = read(who, "namespace")
    return binding.namespace if namespace is None else namespace


rule = PodRule(
    id="service-account-token",
    group="E",
    level=Level.WARNING,
    statement=(
        "A pod whose service account has no role annotation and no RBAC binding in sight leaves "
        "automountServiceAccountToken off."
    ),
    source="https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",
    check=_check,
    alone=False,
)
