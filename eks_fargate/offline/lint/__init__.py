"""Whether AWS's resource schemas and the Kubernetes schemas accept what is planned, without a cloud."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eks_fargate.fargate.findings import Finding, sort_key
from eks_fargate.fargate.resources import Resource
from eks_fargate.offline.lint import aws, kubernetes
from eks_fargate.offline.lint.notchecked import NotChecked


@dataclass(frozen=True, slots=True)
class Linted:
    """What the linters found, and what they could not look at; both sorted."""

    findings: Sequence[Finding]
    not_checked: Sequence[NotChecked]


def plan(resources: Sequence[Resource], region: str, version: str) -> Linted:
    """Check every AWS resource and every Kubernetes object of a plan.

    region: where the AWS resources are made. version: the cluster's, `1.34`.
    Raises ValueError where the region is not known to cfn-lint or the version is no version.
    """
    return Linted(
        sorted([*aws.check(resources, region), *kubernetes.check(resources, version)], key=sort_key),
        sorted([*aws.not_checked(resources), *kubernetes.not_checked(resources, version)]),
    )


def manifests(objects: Sequence[Mapping[str, Any]], version: str, default_namespace: str = "default") -> Linted:
    """Check Kubernetes objects as read from manifests.

    version: as for `plan`. default_namespace: for objects that name none, in what findings call them.
    """
    found = (f for each in objects for f in kubernetes.check_manifest(each, version, default_namespace))
    without = (kubernetes.manifest_not_checked(each, version, default_namespace) for each in objects)
    return Linted(sorted(found, key=sort_key), sorted(each for each in without if each))
