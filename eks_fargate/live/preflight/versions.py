"""Whether AWS creates, or upgrades to, the planned Kubernetes version, and until when it supports it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.versions import version_key
from eks_fargate.live.account import Account
from eks_fargate.live.checks import Check, State, in_words, not_checked, ok
from eks_fargate.live.demand import Demand
from eks_fargate.live.failures import Failure, Kind

_AREA: Final = "version"


def versions(account: Account, demand: Demand) -> list[Check]:
    """The planned version as AWS lists it, and the step to it from the cluster that stands."""
    if demand.cluster is None:
        return [] if demand.cluster_name is None else [_existing(account, demand.cluster_name)]
    if demand.version is None:
        return []
    return [_support(account, demand.version), *_step(account, demand.version, demand.cluster_name)]


def _support(account: Account, version: str) -> Check:
    subject = f"Kubernetes {version}"
    answer = account.ask("eks", "DescribeClusterVersions", includeAll=True)
    if isinstance(answer, Failure):
        return not_checked(_AREA, subject, answer)
    listed: list[Mapping[str, Any]] = answer.get("clusterVersions", [])
    row = next((one for one in listed if one.get("clusterVersion") == version), None)
    if row is None:
        known = sorted((str(one["clusterVersion"]) for one in listed), key=version_key)
        fix = f"set cluster.version to one of {in_words(known)}"
        return Check(_AREA, subject, State.PROBLEM, version, why="AWS lists no such version", fix=fix)
    status = str(row.get("versionStatus") or row.get("status", "").upper())
    if status == "UNSUPPORTED":
        fix = "set cluster.version to one in standard support"
        return Check(_AREA, subject, State.PROBLEM, version, status, "AWS creates no cluster of it", fix)
    if status == "EXTENDED_SUPPORT":
        why = f"extended support costs more, and ends on {_day(row.get('endOfExtendedSupportDate'))}"
        fix = "set cluster.version to one in standard support"
        return Check(_AREA, subject, State.PROBLEM, version, status, why, fix, Level.WARNING)
    return ok(_AREA, subject, version, status, f"standard support ends on {_day(row.get('endOfStandardSupportDate'))}")


def _existing(account: Account, name: str) -> Check:
    """The cluster that the plan attaches to: there, and able to take profiles."""
    subject = f"cluster {name}"
    answer = account.ask("eks", "DescribeCluster", name=name)
    if isinstance(answer, Failure):
        if answer.kind is Kind.MISSING:
            why, fix = f"there is no such cluster in {account.region}", "correct cluster.existing, or aws:region"
            return Check(_AREA, subject, State.PROBLEM, "ACTIVE", why=why, fix=fix)
        return not_checked(_AREA, subject, answer)
    status = str(answer["cluster"].get("status", ""))
    if status != "ACTIVE":
        why, fix = "EKS makes no profile while the cluster is not ACTIVE", "wait, or mend the cluster"
        return Check(_AREA, subject, State.PROBLEM, "ACTIVE", status, why, fix)
    return ok(_AREA, subject, "ACTIVE", f"ACTIVE, Kubernetes {answer['cluster'].get('version')}")


def _step(account: Account, version: str, name: str | None) -> list[Check]:
    if name is None:
        return []
    subject = f"cluster {name}"
    answer = account.ask("eks", "DescribeCluster", name=name)
    if isinstance(answer, Failure):
        if answer.kind is Kind.MISSING:
            return [ok(_AREA, subject, version, "does not exist yet")]
        return [not_checked(_AREA, subject, answer)]
    actual = str(answer["cluster"].get("version", ""))
    steps = version_key(version)[1] - version_key(actual)[1]
    if steps < 0:
        why, fix = "EKS does not take a cluster back to an older version", f"set cluster.version to {actual}"
        return [Check(_AREA, subject, State.PROBLEM, version, actual, why, fix)]
    if steps > 1:
        why, fix = "EKS upgrades one minor version at a time", "deploy each version between, one after the other"
        return [Check(_AREA, subject, State.PROBLEM, version, actual, why, fix)]
    return [ok(_AREA, subject, version, actual)]


def _day(moment: object) -> str:
    return moment.date().isoformat() if isinstance(moment, datetime) else "a day that AWS does not say"
