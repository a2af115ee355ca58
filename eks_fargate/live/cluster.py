"""A live cluster's profiles and workloads, for whoever wants to know where pods land on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from eks_fargate.fargate.profiles import Profile, Selector
from eks_fargate.live.account import Account, Question
from eks_fargate.live.failures import Failure, Kind, LiveError
from eks_fargate.live.kubernetes_api import api_of

# API path, plural, kind.
_LISTED: Final = (
    ("/apis/apps/v1", "deployments", "Deployment"),
    ("/apis/apps/v1", "statefulsets", "StatefulSet"),
    ("/apis/apps/v1", "daemonsets", "DaemonSet"),
    ("/apis/apps/v1", "replicasets", "ReplicaSet"),
    ("/apis/batch/v1", "cronjobs", "CronJob"),
    ("/apis/batch/v1", "jobs", "Job"),
    ("/api/v1", "pods", "Pod"),
    ("/api/v1", "services", "Service"),
    ("/apis/networking.k8s.io/v1", "ingresses", "Ingress"),
    ("/apis/networking.k8s.io/v1", "networkpolicies", "NetworkPolicy"),
    ("/apis/policy/v1", "poddisruptionbudgets", "PodDisruptionBudget"),
)


def profiles_of(account: Account, name: str) -> tuple[Profile, ...]:
    """The Fargate profiles of the cluster `name`, sorted by name.

    Raises LiveError where they cannot all be read: a profile that is left out would change where pods land.
    """
    listing = account.ask("eks", "ListFargateProfiles", clusterName=name)
    if isinstance(listing, Failure):
        raise LiveError([_why(listing, name, account.region)])
    names = sorted(map(str, listing.get("fargateProfileNames", [])))
    answers = account.ask_all(
        Question("eks", "DescribeFargateProfile", {"clusterName": name, "fargateProfileName": one}) for one in names
    )
    problems = [f"profile {one}: {answer}" for one, answer in zip(names, answers, strict=True) if _failed(answer)]
    if problems:
        raise LiveError(problems)
    found = [answer for answer in answers if not isinstance(answer, Failure)]
    return tuple(profile_of_answer(one, answer["fargateProfile"]) for one, answer in zip(names, found, strict=True))


@dataclass(frozen=True, slots=True)
class LiveCluster:
    """A cluster that runs. version: `1.35`. has_node_groups: whether it has managed nodes; None where not known."""

    profiles: tuple[Profile, ...]
    version: str
    has_node_groups: bool | None


def live_cluster(account: Account, name: str) -> LiveCluster:
    """The cluster `name` with its profiles. Raises LiveError where either cannot be read."""
    answer = account.ask("eks", "DescribeCluster", name=name)
    if isinstance(answer, Failure):
        raise LiveError([_why(answer, name, account.region)])
    groups = account.ask("eks", "ListNodegroups", clusterName=name)
    has_groups = None if isinstance(groups, Failure) else bool(groups.get("nodegroups"))
    return LiveCluster(profiles_of(account, name), str(answer["cluster"]["version"]), has_groups)


def profile_of_answer(name: str, profile: Mapping[str, Any]) -> Profile:
    """The record of a profile as the EKS API writes it."""
    return Profile(
        name,
        tuple(Selector(str(one.get("namespace", "")), dict(one.get("labels") or {})) for one in profile["selectors"]),
    )


def _failed(answer: object) -> bool:
    return isinstance(answer, Failure)


def _why(failure: Failure, name: str, region: str) -> str:
    if failure.kind is Kind.MISSING:
        return f"--cluster {name}: there is no such cluster in {region}: correct the name, or --region"
    return f"--cluster {name}: {failure}"


def objects_of_cluster(account: Account, name: str) -> list[Mapping[str, Any]]:
    """The Kubernetes objects of the cluster `name` that say what it runs, as manifests, in a fixed order.

    Of pods and what makes them only those that nothing else made: a Deployment stands for its pods.
    Raises LiveError where the cluster's API cannot be reached or does not let all of them be listed.
    """
    answer = account.ask("eks", "DescribeCluster", name=name)
    if isinstance(answer, Failure):
        raise LiveError([_why(answer, name, account.region)])
    api = api_of(account, answer["cluster"])
    if isinstance(api, Failure):
        raise LiveError([f"--cluster {name}: {api}"])
    lists = [(path, kind, api.list(f"{path}/{plural}")) for path, plural, kind in _LISTED]
    failures = [str(objects) for _, _, objects in lists if isinstance(objects, Failure)]
    if failures:
        raise LiveError([f"--cluster {name}: {failure}" for failure in dict.fromkeys(failures)])
    return [
        _manifest(one, path, kind)
        for path, kind, objects in lists
        if not isinstance(objects, Failure)
        for one in sorted(objects, key=_place)
        if not one["metadata"].get("ownerReferences")
    ]


def _place(one: Mapping[str, Any]) -> tuple[str, str]:
    return str(one["metadata"].get("namespace", "")), str(one["metadata"].get("name", ""))


def _manifest(one: Mapping[str, Any], path: str, kind: str) -> dict[str, Any]:
    """An object of a list as a manifest: with its kind, which a list says once for all, and without its status."""
    version = path.removeprefix("/apis/").removeprefix("/api/")
    return {"apiVersion": version, "kind": kind, **{key: part for key, part in one.items() if key != "status"}}
