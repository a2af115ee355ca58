"""network-policy-is-ignored: nothing enforces a NetworkPolicy on Fargate."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.label_selectors import of_selector
from eks_fargate.fargate.rules.base import Fail, Verdict, not_known, read
from eks_fargate.fargate.rules.subjects import ObjectRule, ObjectSubject


def _check(subject: ObjectSubject) -> Iterator[Verdict]:
    asked = of_selector(read(subject.fields, "spec", "podSelector"))
    first = subject.world.first_on_fargate(subject.world.select(subject.seen.namespace, asked))
    if first is None:
        return
    placed, certain = first
    if certain:
        yield Fail(
            "spec.podSelector",
            f"the policy selects {placed.pod.ref}, whose pods are on Fargate, and is not enforced there",
            "Give the pods security groups by a SecurityGroupPolicy (vpcresources.k8s.aws/v1beta1) instead.",
        )
    else:
        yield not_known("spec.podSelector", f"whether the policy selects pods on Fargate, {placed.pod.ref} first")


rule = ObjectRule(
    id="network-policy-is-ignored",
    group="D",
    level=Level.WARNING,
    statement="No NetworkPolicy selects pods on Fargate.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/eks-networking-add-ons.html",
    check=_check,
    kinds=("NetworkPolicy",),
)
