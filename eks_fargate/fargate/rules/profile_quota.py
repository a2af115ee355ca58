"""profile-quota: a cluster has no more profiles than EKS takes, also while a change replaces some."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.cluster import Cluster
from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.rules.aws import ClusterRule
from eks_fargate.fargate.rules.base import Fail, Verdict

_RAISE = (
    "ask AWS to raise the quota L-33415657, and once raised for the account set "
    "overrides.quotas.fargateProfilesPerCluster.default."
)


def _check(cluster: Cluster) -> Iterator[Verdict]:
    most = cluster.facts.table("quotas")["fargateProfilesPerCluster"]["default"]
    count = len(cluster.profiles)
    if count > most:
        yield Fail(
            "profiles",
            f"the cluster has {count} profiles; EKS takes {most} a cluster",
            f"Join profiles (each takes several selectors), or {_RAISE}",
        )
    elif count + cluster.replaced_profiles > most:
        yield Fail(
            "profiles",
            f"the change replaces {cluster.replaced_profiles} of {count} profiles, and for a while old and new stand "
            f"side by side: {count + cluster.replaced_profiles}; EKS takes {most} a cluster",
            f"Change fewer at a time, set fixedName on some, or {_RAISE}",
        )


rule = ClusterRule(
    id="profile-quota",
    group="B",
    level=Level.ERROR,
    statement="A cluster's profiles, with those that a replacement adds for a while, stay within the quota of 10.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html",
    check=_check,
)
