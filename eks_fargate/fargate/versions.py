"""Kubernetes versions on Amazon EKS: which of them Fargate knows, and how long AWS supports each.

Source: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from eks_fargate.fargate.facts import DEFAULT_FACTS, Facts

TODAY_VARIABLE: Final = "EKS_FARGATE_TODAY"
"""The environment variable that names the day (YYYY-MM-DD) by which programs and the policy pack judge versions."""


class Status(StrEnum):
    """Where a version stands on a given day.

    NEWER: the table does not have it, or has it as released later than that day.
    """

    NEVER = "never on Fargate"
    ENDED = "support has ended"
    EXTENDED = "extended support"
    STANDARD = "standard support"
    NEWER = "newer than the table"


@dataclass(frozen=True, slots=True)
class Support:
    """A version's support on a given day.

    standard_ends, extended_ends: the last days of each; None where the table does not have the version.
    days_left: until the present support ends; None where there is none, or it is not known.
    """

    version: str
    status: Status
    standard_ends: date | None = None
    extended_ends: date | None = None
    days_left: int | None = None


class UnknownAddonVersionError(LookupError):
    """No default version of an add-on is known for a Kubernetes version; the text says what to set."""


def version_key(version: str) -> tuple[int, int]:
    """The version as numbers, so that 1.9 sorts before 1.10. Raises ValueError where it is not MAJOR.MINOR."""
    if not re.fullmatch(r"\d{1,3}\.\d{1,3}", version):
        msg = f"{version!r} is no Kubernetes version: write it as MAJOR.MINOR, such as '1.35'"
        raise ValueError(msg)
    major, minor = version.split(".")
    return int(major), int(minor)


def known_versions(facts: Facts = DEFAULT_FACTS) -> list[str]:
    """The versions of the table, oldest first."""
    return sorted(facts.table("versions")["versions"], key=version_key)


def support(version: str, today: date, facts: Facts = DEFAULT_FACTS) -> Support:
    """How AWS supports `version` on the day `today`. Raises ValueError where it is not MAJOR.MINOR."""
    table = facts.table("versions")
    if version_key(version) < version_key(table["floor"]["version"]):
        return Support(version, Status.NEVER)
    row = table["versions"].get(version)
    if row is None or date.fromisoformat(row["released"]) > today:
        return Support(version, Status.NEWER)
    standard_ends, extended_ends = (date.fromisoformat(row[key]) for key in ("standardEnds", "extendedEnds"))
    if today <= standard_ends:
        return Support(version, Status.STANDARD, standard_ends, extended_ends, (standard_ends - today).days)
    if today <= extended_ends:
        return Support(version, Status.EXTENDED, standard_ends, extended_ends, (extended_ends - today).days)
    return Support(version, Status.ENDED, standard_ends, extended_ends)


def can_create(version: str, today: date, facts: Facts = DEFAULT_FACTS) -> bool | None:
    """Whether AWS creates clusters of `version` on that day: in standard or extended support. None: not known."""
    status = support(version, today, facts).status
    return None if status is Status.NEWER else status in {Status.STANDARD, Status.EXTENDED}


def creatable_versions(today: date, facts: Facts = DEFAULT_FACTS) -> list[str]:
    """The versions of the table that AWS creates clusters of on that day, oldest first."""
    return [version for version in known_versions(facts) if can_create(version, today, facts)]


def addon_version(addon: str, version: str, facts: Facts = DEFAULT_FACTS) -> str:
    """The default version of an EKS add-on (`coredns`, `kube-proxy`, `vpc-cni`) for a Kubernetes version.

    Raises UnknownAddonVersionError where the table has none.
    """
    row = facts.table("addons")["versions"].get(addon, {}).get(version)
    if row is None:
        setting = "coreDns.version" if addon == "coredns" else f'overrides.addons.versions.{addon}."{version}".version'
        msg = (
            f"the version of add-on {addon} for Kubernetes {version} is not known: set {setting} to one that "
            f"`aws eks describe-addon-versions --addon-name {addon} --kubernetes-version {version}` lists"
        )
        raise UnknownAddonVersionError(msg)
    return str(row["version"])
