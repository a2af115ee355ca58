"""coredns-has-a-profile: where there are no nodes, a profile takes CoreDNS's pods."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.cluster import Cluster, core_dns_profile
from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.rules.aws import ClusterRule
from eks_fargate.fargate.rules.base import Fail, Undetermined, Verdict

_FIX = "Add a selector with namespace kube-system, alone or with the label k8s-app: kube-dns."


def _check(cluster: Cluster) -> Iterator[Verdict]:
    if cluster.data_plane is not DataPlane.FARGATE or core_dns_profile(cluster) is not None:
        return
    if cluster.unread_profiles:
        yield Undetermined(
            "profiles",
            "no profile takes CoreDNS's pods, unless one does whose selectors are not known before deployment: "
            f"{', '.join(cluster.unread_profiles)}",
            _FIX,
        )
    elif cluster.existing:
        yield Undetermined(
            "profiles",
            "no profile named here takes CoreDNS's pods; whether one does that the cluster already has is not known",
            f"Leave it where the cluster already runs CoreDNS on Fargate. {_FIX}",
        )
    else:
        yield Fail(
            "profiles",
            "no profile takes CoreDNS's pods, and there are no nodes: they stay Pending, and nothing in the cluster "
            "resolves a name",
            _FIX,
        )


rule = ClusterRule(
    id="coredns-has-a-profile",
    group="B",
    level=Level.ERROR,
    statement="Where there are no nodes, a profile covers CoreDNS's pods.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/fargate-getting-started.html",
    check=_check,
)
