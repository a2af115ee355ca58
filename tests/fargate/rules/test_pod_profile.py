from __future__ import annotations

from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.scenes import SHOP, WEB_ONLY, case, findings, put, web

_LABEL = 'spec.template.metadata.labels."eks.amazonaws.com/fargate-profile"'
_LABEL_PATH = "spec.template.metadata.labels.eks.amazonaws.com/fargate-profile"
_APP = "spec.template.metadata.labels.app"

CASES = {
    "matches-a-profile": case(
        [web()],
        [put(web(), _APP, "api")],
        _APP,
        "spec.template.metadata.labels",
        profiles=(WEB_ONLY,),
    ),
    "forced-profile-matches": case(
        [put(web(), _LABEL, WEB_ONLY.name)],
        [put(put(web(), _LABEL, WEB_ONLY.name), _APP, "api")],
        _LABEL,
        _APP,
        profiles=(WEB_ONLY,),
    ),
}


def test_a_pod_that_no_profile_takes_is_told_what_it_lacks() -> None:
    (found,) = findings("matches-a-profile", put(web(), _APP, "api"), profiles=(WEB_ONLY,))
    assert found.path == "spec.template.metadata.labels"
    assert found.message == (
        "no profile takes the pod: no Fargate profile matches it (the nearest, web--1a2b3c4d, asks for label app=web "
        "as well) and the cluster has no nodes, so it stays Pending"
    )
    assert found.fix == "Give the pod label app=web to match profile web--1a2b3c4d, or add a selector that it matches."
    assert found.event is None


def test_a_pod_of_a_namespace_that_no_profile_selects_is_not_sent_to_another_ones_by_name() -> None:
    (found,) = findings("matches-a-profile", put(web(), "metadata.namespace", "other"), profiles=(SHOP,))
    assert found.fix == (
        "Add a selector for its namespace to a profile, or move the pod to a namespace that a profile selects."
    )


def test_a_pod_that_is_kept_off_fargate_is_told_so() -> None:
    made = put(web(), "spec.template.metadata.annotations", {"eks.amazonaws.com/compute-type": "ec2"})
    (found,) = findings("matches-a-profile", made)
    assert found.fix == "Remove what keeps it off Fargate."
    assert found.message == (
        "no profile takes the pod: annotation eks.amazonaws.com/compute-type is ec2, which keeps it off Fargate, and "
        "the cluster has no nodes, so it stays Pending"
    )


def test_where_there_are_nodes_a_pod_needs_no_profile() -> None:
    made = put(web(), _APP, "api")
    assert findings("matches-a-profile", made, profiles=(WEB_ONLY,), data_plane=DataPlane.MIXED) == []


def test_a_profile_that_does_not_exist_is_an_error_wherever_the_pod_lands() -> None:
    for data_plane in DataPlane:
        (found,) = findings("forced-profile-matches", put(web(), _LABEL, "missing"), data_plane=data_plane)
        assert found.path == _LABEL_PATH
        assert found.message == "the pod asks for profile missing, which does not exist"
        assert found.fix == "Name a profile that exists (shop--1a2b3c4d), or remove the label."


def test_a_profiles_name_in_settings_is_not_its_physical_name() -> None:
    (found,) = findings("forced-profile-matches", put(web(), _LABEL, "shop"), profiles=(SHOP,))
    assert found.fix == "Set fixedName: true on profile shop; without it, its physical name is shop--1a2b3c4d."


def test_a_profile_that_does_not_match_the_pod_is_an_error() -> None:
    made = put(put(web(), _LABEL, WEB_ONLY.name), _APP, "api")
    (found,) = findings("forced-profile-matches", made, profiles=(SHOP, WEB_ONLY))
    assert found.message == "the pod asks for profile web--1a2b3c4d, no selector of which matches it"
    assert found.fix == "Match one of its selectors: shop (app=web); or remove the label."


def test_a_profile_that_may_match_is_undetermined() -> None:
    made = put(put(web(), _LABEL, WEB_ONLY.name), _APP, UNKNOWN)
    (found,) = findings("forced-profile-matches", made, profiles=(SHOP, WEB_ONLY))
    assert found.level.value == "undetermined"


def test_without_the_cluster_s_profiles_it_says_what_to_configure() -> None:
    (found,) = findings("matches-a-profile", web(), profiles=None, data_plane=UNKNOWN)
    assert found.message == (
        "whether a profile takes the pod is not known: the cluster's Fargate profiles are not known here"
    )
    assert found.fix == "Configure dataPlane, and in profiles the cluster's Fargate profiles."
    assert findings("matches-a-profile", web(), profiles=None, data_plane=DataPlane.MIXED) == []
    (found,) = findings("forced-profile-matches", put(web(), _LABEL, "shop"), profiles=None, data_plane=UNKNOWN)
    assert found.level.value == "undetermined"
    assert found.message == "whether profile shop exists and matches the pod is not known"


def test_a_miss_where_nodes_are_not_known_says_what_to_configure() -> None:
    (found,) = findings("matches-a-profile", put(web(), _APP, "api"), profiles=(WEB_ONLY,), data_plane=UNKNOWN)
    assert found.level.value == "undetermined"
    assert found.fix == "Configure dataPlane, and in profiles the cluster's Fargate profiles."
    assert findings("matches-a-profile", web(), profiles=(WEB_ONLY,), data_plane=UNKNOWN) == []
