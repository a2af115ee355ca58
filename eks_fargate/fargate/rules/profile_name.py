"""profile-name: a profile's physical name is one that EKS takes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from eks_fargate.fargate.cluster import Cluster
from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resource_types import PROFILE
from eks_fargate.fargate.rules.aws import ClusterRule, path_of
from eks_fargate.fargate.rules.base import Fail, Verdict

# No published limit was found; 63 is the limit of a label value, and pods carry the name in a label.
_LONGEST_SAFE = 63


def name_problem(name: str) -> str | None:
    """What is wrong with a profile's name, in words that follow it; None where EKS takes it."""
    if not re.fullmatch(r"[A-Za-z0-9_-]+", name):
        return "is no profile name: write one or more letters, digits, - or _"
    if name.lower() == "eks" or name.lower().startswith("eks-"):
        return "is reserved by AWS: choose a name that is not eks and does not begin with eks-"
    return None


def settings_name_problem(name: str) -> str | None:
    """What is wrong with a profile's name in settings, of which NAME--HASH is made; None where nothing is."""
    if "--" in name:
        return "has -- in it, which parts the name from the hash that this project adds: write a single -"
    return name_problem(name)


def _check(cluster: Cluster) -> Iterator[Verdict]:
    for profile in cluster.profiles:
        problem = name_problem(profile.name)
        if problem is not None:
            yield Fail(path_of(profile), f"{profile.name!r} {problem}", "Rename the profile.")
        elif len(profile.name) > _LONGEST_SAFE:
            yield Fail(
                path_of(profile),
                f"the name {profile.name} has {len(profile.name)} characters; pods carry it as a label value, of "
                f"which Kubernetes takes {_LONGEST_SAFE}",
                "Shorten the name.",
                soft=True,
            )


rule = ClusterRule(
    id="profile-name",
    group="B",
    level=Level.ERROR,
    statement="A profile's name is letters, digits, - and _, and neither eks nor eks-...",
    source="https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateFargateProfile.html",
    check=_check,
    types=(PROFILE,),
    alone=True,
)
