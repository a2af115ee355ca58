"""matches-a-profile and forced-profile-matches: some profile takes the pod, and the one that it names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.placement import PROFILE_LABEL, DataPlane, Lands
from eks_fargate.fargate.profiles import Profile
from eks_fargate.fargate.rules.base import CONFIGURE_PROFILES, Fail, Undetermined, Verdict, not_known, read, words
from eks_fargate.fargate.rules.subjects import PodRule, PodSubject
from eks_fargate.fargate.unknown import UNKNOWN

_SOURCE = "https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html"


def _check_matches(subject: PodSubject) -> Iterator[Verdict]:
    placement = subject.placement
    # no-daemonset and forced-profile-matches speak for those.
    if subject.pod.kind == "DaemonSet" or read(subject.pod.labels, PROFILE_LABEL) not in (None, UNKNOWN):
        return
    if subject.world.data_plane not in (DataPlane.FARGATE, UNKNOWN):
        return
    if placement.lands is Lands.PENDING:
        yield Fail(
            subject.at_labels(),
            f"no profile takes the pod: {placement.reason}",
            "Remove what keeps it off Fargate." if placement.candidates else _fix(placement.nearest),
        )
    elif placement.lands is not Lands.NODES and _is_not_configured(subject):
        yield Undetermined(
            subject.at_labels(), f"whether a profile takes the pod is not known: {placement.reason}", CONFIGURE_PROFILES
        )
    elif placement.lands is Lands.UNDETERMINED:
        yield Undetermined(
            subject.at_labels(),
            f"whether a profile takes the pod is not known before deployment: {placement.reason}",
            "Write the namespace and the labels themselves instead of outputs.",
        )


def _is_not_configured(subject: PodSubject) -> bool:
    """Whether it hangs on what the reader of the input could be told, the profiles or whether there are nodes."""
    missed = subject.world.data_plane is UNKNOWN and subject.placement.nearest is not None
    return subject.world.profiles is None or missed


def _fix(nearest: tuple[Profile, Any] | None) -> str:
    if nearest is None:
        return "Add a profile whose selector the pod matches."
    profile, missing = nearest
    if any(lack.startswith("namespace ") for lack in missing):
        return "Add a selector for its namespace to a profile, or move the pod to a namespace that a profile selects."
    return f"Give the pod {words(list(missing))} to match profile {profile.name}, or add a selector that it matches."


def _check_forced(subject: PodSubject) -> Iterator[Verdict]:
    pod = subject.pod
    path = f"{subject.at_labels()}.{PROFILE_LABEL}"
    name = read(pod.labels, PROFILE_LABEL)
    if name is UNKNOWN:
        yield not_known(path, "which profile the pod asks for")
        return
    if name is None:
        return
    if subject.world.profiles is None:
        yield Undetermined(path, f"whether profile {name} exists and matches the pod is not known", CONFIGURE_PROFILES)
        return
    profiles = {profile.name: profile for profile in subject.world.profiles}
    if name not in profiles:
        fix = _fix_name(str(name), subject.world.profiles)
        yield Fail(path, f"the pod asks for profile {name}, which does not exist", fix)
        return
    if name in subject.placement.candidates:
        return
    if profiles[name].answer(pod.namespace, pod.labels) is UNKNOWN:
        yield not_known(subject.at_labels(), f"whether profile {name}, which the pod asks for, matches it")
    else:
        yield Fail(
            path,
            f"the pod asks for profile {name}, no selector of which matches it",
            f"Match one of its selectors: {'; '.join(map(str, profiles[name].selectors))}; or remove the label.",
        )


def _fix_name(name: str, profiles: tuple[Profile, ...]) -> str:
    renamed = [profile.name for profile in profiles if profile.key == name]
    if renamed:
        return f"Set fixedName: true on profile {name}; without it, its physical name is {renamed[0]}."
    existing = ", ".join(sorted(profile.name for profile in profiles)) or "none"
    return f"Name a profile that exists ({existing}), or remove the label."


matches_a_profile = PodRule(
    id="matches-a-profile",
    group="A",
    level=Level.ERROR,
    statement="Where there are no nodes, some profile matches the pod.",
    source=_SOURCE,
    check=_check_matches,
    alone=False,
)

forced_profile_matches = PodRule(
    id="forced-profile-matches",
    group="A",
    level=Level.ERROR,
    statement=f"A pod labelled {PROFILE_LABEL} names a profile that exists and matches it.",
    source=_SOURCE,
    check=_check_forced,
    wherever=True,
    alone=False,
)
