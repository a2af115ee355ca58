"""cluster-version: the Kubernetes version is one that Fargate knows and AWS still supports."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.cluster import Cluster
from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.prices import NotKnown, price
from eks_fargate.fargate.resource_types import CLUSTER
from eks_fargate.fargate.rules.aws import ClusterRule
from eks_fargate.fargate.rules.base import Fail, Undetermined, Verdict, not_known
from eks_fargate.fargate.unknown import Unknown
from eks_fargate.fargate.versions import Status, Support, creatable_versions, support, version_key

_PATH = "cluster.version"
_WARN_DAYS = 60


def _check(cluster: Cluster) -> Iterator[Verdict]:
    version = cluster.version
    if isinstance(version, Unknown):
        yield not_known(_PATH, "whether AWS supports it")
        return
    if version is None:
        yield Undetermined(_PATH, "no version is asked for, so EKS takes its default one", f"Set {_PATH}.")
        return
    try:
        found = support(version, cluster.today, cluster.facts)
    except ValueError as error:
        yield Fail(_PATH, str(error), _one_of(_standard(cluster)))
    else:
        yield from _verdicts(cluster, found)


def _verdicts(cluster: Cluster, found: Support) -> Iterator[Verdict]:
    version = found.version
    fix = _one_of(_better(cluster, version))
    if found.status is Status.NEWER:
        yield Undetermined(
            _PATH,
            f"Kubernetes {version} is not in the table of versions as of {cluster.today}",
            f"{fix} If EKS has it by now, add it to overrides.versions.versions.",
        )
    elif found.status is Status.NEVER:
        floor = cluster.facts.table("versions")["floor"]["version"]
        yield Fail(_PATH, f"Kubernetes {version} never had Fargate, which came with {floor}", fix)
    elif found.status is Status.ENDED:
        yield _ended(cluster, found, fix)
    elif found.status is Status.EXTENDED:
        until = f"until {found.extended_ends}, {found.days_left} days"
        yield Fail(_PATH, f"Kubernetes {version} is in extended support {until}; {_extra(cluster)}", fix, soft=True)
    elif found.days_left is not None and found.days_left <= _WARN_DAYS:
        after = f"after {found.standard_ends}, in {found.days_left} days"
        yield Fail(_PATH, f"Kubernetes {version} goes into extended support {after}; {_extra(cluster)}", fix, soft=True)


def _one_of(versions: list[str]) -> str:
    if not versions:
        return "Add the versions that EKS has by now to overrides.versions.versions: none of the table's is supported."
    return f"Set {_PATH} to one of {', '.join(versions)}."


def _standard(cluster: Cluster) -> list[str]:
    versions = creatable_versions(cluster.today, cluster.facts)
    return [one for one in versions if support(one, cluster.today, cluster.facts).status is Status.STANDARD]


def _better(cluster: Cluster, version: str) -> list[str]:
    """The versions in standard support, and of those the newer ones, since a cluster goes back to none."""
    standard = _standard(cluster)
    return [one for one in standard if version_key(one) > version_key(version)] or standard


def _ended(cluster: Cluster, found: Support, fix: str) -> Fail:
    ended = f"support of Kubernetes {found.version} ended on {found.extended_ends}"
    if cluster.existing:
        return Fail(
            _PATH,
            f"{ended}, and AWS upgrades the cluster by itself",
            "Upgrade it, one minor version at a time.",
            soft=True,
        )
    return Fail(_PATH, f"{ended}, and AWS creates no cluster of it", fix)


def _extra(cluster: Cluster) -> str:
    standard, extended = (price(item, cluster.region, cluster.facts) for item in ("clusterHour", "clusterExtendedHour"))
    if isinstance(standard, NotKnown) or isinstance(extended, NotKnown):
        return "extended support costs more, how much is not known here"
    return f"there the control plane costs {extended} USD an hour instead of {standard}"


rule = ClusterRule(
    id="cluster-version",
    group="B",
    level=Level.ERROR,
    statement="The version is 1.14 or later, one that AWS still creates or supports, and not near extended support.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html",
    check=_check,
    types=(CLUSTER,),
    alone=True,
)
