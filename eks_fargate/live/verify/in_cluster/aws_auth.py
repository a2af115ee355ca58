"""The ConfigMap aws-auth, where that lets Fargate's nodes in: it still names each pod execution role."""

from __future__ import annotations

from typing import Final

from eks_fargate.live.checks import Check, State, not_checked, ok
from eks_fargate.live.failures import Failure
from eks_fargate.live.verify.in_cluster.inside import Inside, named

_AREA: Final = "access"


def aws_auth(inside: Inside, role_arns: tuple[str, ...]) -> list[Check]:
    """Each pod execution role in the ConfigMap; nothing where the cluster lets roles in by access entries."""
    if inside.cluster.get("accessConfig", {}).get("authenticationMode", "CONFIG_MAP") != "CONFIG_MAP" or not role_arns:
        return []
    config_maps = inside.api.list("/api/v1/namespaces/kube-system/configmaps")
    if isinstance(config_maps, Failure):
        return [not_checked(_AREA, "ConfigMap kube-system/aws-auth", config_maps)]
    found = named(config_maps, "aws-auth", "kube-system")
    roles = str((found or {}).get("data", {}).get("mapRoles", ""))
    return [_check(arn, there=arn in roles) for arn in role_arns]


def _check(arn: str, *, there: bool) -> Check:
    if there:
        return ok(_AREA, arn, "in kube-system/aws-auth")
    why = "somebody wrote the ConfigMap anew: no Fargate node may join the cluster any more"
    fix = (
        "add it to mapRoles again: username system:node:{{SessionName}}, "
        "groups system:bootstrappers, system:nodes, system:node-proxier"
    )
    return Check(_AREA, arn, State.PROBLEM, "in kube-system/aws-auth", "not there", why, fix)
