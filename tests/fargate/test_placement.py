"""Placement: one compliant pod and three profiles, and what each single change does to where the pod lands."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eks_fargate.fargate.placement import DataPlane, Lands, Placement, place
from eks_fargate.fargate.pods import Pod
from eks_fargate.fargate.profiles import Profile, Selector
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.fargate.workloads import pods_of

FARGATE, MIXED, NODES = DataPlane.FARGATE, DataPlane.MIXED, DataPlane.NODES
PIN = "eks.amazonaws.com/fargate-profile"
COMPUTE_TYPE = "eks.amazonaws.com/compute-type"

BETA = Profile("beta-workload", (Selector("shop", {"tier": "web"}), Selector("cart-*")))
PROD = Profile("prod-workload", (Selector("shop"),))
HASHED = Profile("tools--1a2b3c4d", (Selector("tools", {"run": "*"}),), key="tools")
PROFILES = (PROD, HASHED, BETA)


def pod(
    kind: str = "Deployment",
    namespace: Any = "shop",
    labels: Any = None,
    annotations: Any = None,
    **spec: Any,
) -> Pod:
    template = {
        "metadata": {"labels": {"tier": "web"} if labels is None else labels, "annotations": annotations},
        "spec": {"containers": [{"name": "web"}], **spec},
    }
    manifest = {
        "apiVersion": "batch/v1" if kind == "Job" else "apps/v1",
        "kind": kind,
        "metadata": {"name": "web", "namespace": namespace},
        "spec": {"template": template},
    }
    (made,), problems = pods_of(manifest)
    assert problems == []
    return made


@pytest.mark.parametrize("data_plane", [FARGATE, MIXED])
def test_of_the_profiles_that_match_the_first_by_name_takes_the_pod(data_plane: DataPlane) -> None:
    assert place(pod(), PROFILES, data_plane) == Placement(
        Lands.FARGATE,
        "profile beta-workload takes it: its selector shop (tier=web) matches, and of the profiles that match "
        "(beta-workload, prod-workload) its name sorts first",
        BETA,
        ("beta-workload", "prod-workload"),
    )


def test_any_one_selector_of_a_profile_is_enough() -> None:
    assert place(pod(namespace="cart-eu", labels={}), PROFILES, FARGATE) == Placement(
        Lands.FARGATE, "profile beta-workload takes it: its selector cart-* matches", BETA, ("beta-workload",)
    )


def test_on_a_cluster_of_nodes_every_pod_lands_on_nodes() -> None:
    pinned = pod(labels={PIN: UNKNOWN}, annotations={COMPUTE_TYPE: UNKNOWN})
    for any_pod in (pod(), pinned, pod("DaemonSet")):
        assert place(any_pod, PROFILES, NODES) == Placement(Lands.NODES, "the cluster runs every pod on nodes")


def test_a_pod_that_no_profile_matches_goes_to_the_nodes_where_there_are_some() -> None:
    assert place(pod(namespace="tools"), PROFILES, MIXED) == Placement(
        Lands.NODES,
        "no Fargate profile matches it (the nearest, tools--1a2b3c4d, asks for label run=* as well), so it goes to the "
        "nodes",
        nearest=(HASHED, ["label run=*"]),
    )


def test_a_pod_that_no_profile_matches_stays_pending_where_there_are_no_nodes() -> None:
    assert place(pod(namespace="other", labels={}), PROFILES, FARGATE) == Placement(
        Lands.PENDING,
        "no Fargate profile matches it (the nearest, beta-workload, asks for namespace cart-* as well) and the cluster "
        "has no nodes, so it stays Pending",
        nearest=(BETA, ["namespace cart-*"]),
    )


def test_a_cluster_without_profiles_says_so() -> None:
    assert place(pod(), (), FARGATE) == Placement(
        Lands.PENDING, "there is no Fargate profile and the cluster has no nodes, so it stays Pending"
    )


def test_a_label_lacking_is_nearer_than_a_namespace() -> None:
    near = Profile("z", (Selector("shop", {"a": "1", "b": "2"}),))
    assert place(pod(), (Profile("a", (Selector("x"),)), near), MIXED).nearest == (near, ["label a=1", "label b=2"])


def test_a_pod_can_pick_one_of_the_profiles_that_match() -> None:
    assert place(pod(labels={"tier": "web", PIN: "prod-workload"}), PROFILES, FARGATE) == Placement(
        Lands.FARGATE,
        f"profile prod-workload takes it: label {PIN} picks it and its selector shop matches",
        PROD,
        ("beta-workload", "prod-workload"),
    )


@pytest.mark.parametrize(
    ("data_plane", "lands", "ending"),
    [
        (FARGATE, Lands.PENDING, ", so it stays Pending"),
        (MIXED, Lands.UNDETERMINED, "; AWS does not document whether such a pod goes to the nodes or stays Pending"),
    ],
)
def test_a_pod_that_picks_in_vain_does_not_land_on_fargate(data_plane: DataPlane, lands: Lands, ending: str) -> None:
    matching = ("beta-workload", "prod-workload")
    assert place(pod(labels={"tier": "web", PIN: "gone"}), PROFILES, data_plane) == Placement(
        lands, f"label {PIN} names gone, which is no profile{ending}", None, matching
    )
    assert place(pod(labels={"tier": "web", PIN: "tools"}), PROFILES, data_plane) == Placement(
        lands,
        f"label {PIN} names tools, which is no profile (tools is the settings name of tools--1a2b3c4d; set fixedName: "
        f"true there to pin it by label){ending}",
        None,
        matching,
    )
    assert place(pod(labels={"tier": "web", PIN: "tools--1a2b3c4d"}), PROFILES, data_plane) == Placement(
        lands,
        f"label {PIN} picks profile tools--1a2b3c4d, which asks for namespace tools and label run=* as well{ending}",
        None,
        matching,
        (HASHED, ["namespace tools", "label run=*"]),
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"annotations": {COMPUTE_TYPE: "ec2"}}, f"annotation {COMPUTE_TYPE} is ec2"),
        ({"nodeName": "ip-10-0-0-1"}, "spec.nodeName is ip-10-0-0-1"),
        ({"schedulerName": "volcano"}, "spec.schedulerName is volcano"),
        ({"schedulerName": "volcano", "nodeName": UNKNOWN}, "spec.schedulerName is volcano"),
    ],
)
def test_what_keeps_a_pod_off_fargate(change: dict[str, Any], why: str) -> None:
    matching = ("beta-workload", "prod-workload")
    assert place(pod(**change), PROFILES, MIXED) == Placement(
        Lands.NODES, f"{why}, which keeps it off Fargate", candidates=matching
    )
    assert place(pod(**change), PROFILES, FARGATE) == Placement(
        Lands.PENDING,
        f"{why}, which keeps it off Fargate, and the cluster has no nodes, so it stays Pending",
        candidates=matching,
    )


@pytest.mark.parametrize(
    "change",
    [
        {"annotations": {COMPUTE_TYPE: "fargate"}},
        {"nodeName": ""},
        {"schedulerName": ""},
        {"schedulerName": "default-scheduler"},
        {"schedulerName": "fargate-scheduler"},
    ],
)
def test_what_does_not_keep_a_pod_off_fargate(change: dict[str, Any]) -> None:
    assert place(pod(**change), PROFILES, MIXED).profile is BETA


def test_a_pod_that_names_the_fargate_scheduler_waits_for_it() -> None:
    asking = pod(namespace="other", labels={}, schedulerName="fargate-scheduler")
    placement = place(asking, PROFILES, MIXED)
    assert placement.lands is Lands.PENDING
    assert placement.reason.endswith("and its spec.schedulerName is fargate-scheduler, so it stays Pending")


def test_the_pods_of_a_daemon_set_never_land_on_fargate() -> None:
    matching = ("beta-workload", "prod-workload")
    assert place(pod("DaemonSet"), PROFILES, FARGATE) == Placement(
        Lands.PENDING,
        "Fargate runs no pods of a DaemonSet and the cluster has no nodes, so none runs",
        candidates=matching,
    )
    assert place(pod("DaemonSet", namespace="other"), PROFILES, MIXED) == Placement(
        Lands.NODES, "Fargate runs no pods of a DaemonSet, so they go to the nodes"
    )
    assert place(pod("DaemonSet"), PROFILES, MIXED) == Placement(
        Lands.UNDETERMINED,
        "Fargate runs no pods of a DaemonSet, and AWS does not document whether those that a profile selects "
        "(beta-workload, prod-workload) go to the nodes or stay Pending",
        candidates=matching,
    )


def test_a_daemon_set_that_keeps_itself_off_fargate_goes_to_the_nodes() -> None:
    placement = place(pod("DaemonSet", annotations={COMPUTE_TYPE: "ec2"}), PROFILES, MIXED)
    assert placement.lands is Lands.NODES


def test_an_unknown_namespace_leaves_the_placement_undetermined() -> None:
    assert place(pod(namespace=UNKNOWN), PROFILES, MIXED) == Placement(
        Lands.UNDETERMINED,
        "whether beta-workload or prod-workload matches hangs on values not known before deployment",
    )


def test_an_unknown_label_counts_only_where_it_could_decide() -> None:
    assert place(pod(labels={"tier": UNKNOWN}, namespace="other"), PROFILES, MIXED).lands is Lands.NODES
    assert place(pod(labels={"tier": UNKNOWN}, namespace="cart-eu"), PROFILES, MIXED).profile is BETA
    assert place(pod(labels={"tier": UNKNOWN}), PROFILES, MIXED) == Placement(
        Lands.FARGATE,
        "it lands on Fargate, if not by profile prod-workload then by another: whether beta-workload matches hangs on "
        "values not known before deployment",
        candidates=("prod-workload",),
    )


def test_an_unknown_label_of_a_profile_that_comes_later_decides_nothing() -> None:
    later = Profile("zeta", (Selector("shop", {"run": "x"}),))
    placement = place(pod(labels={"tier": "web", "run": UNKNOWN}), (later, BETA), MIXED)
    assert (placement.profile, placement.candidates) == (BETA, ("beta-workload",))


def test_an_unknown_pick_is_undetermined_where_some_profile_may_match() -> None:
    picking = {"tier": "web", PIN: UNKNOWN}
    assert place(pod(labels=picking), PROFILES, FARGATE) == Placement(
        Lands.UNDETERMINED,
        f"label {PIN}, which may pick a profile, is not known before deployment",
        candidates=("beta-workload", "prod-workload"),
    )
    assert place(pod(labels=picking, namespace="other"), PROFILES, FARGATE).lands is Lands.PENDING


def test_labels_that_are_not_known_at_all_are_undetermined_where_some_profile_may_match() -> None:
    assert place(pod(labels=UNKNOWN), PROFILES, MIXED) == Placement(
        Lands.UNDETERMINED, "its labels are not known before deployment", candidates=("prod-workload",)
    )
    assert place(pod(labels=UNKNOWN, namespace="other"), PROFILES, MIXED).lands is Lands.NODES


def test_a_pick_of_a_profile_that_may_match_is_undetermined() -> None:
    picking = pod(labels={PIN: "beta-workload", "tier": UNKNOWN})
    assert place(picking, PROFILES, FARGATE) == Placement(
        Lands.UNDETERMINED,
        f"label {PIN} picks profile beta-workload, and whether the pod has label tier=web is not known before "
        "deployment",
        candidates=("prod-workload",),
    )


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"annotations": {COMPUTE_TYPE: UNKNOWN}}, f"annotation {COMPUTE_TYPE}"),
        ({"annotations": UNKNOWN}, f"annotation {COMPUTE_TYPE}"),
        ({"nodeName": UNKNOWN}, "spec.nodeName"),
        ({"schedulerName": UNKNOWN}, "spec.schedulerName"),
    ],
)
def test_what_may_keep_a_pod_off_fargate_counts_only_where_it_would_land_there(
    change: dict[str, Any], what: str
) -> None:
    assert place(pod(namespace="cart-eu", **change), PROFILES, MIXED) == Placement(
        Lands.UNDETERMINED,
        f"{what} is not known before deployment and may keep it off Fargate; else profile beta-workload takes it: its "
        f"selector cart-* matches",
        candidates=("beta-workload",),
    )
    assert place(pod(namespace="other", **change), PROFILES, MIXED).lands is Lands.NODES
    assert place(pod(namespace="other", **change), PROFILES, FARGATE).lands is Lands.PENDING


def test_a_profile_can_ask_for_the_labels_that_controllers_add() -> None:
    every_job = Profile("jobs", (Selector("*", {"batch.kubernetes.io/job-name": "*"}),))
    assert place(pod("Job"), (every_job,), MIXED).profile is every_job
    assert place(pod("Deployment"), (every_job,), MIXED).lands is Lands.NODES
    nightly = Profile("jobs", (Selector("*", {"job-name": "nightly-*"}),))
    assert place(pod("Job"), (nightly,), MIXED).lands is Lands.UNDETERMINED


namespaces = st.sampled_from(["a", "ab", "b"])
label_values = st.sampled_from(["1", "2"])
selectors = st.builds(
    Selector,
    st.sampled_from(["a", "a*", "?", "*"]),
    st.dictionaries(st.sampled_from(["k", "l"]), st.sampled_from(["1", "?", "2"]), max_size=2),
)
profile_lists = st.lists(
    st.builds(Profile, st.sampled_from("vwxyz"), st.lists(selectors, max_size=3).map(tuple)),
    max_size=4,
    unique_by=lambda profile: profile.name,
).map(tuple)


@given(namespaces, st.dictionaries(st.sampled_from(["k", "l"]), label_values), profile_lists)
def test_an_undetermined_placement_is_one_that_different_values_decide_differently(
    namespace: str, labels: dict[str, str], profiles: tuple[Profile, ...]
) -> None:
    known = place(pod(namespace=namespace, labels=labels), profiles, MIXED)
    for key in labels:
        hidden = place(pod(namespace=namespace, labels={**labels, key: UNKNOWN}), profiles, MIXED)
        if hidden.lands is not Lands.UNDETERMINED:
            assert hidden.lands is known.lands
            assert hidden.profile in (None, known.profile)
        assert set(hidden.candidates) <= set(known.candidates)


@given(namespaces, st.dictionaries(st.sampled_from(["k", "l"]), label_values), profile_lists)
def test_the_order_in_which_profiles_are_given_does_not_matter(
    namespace: str, labels: dict[str, str], profiles: tuple[Profile, ...]
) -> None:
    made = pod(namespace=namespace, labels=labels)
    assert place(made, profiles, MIXED) == place(made, profiles[::-1], MIXED)


def test_without_the_cluster_s_profiles_nothing_is_certain_but_that_there_are_no_nodes() -> None:
    not_known = "the cluster's Fargate profiles are not known here"
    for data_plane in (MIXED, UNKNOWN):
        assert place(pod(), None, data_plane) == Placement(Lands.UNDETERMINED, not_known)
    assert place(pod(), None, FARGATE) == Placement(Lands.FARGATE, f"the cluster has no nodes, and {not_known}")
    assert place(pod(), None, NODES).lands is Lands.NODES


def test_what_keeps_a_pod_off_fargate_does_so_whatever_the_profiles_are() -> None:
    kept_off = pod(annotations={COMPUTE_TYPE: "ec2"})
    assert place(kept_off, None, UNKNOWN).lands is Lands.NODES
    assert place(kept_off, None, FARGATE).lands is Lands.PENDING


def test_where_it_is_not_known_whether_there_are_nodes_a_miss_is_undetermined() -> None:
    not_known = "whether the cluster has nodes is not known here"
    assert place(pod(), PROFILES, UNKNOWN).lands is Lands.FARGATE
    missed = place(pod(namespace="other"), PROFILES, UNKNOWN)
    assert (missed.lands, missed.reason.endswith(f", and {not_known}")) == (Lands.UNDETERMINED, True)
    daemons = place(pod("DaemonSet", namespace="other"), PROFILES, UNKNOWN)
    assert daemons == Placement(Lands.UNDETERMINED, f"Fargate runs no pods of a DaemonSet, and {not_known}")


def test_a_profile_of_which_not_every_selector_is_known_may_take_any_pod() -> None:
    later = Profile("later", (Selector("tools"),), unread=True)
    assert place(pod(), (later,), FARGATE) == Placement(
        Lands.UNDETERMINED, "whether later matches hangs on values not known before deployment"
    )
    assert place(pod(namespace="tools"), (later,), FARGATE).profile == later
    assert place(pod(), (later, BETA), FARGATE).profile == BETA
