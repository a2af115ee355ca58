"""Where a pod lands: on which profile, on the nodes, or nowhere, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from eks_fargate.fargate.pods import UNKNOWN_MAPPING, Pod
from eks_fargate.fargate.profiles import Profile, Selector, in_order
from eks_fargate.fargate.unknown import UNKNOWN, Unknown

PROFILE_LABEL: Final = "eks.amazonaws.com/fargate-profile"
COMPUTE_TYPE_ANNOTATION: Final = "eks.amazonaws.com/compute-type"
_FARGATE_SCHEDULER: Final = "fargate-scheduler"
_SCHEDULERS: Final = ("default-scheduler", _FARGATE_SCHEDULER)

# Labels that a controller adds to its pods, and that a profile may well ask for: those of every Job, say.
# Source: https://kubernetes.io/docs/reference/labels-annotations-taints/
_ADDED_LABELS: Final[Mapping[str, Mapping[str, Any]]] = {
    "CronJob": {"batch.kubernetes.io/job-name": UNKNOWN, "job-name": UNKNOWN},
    "Job": {"batch.kubernetes.io/job-name": UNKNOWN, "job-name": UNKNOWN},
    "StatefulSet": {"statefulset.kubernetes.io/pod-name": UNKNOWN},
}


_NODES_NOT_KNOWN: Final = "whether the cluster has nodes is not known here"


class DataPlane(StrEnum):
    """What a cluster runs pods on."""

    FARGATE = "fargate"
    MIXED = "mixed"
    NODES = "nodes"


class Lands(StrEnum):
    """Where a pod lands; `UNDETERMINED` where a value not known before deployment decides."""

    FARGATE = "fargate"
    NODES = "nodes"
    PENDING = "pending"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a pod lands.

    profile: the profile that takes it, where it lands on Fargate; None there only where a value not known before
    deployment decides which of several does, or the profiles are not known. reason: one sentence in words.
    candidates: physical names of all profiles that certainly match it, in AWS's order, the one that takes it included.
    nearest: for a miss, the profile that asks for least that the pod lacks, and what that is ("label
    environment=fargate").
    """

    lands: Lands
    reason: str
    profile: Profile | None = None
    candidates: Sequence[str] = ()
    nearest: tuple[Profile, Sequence[str]] | None = None


def place(pod: Pod, profiles: tuple[Profile, ...] | None, data_plane: DataPlane | Unknown) -> Placement:
    """Where `pod` lands, as AWS decides it for a pod created while these profiles exist.

    The selectors of a profile are alternatives; the labels of a selector are all needed. Of the profiles that match
    the alphanumerically first by physical name takes the pod, unless its label `eks.amazonaws.com/fargate-profile`
    picks one. Never on Fargate are a DaemonSet's pods, pods annotated `eks.amazonaws.com/compute-type: ec2`, and
    pods that name a node or a scheduler of their own. Where AWS does not document what becomes of a pod, the answer
    is undetermined, and the reason says so.
    profiles: None where those of the cluster are not known. data_plane: unknown where what the cluster runs pods on is.
    """
    if data_plane is DataPlane.NODES:
        return Placement(Lands.NODES, "the cluster runs every pod on nodes")
    matching = _Matching(pod, profiles or ())
    kept_off, certain = _kept_off(pod)
    if pod.kind == "DaemonSet" and (data_plane is DataPlane.FARGATE or not certain):
        return _daemon_set(matching, data_plane)
    if certain:
        return _off_fargate(kept_off, data_plane, matching)
    if profiles is None:
        return _of_profiles_not_known(data_plane)
    placement = _matched(pod, matching, data_plane)
    if kept_off and placement.lands is Lands.FARGATE:
        reason = f"{kept_off} is not known before deployment and may keep it off Fargate; else {placement.reason}"
        return Placement(Lands.UNDETERMINED, reason, candidates=placement.candidates)
    return placement


class _Matching:
    """The profiles of a cluster, in AWS's order, and which of them select a pod."""

    def __init__(self, pod: Pod, profiles: tuple[Profile, ...]) -> None:
        added = _ADDED_LABELS.get(pod.kind)
        self.namespace = pod.namespace
        self.labels = pod.labels if added is None or pod.labels is UNKNOWN_MAPPING else {**added, **pod.labels}
        self.ordered = in_order(profiles)
        found = [(profile, profile.answer(self.namespace, self.labels)) for profile in self.ordered]
        self.certain = [(profile, selector) for profile, selector in found if isinstance(selector, Selector)]
        self.possible = [profile for profile, selector in found if selector is UNKNOWN]
        self.names = tuple(profile.name for profile, _ in self.certain)

    def missing(self, profile: Profile) -> list[str]:
        """The least that the pod lacks for one selector of `profile`; a namespace weighs more than any labels."""
        lacking = [selector.missing(self.namespace, self.labels) for selector in profile.selectors]
        return min(lacking, key=_distance, default=[])

    def nearest(self) -> tuple[Profile, Sequence[str]] | None:
        """The profile that asks for least that the pod lacks; None where the cluster has none."""
        misses = [(profile, self.missing(profile)) for profile in self.ordered if profile.selectors]
        return min(misses, key=lambda miss: _distance(miss[1]), default=None)


def _distance(missing: Sequence[str]) -> tuple[bool, int]:
    return any(lack.startswith("namespace ") for lack in missing), len(missing)


def _daemon_set(matching: _Matching, data_plane: DataPlane | Unknown) -> Placement:
    if data_plane is DataPlane.FARGATE:
        reason = "Fargate runs no pods of a DaemonSet and the cluster has no nodes, so none runs"
        return Placement(Lands.PENDING, reason, candidates=matching.names)
    selecting = matching.names or tuple(profile.name for profile in matching.possible)
    if selecting:
        reason = (
            f"Fargate runs no pods of a DaemonSet, and AWS does not document whether those that a profile selects "
            f"({', '.join(selecting)}) go to the nodes or stay Pending"
        )
        return Placement(Lands.UNDETERMINED, reason, candidates=matching.names)
    if data_plane is UNKNOWN:
        return Placement(Lands.UNDETERMINED, f"Fargate runs no pods of a DaemonSet, and {_NODES_NOT_KNOWN}")
    return Placement(Lands.NODES, "Fargate runs no pods of a DaemonSet, so they go to the nodes")


def _kept_off(pod: Pod) -> tuple[str, bool]:
    """What keeps the pod off Fargate, in words, and whether that is certain; empty where nothing can."""
    unknown = ""
    for what, value, keeps in (
        (f"annotation {COMPUTE_TYPE_ANNOTATION}", pod.annotations.get(COMPUTE_TYPE_ANNOTATION), _is_ec2),
        ("spec.nodeName", pod.spec.get("nodeName"), bool),
        ("spec.schedulerName", pod.spec.get("schedulerName"), _is_foreign),
    ):
        if isinstance(value, Unknown):
            unknown = unknown or what
        elif isinstance(value, str) and keeps(value):
            return f"{what} is {value}", True
    return unknown, False


def _is_ec2(compute_type: str) -> bool:
    return compute_type == "ec2"


def _is_foreign(scheduler: str) -> bool:
    return bool(scheduler) and scheduler not in _SCHEDULERS


def _off_fargate(why: str, data_plane: DataPlane | Unknown, matching: _Matching) -> Placement:
    if data_plane is DataPlane.FARGATE:
        reason = f"{why}, which keeps it off Fargate, and the cluster has no nodes, so it stays Pending"
        return Placement(Lands.PENDING, reason, candidates=matching.names)
    return Placement(Lands.NODES, f"{why}, which keeps it off Fargate", candidates=matching.names)


def _of_profiles_not_known(data_plane: DataPlane | Unknown) -> Placement:
    why = "the cluster's Fargate profiles are not known here"
    if data_plane is DataPlane.FARGATE:
        return Placement(Lands.FARGATE, f"the cluster has no nodes, and {why}")
    return Placement(Lands.UNDETERMINED, why)


def _matched(pod: Pod, matching: _Matching, data_plane: DataPlane | Unknown) -> Placement:
    pin = matching.labels.get(PROFILE_LABEL)
    if isinstance(pin, Unknown) and (matching.certain or matching.possible):
        all_unknown = matching.labels is UNKNOWN_MAPPING
        what = "its labels are" if all_unknown else f"label {PROFILE_LABEL}, which may pick a profile, is"
        return Placement(Lands.UNDETERMINED, f"{what} not known before deployment", candidates=matching.names)
    if isinstance(pin, str):
        return _pinned(pin, matching, data_plane)
    first = matching.certain[0][0].name if matching.certain else ""
    rivals = [profile.name for profile in matching.possible if not first or profile.name < first]
    if rivals:
        return _hangs_on_unknown(rivals, matching)
    if matching.certain:
        profile, selector = matching.certain[0]
        return Placement(Lands.FARGATE, _taken(profile, selector, matching.names), profile, matching.names)
    return _missed(pod, matching, data_plane)


def _taken(profile: Profile, selector: Selector, names: Sequence[str]) -> str:
    reason = f"profile {profile.name} takes it: its selector {selector} matches"
    if len(names) == 1:
        return reason
    return f"{reason}, and of the profiles that match ({', '.join(names)}) its name sorts first"


def _hangs_on_unknown(rivals: Sequence[str], matching: _Matching) -> Placement:
    unknown = f"whether {' or '.join(rivals)} matches hangs on values not known before deployment"
    if matching.certain:
        reason = f"it lands on Fargate, if not by profile {matching.names[0]} then by another: {unknown}"
        return Placement(Lands.FARGATE, reason, candidates=matching.names)
    return Placement(Lands.UNDETERMINED, unknown)


def _pinned(pin: str, matching: _Matching, data_plane: DataPlane | Unknown) -> Placement:
    profile = next((profile for profile in matching.ordered if profile.name == pin), None)
    if profile is None:
        keyed = next((profile.name for profile in matching.ordered if profile.key == pin), None)
        why = f"label {PROFILE_LABEL} names {pin}, which is no profile"
        if keyed:
            why += f" ({pin} is the settings name of {keyed}; set fixedName: true there to pin it by label)"
        return _pinned_in_vain(why, data_plane, matching)
    selector = profile.selects(matching.namespace, matching.labels)
    if selector is not None:
        reason = f"profile {pin} takes it: label {PROFILE_LABEL} picks it and its selector {selector} matches"
        return Placement(Lands.FARGATE, reason, profile, matching.names)
    missing = matching.missing(profile)
    lacks = " and ".join(missing) or "any selector"
    if profile in matching.possible:
        reason = (
            f"label {PROFILE_LABEL} picks profile {pin}, and whether the pod has {lacks} is not known before deployment"
        )
        return Placement(Lands.UNDETERMINED, reason, candidates=matching.names)
    why = f"label {PROFILE_LABEL} picks profile {pin}, which asks for {lacks} as well"
    return _pinned_in_vain(why, data_plane, matching, (profile, missing))


def _pinned_in_vain(
    why: str,
    data_plane: DataPlane | Unknown,
    matching: _Matching,
    nearest: tuple[Profile, Sequence[str]] | None = None,
) -> Placement:
    if data_plane is DataPlane.FARGATE:
        return Placement(Lands.PENDING, f"{why}, so it stays Pending", None, matching.names, nearest)
    reason = f"{why}; AWS does not document whether such a pod goes to the nodes or stays Pending"
    return Placement(Lands.UNDETERMINED, reason, None, matching.names, nearest)


def _missed(pod: Pod, matching: _Matching, data_plane: DataPlane | Unknown) -> Placement:
    nearest = matching.nearest()
    why = "no Fargate profile matches it" if matching.ordered else "there is no Fargate profile"
    if nearest is not None:
        why += f" (the nearest, {nearest[0].name}, asks for {' and '.join(nearest[1])} as well)"
    if data_plane is DataPlane.FARGATE:
        return Placement(Lands.PENDING, f"{why} and the cluster has no nodes, so it stays Pending", nearest=nearest)
    if pod.spec.get("schedulerName") == _FARGATE_SCHEDULER:
        reason = f"{why} and its spec.schedulerName is {_FARGATE_SCHEDULER}, so it stays Pending"
        return Placement(Lands.PENDING, reason, nearest=nearest)
    if data_plane is UNKNOWN:
        return Placement(Lands.UNDETERMINED, f"{why}, and {_NODES_NOT_KNOWN}", nearest=nearest)
    return Placement(Lands.NODES, f"{why}, so it goes to the nodes", nearest=nearest)
