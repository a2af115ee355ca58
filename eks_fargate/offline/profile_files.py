"""Fargate profiles from a file: what the AWS CLI prints or takes, an eksctl ClusterConfig, or this project's settings.

Sources: https://docs.aws.amazon.com/cli/latest/reference/eks/describe-fargate-profile.html and
https://docs.aws.amazon.com/eks/latest/eksctl/fargate.html
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.profiles import Profile, Selector
from eks_fargate.fargate.shape import TEXT, TEXTS_BY_KEY, Reader, in_words
from eks_fargate.offline import pulumi_yaml
from eks_fargate.offline.errors import OfflineError
from eks_fargate.offline.kubernetes_yaml import Broken, documents
from eks_fargate.offline.manifests import read_text
from eks_fargate.offline.stack_given import given_of_settings

_SELECTORS: Final[Any] = [{"namespace": TEXT, "labels": TEXTS_BY_KEY}]
_TAKES_PODS = ("ACTIVE", "CREATING", None)
_WANTED = (
    "is none of those read here: the JSON that `aws eks describe-fargate-profile` prints, that `aws eks "
    "create-fargate-profile --cli-input-json` takes, an eksctl ClusterConfig, or a stack file of this project"
)


class ProfilesFileError(OfflineError):
    """A file of profiles cannot be read, or has none."""


@dataclass(frozen=True, slots=True)
class ProfileFiles:
    """What files of profiles say. config: what else they tell of the cluster, in the form of `fargate.given.SCHEMA`.

    notes: in sentences, what was left out or assumed.
    """

    profiles: tuple[Profile, ...]
    config: Mapping[str, Any]
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    profiles: dict[str, Profile] = field(default_factory=dict)
    clusters: set[str] = field(default_factory=set)
    config: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_profiles(paths: Sequence[str]) -> ProfileFiles:
    """The profiles in files, each of one or more documents. Raises ProfilesFileError with every problem at once.

    The names in settings are not yet physical ones, of which a hash is part; a `*` stands for it.
    """
    found = _Found()
    for path in paths:
        text = read_text(path, sys.stdin.buffer, found.problems)
        for document in documents(text or ""):
            at = f"{path}:{document.line}"
            if isinstance(document, Broken):
                found.problems.append(f"{at}: {document.message}")
                continue
            found.problems += [f"{path}:{line}: {message}" for line, message in document.faults]
            for value in document.value if isinstance(document.value, list) else [document.value]:
                _take(value, path, at, found)
    if len(found.clusters) > 1:
        found.problems.append(
            f"the profiles are of several clusters ({', '.join(sorted(found.clusters))}): give those of one"
        )
    if not found.profiles and not found.problems:
        found.problems.append(f"{', '.join(paths)}: there is no Fargate profile")
    if found.problems:
        raise ProfilesFileError(found.problems)
    return ProfileFiles(tuple(found.profiles.values()), found.config, tuple(found.notes))


def _take(value: Any, path: str, at: str, found: _Found) -> None:
    if not isinstance(value, Mapping):
        found.problems.append(f"{at}: this is {in_words(value)}, and {_WANTED}")
    elif isinstance(value.get("fargateProfile"), Mapping):
        _aws(value["fargateProfile"], f"{at}: fargateProfile.", found)
    elif "fargateProfileName" in value:
        _aws(value, f"{at}: ", found)
    elif "fargateProfileNames" in value:
        found.problems.append(
            f"{at}: this lists names only: give what `aws eks describe-fargate-profile` prints for each of them"
        )
    elif value.get("kind") == "ClusterConfig" and str(value.get("apiVersion")).startswith("eksctl.io/"):
        _eksctl(value, at, found)
    elif isinstance(value.get("config"), Mapping):
        _settings(path, at, found)
    else:
        found.problems.append(f"{at}: this {_WANTED}")


def _aws(profile: Mapping[str, Any], at: str, found: _Found) -> None:
    status, arn = profile.get("status"), profile.get("fargateProfileArn")
    name = profile.get("fargateProfileName")
    if status not in _TAKES_PODS:
        found.notes.append(f"profile {name} is {status} and is left out: it takes no pods")
        return
    if isinstance(profile.get("clusterName"), str):
        found.clusters.add(profile["clusterName"])
    if isinstance(arn, str) and arn.count(":") == 5:
        found.config["region"] = arn.split(":")[3]
    _add(name, profile, at, found)


def _eksctl(config: Mapping[str, Any], at: str, found: _Found) -> None:
    metadata = config.get("metadata")
    said = metadata if isinstance(metadata, Mapping) else {}
    if isinstance(said.get("name"), str):
        found.clusters.add(said["name"])
    if said.get("region"):
        found.config["region"] = str(said["region"])
    if said.get("version"):
        found.config["kubernetesVersion"] = str(said["version"])
    has_nodes = config.get("nodeGroups") or config.get("managedNodeGroups")
    found.config["dataPlane"] = (DataPlane.MIXED if has_nodes else DataPlane.FARGATE).value
    profiles = config.get("fargateProfiles")
    for index, profile in enumerate(profiles if isinstance(profiles, list) else ()):
        where = f"{at}: fargateProfiles[{index}]"
        if isinstance(profile, Mapping):
            _add(profile.get("name"), profile, f"{where}.", found)
        else:
            found.problems.append(f"{where}: is {in_words(profile)}, where a profile belongs")


def _settings(path: str, at: str, found: _Found) -> None:
    """The settings as Pulumi reads them, which is not as Kubernetes does: `yes` is text."""
    try:
        document = pulumi_yaml.read(Path(path), path)
    except OSError:
        document = pulumi_yaml.Document(None, {}, ())
    if document.problems:
        found.problems += document.problems
        return
    if document.value is None:
        found.problems.append(f"{at}: a stack file cannot come through a pipe: name the file")
        return
    given: Mapping[str, Any] = document.value["config"]
    prefix = next((key.removesuffix("profiles") for key in given if str(key).endswith(":profiles")), None)
    profiles = given[f"{prefix}profiles"] if prefix else None
    if prefix is None or not isinstance(profiles, Mapping):
        found.problems.append(f"{at}: this stack file sets no profiles")
        return
    settings = {key.removeprefix(prefix): value for key, value in given.items() if str(key).startswith(prefix)}
    found.config |= {"dataPlane": "fargate", "podSecurity": "baseline", **given_of_settings(settings, prefix)}
    if given.get("aws:region"):
        found.config["region"] = str(given["aws:region"])
    for key, profile in profiles.items():
        where = f"{at}: {prefix}profiles.{key}."
        if isinstance(profile, Mapping):
            physical = str(key) if profile.get("fixedName") is True else f"{key}--*"
            _add(physical, profile, where, found, str(key))
        else:
            found.problems.append(f"{where[:-1]}: is {in_words(profile)}, where a profile belongs")


def _add(name: Any, given: Mapping[str, Any], at: str, found: _Found, key: str = "") -> None:
    if not isinstance(name, str) or not name:
        found.problems.append(f"{at}name: it is {in_words(name)}, where the profile's name belongs")
        return
    reader = Reader()
    listed = reader.part(given, "selectors", _SELECTORS, f"{at}selectors")
    selectors = [_selector(one, f"{at}selectors[{index}]", reader) for index, one in enumerate(listed or ())]
    if not given.get("selectors"):
        reader.report(f"{at}selectors", "names none, where a profile has 1 to 5")
    found.problems += [f"{path}: {message}" for path, message in reader.faults]
    if name in found.profiles:
        found.problems.append(f"{at}name: {name} stands twice; a cluster has one profile of a name")
    found.profiles[name] = Profile(name, tuple(one for one in selectors if one is not None), key)


def _selector(given: Mapping[str, Any], at: str, reader: Reader) -> Selector | None:
    namespace = given.get("namespace")
    if not namespace:
        reader.report(f"{at}.namespace", "is missing; every selector has one")
        return None
    return Selector(namespace, dict(given.get("labels") or {}))
