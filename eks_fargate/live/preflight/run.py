"""Every look before deployment, taken at the same time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from eks_fargate.live.account import Account, at_once
from eks_fargate.live.checks import Check, Report, sorted_checks
from eks_fargate.live.demand import Demand
from eks_fargate.live.preflight.addons import addons
from eks_fargate.live.preflight.addresses import addresses
from eks_fargate.live.preflight.given_subnets import given_subnets
from eks_fargate.live.preflight.identity import identity
from eks_fargate.live.preflight.permissions import permissions
from eks_fargate.live.preflight.quotas import quotas
from eks_fargate.live.preflight.service_linked_roles import service_linked_roles
from eks_fargate.live.preflight.versions import versions
from eks_fargate.live.preflight.zones import zones

_LOOKS: Final[tuple[Callable[[Account, Demand], list[Check]], ...]] = (
    identity,
    zones,
    versions,
    addons,
    quotas,
    addresses,
    given_subnets,
    service_linked_roles,
    permissions,
)


def preflight(account: Account, demand: Demand) -> Report:
    """What stands in the way of deploying a plan, as far as AWS tells.

    Raises LiveError where the credentials are refused as such.
    """
    identity(account, demand)  # first and alone: with credentials that are refused the others would only repeat it
    found = at_once([partial(look, account, demand) for look in _LOOKS])
    checks = sorted_checks(check for checks in found for check in checks)
    return Report(f"preflight of {demand.plan.stack} in {demand.region}", checks, account.calls)
