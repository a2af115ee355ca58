"""The cluster: there, healthy, and as planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN, Unknown, has_unknown
from eks_fargate.live.account import Account
from eks_fargate.live.checks import Check, State, compared, in_words, not_checked
from eks_fargate.live.demand import Demand
from eks_fargate.live.failures import Failure, Kind
from eks_fargate.live.verify.found import compared_subnets, found, of_vpc, planned_blocks

_AREA: Final = "cluster"
_UP: Final = "run `pulumi refresh`, then `pulumi up`"


def cluster(account: Account, demand: Demand) -> list[Check]:
    """The cluster's state and health, and each planned setting beside the one it has."""
    name = demand.cluster_name
    if name is None:
        return [not_checked(_AREA, "cluster", "the plan names no cluster")]
    what = found(account, demand)
    if isinstance(what.cluster, Failure):
        return [_absent(name, what.cluster, demand.region)]
    checks = [*_health(name, what.cluster)]
    planned = demand.cluster
    if planned is None:
        return checks
    checks += _settings(name, planned, what.cluster)
    blocks = planned_blocks(planned, "vpcConfig", demand)
    subnets = of_vpc(account, "DescribeSubnets", what.vpc_id)
    ids = what.cluster.get("resourcesVpcConfig", {}).get("subnetIds", [])
    return [*checks, compared_subnets(_AREA, f"{name}: subnets", blocks, ids, subnets)]


def _absent(name: str, failure: Failure, region: str) -> Check:
    if failure.kind is Kind.MISSING:
        why = f"there is no such cluster in {region}"
        return Check(_AREA, name, State.PROBLEM, "ACTIVE", why=why, fix="run `pulumi up`, or correct aws:region")
    return not_checked(_AREA, name, failure)


def _health(name: str, live: Mapping[str, Any]) -> Iterator[Check]:
    fix = {"CREATING": "wait", "UPDATING": "wait"}.get(str(live.get("status")), "see the cluster in the console")
    yield compared(_AREA, name, "ACTIVE", str(live.get("status", "")), fix)
    for issue in live.get("health", {}).get("issues", []):
        resources = in_words(sorted(map(str, issue.get("resourceIds", []))))
        why = f"health issue of {resources}"
        yield Check(_AREA, name, State.PROBLEM, actual=str(issue.get("code")), why=why, fix="correct what it names")


def _settings(name: str, planned: Resource, live: Mapping[str, Any]) -> Iterator[Check]:
    wanted, has = _planned_settings(planned.inputs), _live_settings(live)
    for setting, value in wanted.items():
        if isinstance(value, Unknown):
            yield not_checked(_AREA, f"{name}: {setting}", "what is planned is not known before deployment")
        else:
            level = Level.WARNING if setting in {"log types", "support type"} else Level.ERROR
            yield compared(_AREA, f"{name}: {setting}", value, has[setting], _UP, level=level)


def _planned_settings(inputs: Mapping[str, Any]) -> dict[str, str | Unknown]:
    """What the plan says of the settings that are looked at; those that it leaves to AWS are left out."""
    vpc, access = inputs.get("vpcConfig"), inputs.get("accessConfig")
    network = vpc if isinstance(vpc, Mapping) else {}
    policy = inputs.get("upgradePolicy")
    found_: dict[str, Any] = {
        "version": inputs.get("version"),
        "public access": network.get("endpointPublicAccess"),
        "private access": network.get("endpointPrivateAccess"),
        "public access CIDRs": network.get("publicAccessCidrs")
        if network.get("endpointPublicAccess") is True
        else None,
        "log types": inputs.get("enabledClusterLogTypes"),
        "authentication mode": access.get("authenticationMode") if isinstance(access, Mapping) else access,
        "encryption of": _encrypted(inputs.get("encryptionConfig")),
        "deletion protection": inputs.get("deletionProtection"),
        "support type": policy.get("supportType") if isinstance(policy, Mapping) else policy,
    }
    return {key: _word(value) for key, value in found_.items() if value is not None}


def _encrypted(config: Any) -> Any:
    return config.get("resources") if isinstance(config, Mapping) else config


def _live_settings(live: Mapping[str, Any]) -> dict[str, str]:
    network = live.get("resourcesVpcConfig", {})
    logs = [
        kind for row in live.get("logging", {}).get("clusterLogging", []) if row.get("enabled") for kind in row["types"]
    ]
    encrypted = [kind for row in live.get("encryptionConfig", []) for kind in row.get("resources", [])]
    settings: dict[str, Any] = {
        "version": live.get("version"),
        "public access": network.get("endpointPublicAccess"),
        "private access": network.get("endpointPrivateAccess"),
        "public access CIDRs": network.get("publicAccessCidrs", []),
        "log types": logs,
        "authentication mode": live.get("accessConfig", {}).get("authenticationMode"),
        "encryption of": encrypted,
        "deletion protection": live.get("deletionProtection", False),
        "support type": live.get("upgradePolicy", {}).get("supportType"),
    }
    return {key: str(_word(value)) for key, value in settings.items()}


def _word(value: Any) -> str | Unknown:
    if has_unknown(value):
        return UNKNOWN
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, list):
        return in_words(sorted(map(str, value)))
    return "not said" if value is None else str(value)
