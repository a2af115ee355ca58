"""Every look after deployment, taken at the same time: at AWS, and where its API can be reached into the cluster."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from eks_fargate.live.account import Account, at_once
from eks_fargate.live.checks import Check, Report, not_checked, sorted_checks
from eks_fargate.live.cluster import profiles_of
from eks_fargate.live.demand import Demand
from eks_fargate.live.failures import Failure, LiveError
from eks_fargate.live.kubernetes_api import api_of
from eks_fargate.live.preflight.identity import identity
from eks_fargate.live.verify.access import access, execution_roles
from eks_fargate.live.verify.addons import addons
from eks_fargate.live.verify.cluster import cluster
from eks_fargate.live.verify.found import found
from eks_fargate.live.verify.in_cluster.aws_auth import aws_auth
from eks_fargate.live.verify.in_cluster.deployments import controller, core_dns
from eks_fargate.live.verify.in_cluster.inside import PODS, Inside
from eks_fargate.live.verify.in_cluster.logging import logging
from eks_fargate.live.verify.in_cluster.nodes import nodes
from eks_fargate.live.verify.in_cluster.pending import pending
from eks_fargate.live.verify.in_cluster.webhooks import webhooks
from eks_fargate.live.verify.keys import keys
from eks_fargate.live.verify.log_groups import log_groups
from eks_fargate.live.verify.network import network
from eks_fargate.live.verify.node_groups import node_groups
from eks_fargate.live.verify.not_looked_at import not_looked_at
from eks_fargate.live.verify.oidc import oidc
from eks_fargate.live.verify.profiles import profiles
from eks_fargate.live.verify.roles import roles

_AT_AWS: Final[tuple[Callable[[Account, Demand], list[Check]], ...]] = (
    identity,
    cluster,
    profiles,
    roles,
    access,
    addons,
    node_groups,
    oidc,
    network,
    log_groups,
    keys,
    not_looked_at,
)
_IN_CLUSTER: Final[tuple[Callable[[Inside], list[Check]], ...]] = (
    core_dns,
    controller,
    webhooks,
    pending,
    nodes,
    logging,
)


def verify(account: Account, demand: Demand, now: datetime) -> Report:
    """What runs beside what is planned. now: in UTC, by which a pod that starts is told from one that is stuck.

    Raises LiveError where the credentials are refused as such.
    """
    identity(account, demand)  # first and alone: with credentials that are refused the others would only repeat it
    looks = [partial(look, account, demand) for look in _AT_AWS]
    results = at_once([*looks, partial(_in_cluster, account, demand, now)])
    checks = sorted_checks(check for checks in results for check in checks)
    return Report(f"verify of {demand.plan.stack} in {demand.region}", checks, account.calls)


def _in_cluster(account: Account, demand: Demand, now: datetime) -> list[Check]:
    inside = inside_of(account, demand, now)
    if isinstance(inside, Failure):
        return [not_checked("Kubernetes API", str(demand.cluster_name), inside)]
    pods = inside.api.list(PODS)
    if isinstance(pods, Failure):
        why = f"{pods}: run this inside the VPC, or where public access allows, as a principal with an access entry"
        return [not_checked("Kubernetes API", str(demand.cluster_name), why)]
    looks = [partial(look, inside) for look in _IN_CLUSTER]
    looks.append(partial(aws_auth, inside, tuple(execution_roles(account, demand))))
    return [check for checks in at_once(looks) for check in checks]


def inside_of(account: Account, demand: Demand, now: datetime) -> Inside | Failure:
    """The cluster from inside, or why it cannot be entered."""
    live = found(account, demand).cluster
    if isinstance(live, Failure):
        return live
    api = api_of(account, live)
    if isinstance(api, Failure):
        return api
    try:
        there = profiles_of(account, str(live["name"]))
    except LiveError:
        there = demand.profiles
    return Inside(api, demand, there, demand.data_plane, live, now)
