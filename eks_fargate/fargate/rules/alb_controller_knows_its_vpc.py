"""alb-controller-knows-its-vpc: a Fargate pod cannot ask an instance where it is, so the controller is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resource_types import HELM_RELEASE
from eks_fargate.fargate.rules.base import Fail, Undetermined, Verdict, not_known, read
from eks_fargate.fargate.rules.load_balancer_controller import CHART, HELM_CHART, chart_name, values_of
from eks_fargate.fargate.rules.subjects import ObjectRule, ObjectSubject
from eks_fargate.fargate.unknown import UNKNOWN

ROLE_ANNOTATION = "eks.amazonaws.com/role-arn"


def _check(subject: ObjectSubject) -> Iterator[Verdict]:
    name = chart_name(subject.seen)
    labels = subject.world.facts.table("lbc")["labels"]
    on_fargate = subject.world.lands_on_fargate(subject.seen.namespace, labels)
    if name not in (CHART, UNKNOWN) or on_fargate is False:
        return
    if name is UNKNOWN:
        yield not_known("chart", f"whether it is {CHART}, which has to know its VPC")
        return
    values = values_of(subject.seen)
    if values is UNKNOWN:
        yield not_known("values", "whether the controller knows its cluster, Region and VPC")
        return
    for key in ("clusterName", "region", "vpcId"):
        if read(values, key) is None and not (key == "vpcId" and read(values, "vpcTags")):
            if on_fargate is UNKNOWN:
                yield not_known("namespace", f"whether the controller, which has no {key}, lands on Fargate")
            else:
                yield Fail(
                    f"values.{key}",
                    f"{key} is not set, and on Fargate the controller cannot ask the instance metadata service for it",
                    f"Set {key} in the release's values.",
                )
    yield from _check_role(subject, values)


def _check_role(subject: ObjectSubject, values: Any) -> Iterator[Verdict]:
    account = read(values, "serviceAccount")
    if account is UNKNOWN:
        yield not_known("values.serviceAccount", "whether the controller's service account has a role")
        return
    path = "values.serviceAccount.annotations"
    annotations: Any = read(account, "annotations")
    if read(account, "create") is False:
        name = read(account, "name") or CHART
        found = subject.world.find("ServiceAccount", name, subject.seen.namespace)
        if found is None:
            yield Undetermined(
                "values.serviceAccount.name",
                f"service account {name} is not in sight, and decides whether the controller has a role",
                f"Check that it carries the annotation {ROLE_ANNOTATION}.",
            )
            return
        path, annotations = "values.serviceAccount.name", read(found.fields, "metadata", "annotations")
    if annotations is UNKNOWN:
        yield not_known(path, "whether the controller's service account has a role")
    elif read(annotations, ROLE_ANNOTATION) is None:
        yield Fail(
            path,
            f"the controller's service account has no {ROLE_ANNOTATION}, the one way to credentials on Fargate",
            f"Set serviceAccount.annotations.{ROLE_ANNOTATION} to a role that trusts the cluster's OIDC provider.",
        )


rule = ObjectRule(
    id="alb-controller-knows-its-vpc",
    group="C",
    level=Level.ERROR,
    statement=(
        "The load balancer controller's chart has clusterName, region and vpcId, and its service account a role (IRSA)."
    ),
    source="https://docs.aws.amazon.com/eks/latest/userguide/lbc-helm.html",
    check=_check,
    kinds=(HELM_RELEASE, HELM_CHART),
)
