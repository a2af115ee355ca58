"""The service-linked roles that the plan's services act through."""

from __future__ import annotations

from typing import Final

from eks_fargate.fargate.resource_types import CLUSTER, NODE_GROUP, PROFILE
from eks_fargate.live.account import Account, Answer, Question
from eks_fargate.live.checks import Check, not_checked, ok
from eks_fargate.live.demand import Demand
from eks_fargate.live.failures import Failure, Kind

_AREA: Final = "service-linked roles"
_RELEASE: Final = "kubernetes:helm.sh/v3:Release"

# Role -> the planned types whose service acts through it.
# Source: https://docs.aws.amazon.com/eks/latest/userguide/using-service-linked-roles.html
ROLES: Final = {
    "AWSServiceRoleForAmazonEKS": (CLUSTER,),
    "AWSServiceRoleForAmazonEKSForFargate": (PROFILE,),
    "AWSServiceRoleForAmazonEKSNodegroup": (NODE_GROUP,),
    "AWSServiceRoleForElasticLoadBalancing": (_RELEASE,),
}


def service_linked_roles(account: Account, demand: Demand) -> list[Check]:
    """Each role that the plan needs: there, or made on first use by whoever may make it."""
    needed = [role for role, types in ROLES.items() if demand.stack.of_type(*types)]
    answers = account.ask_all(Question("iam", "GetRole", {"RoleName": role}) for role in needed)
    return [_checked(role, answer) for role, answer in zip(needed, answers, strict=True)]


def _checked(role: str, answer: Answer) -> Check:
    if not isinstance(answer, Failure):
        return ok(_AREA, role, actual="exists")
    if answer.kind is Kind.MISSING:
        why = "AWS makes it on first use, for whoever may call iam:CreateServiceLinkedRole (see permissions)"
        return ok(_AREA, role, actual="does not exist yet", why=why)
    return not_checked(_AREA, role, answer)
