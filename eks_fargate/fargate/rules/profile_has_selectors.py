"""profile-has-selectors: a profile has selectors, as many as EKS takes, each of them one that a pod can match."""

from __future__ import annotations

import re
from collections.abc import Iterator

from eks_fargate.fargate.cluster import Cluster
from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.profiles import Selector
from eks_fargate.fargate.resource_types import PROFILE
from eks_fargate.fargate.rules.aws import ClusterRule, path_of
from eks_fargate.fargate.rules.base import Fail, Verdict, not_known

# What namespaces, label keys and label values are made of, with the two wildcards.
# https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
_NAMESPACE = re.compile(r"[a-z0-9*?]([a-z0-9*?-]*[a-z0-9*?])?")
_LABEL_KEY = re.compile(r"[A-Za-z0-9*?]([A-Za-z0-9._/*?-]*[A-Za-z0-9*?])?")
_LABEL_VALUE = re.compile(r"[A-Za-z0-9*?]([A-Za-z0-9._*?-]*[A-Za-z0-9*?])?")

# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-eks-fargateprofile-label.html
_LONGEST_LABEL_KEY = 127
_LONGEST_LABEL_VALUE = 255

_WILDCARDS = "Only * (any characters, or none) and ? (one character) are wildcards; there are no regular expressions."


def _check(cluster: Cluster) -> Iterator[Verdict]:
    most = cluster.facts.table("quotas")["selectorsPerFargateProfile"]["default"]
    for profile in cluster.profiles:
        name, path = profile.key or profile.name, f"{path_of(profile)}.selectors"
        if profile.unread:
            yield not_known(path, "whether EKS takes the profile")
        elif not profile.selectors:
            yield Fail(
                path,
                f"profile {name} has no selectors",
                f"Give it 1 to {most} selectors, each with a namespace.",
            )
        if len(profile.selectors) > most:
            yield Fail(
                path,
                f"profile {name} has {len(profile.selectors)} selectors; EKS takes {most} a profile",
                "Join selectors by wildcards, or move some to a second profile. If AWS has raised the quota L-D78D8AF8 "
                "for the account, set overrides.quotas.selectorsPerFargateProfile.default.",
            )
        for index, selector in enumerate(profile.selectors):
            yield from _selector(selector, f"{path}[{index}]")


def _selector(selector: Selector, path: str) -> Iterator[Fail]:
    if not selector.namespace:
        yield Fail(f"{path}.namespace", "the selector has no namespace", "Name one; '*' stands for every namespace.")
    elif not _NAMESPACE.fullmatch(selector.namespace):
        yield _unmatchable(f"{path}.namespace", "namespace", selector.namespace)
    for key, value in sorted(selector.labels.items()):
        if not _LABEL_KEY.fullmatch(key):
            yield _unmatchable(f"{path}.labels.{key}", "label key", key)
        if not _LABEL_VALUE.fullmatch(value):
            yield _unmatchable(f"{path}.labels.{key}", "label value", value)
        if len(key) > _LONGEST_LABEL_KEY or len(value) > _LONGEST_LABEL_VALUE:
            yield Fail(
                f"{path}.labels.{key}",
                f"EKS takes at most {_LONGEST_LABEL_KEY} characters in a key, and {_LONGEST_LABEL_VALUE} in a value",
                "Shorten it with a wildcard.",
            )


def _unmatchable(path: str, what: str, pattern: str) -> Fail:
    return Fail(path, f"{pattern!r} matches no {what} that Kubernetes allows", f"Write a {what}. {_WILDCARDS}")


rule = ClusterRule(
    id="profile-has-selectors",
    group="B",
    level=Level.ERROR,
    statement="A profile has 1 to 5 selectors, each with a namespace, and only * and ? as wildcards.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html",
    check=_check,
    types=(PROFILE,),
    alone=True,
)
