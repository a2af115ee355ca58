"""The IAM OIDC provider of the cluster's issuer, through which service accounts get roles."""

from __future__ import annotations

from typing import Final

from eks_fargate.live.account import Account
from eks_fargate.live.checks import Check, State, compared, in_words, not_checked
from eks_fargate.live.demand import Demand
from eks_fargate.live.failures import Failure, Kind
from eks_fargate.live.verify.found import found

_AREA: Final = "OIDC provider"
_PROVIDER: Final = "aws:iam/openIdConnectProvider:OpenIdConnectProvider"
_UP: Final = "run `pulumi up`"


def oidc(account: Account, demand: Demand) -> list[Check]:
    """The provider beside the planned one."""
    planned = demand.stack.of_type(_PROVIDER)
    cluster = found(account, demand).cluster
    if not planned or isinstance(cluster, Failure):
        return []
    issuer = str(cluster.get("identity", {}).get("oidc", {}).get("issuer", "")).removeprefix("https://")
    number = str(cluster.get("arn", "")).split(":")
    if not issuer or len(number) < 6:
        return [not_checked(_AREA, "OIDC provider", "the cluster has no issuer yet")]
    arn = f"arn:{demand.partition}:iam::{number[4]}:oidc-provider/{issuer}"
    answer = account.ask("iam", "GetOpenIDConnectProvider", OpenIDConnectProviderArn=arn)
    if isinstance(answer, Failure):
        if answer.kind is Kind.MISSING:
            why = "without it no service account gets its role: the load balancer controller cannot work"
            return [Check(_AREA, issuer, State.PROBLEM, "exists", why=why, fix=_UP)]
        return [not_checked(_AREA, issuer, answer)]
    audiences = planned[0].inputs.get("clientIdLists")
    wanted = in_words(sorted(map(str, audiences))) if isinstance(audiences, list) else ""
    return [compared(_AREA, f"{issuer}: audiences", wanted, in_words(sorted(answer.get("ClientIDList", []))), _UP)]
