"""cluster-secrets-encrypted: Kubernetes secrets are encrypted with a customer-managed key."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resource_types import CLUSTER
from eks_fargate.fargate.rules.aws import PlannedRule
from eks_fargate.fargate.rules.base import Fail, Verdict, not_known
from eks_fargate.fargate.rules.control_planes import CLUSTER_COMPONENT, setting
from eks_fargate.fargate.stack import Planned
from eks_fargate.fargate.unknown import UNKNOWN


def _check(planned: Planned) -> Iterator[Verdict]:
    path, encryption = setting(planned.resource, "encryption")
    # A component is given the key itself, and one that is not known yet is a key.
    if encryption is UNKNOWN and planned.resource.type == CLUSTER:
        yield not_known(path, "whether a customer-managed key encrypts secrets")
    elif encryption is None:
        yield Fail(
            path,
            "no customer-managed key encrypts secrets; from Kubernetes 1.28 on EKS encrypts all API data with a key of "
            "its own",
            "Name a KMS key, where the right to decrypt is to be yours to give. It cannot be taken away again.",
        )


rule = PlannedRule(
    id="cluster-secrets-encrypted",
    group="F",
    level=Level.WARNING,
    statement="A customer-managed key encrypts Kubernetes secrets.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html",
    check=_check,
    types=(CLUSTER,),
    components=(CLUSTER_COMPONENT,),
    alone=True,
)
