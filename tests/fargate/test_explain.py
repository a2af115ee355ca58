"""Explaining: placement, size, cost, findings and sums of the pods of manifests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from eks_fargate.fargate.explain import MOST_REPLICAS, ExplainedPod, Explanation, Located, explain
from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.placement import DataPlane, Lands
from eks_fargate.fargate.pricing import HOURS_PER_MONTH
from eks_fargate.fargate.profiles import Profile, Selector
from eks_fargate.fargate.rules.base import Levels
from eks_fargate.fargate.running_cost import RunningCost
from eks_fargate.fargate.sizing import Size, Waste
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.fargate.world import World
from tests.fargate.rules.scenes import CONTAINER, put, service, web

APPS = Profile("apps", (Selector("shop"),))
PRIVILEGED = put(web(), f"{CONTAINER}.securityContext", {"privileged": True, "runAsNonRoot": True})


def cluster(**changes: Any) -> World:
    """A Fargate-only cluster in us-east-1 whose one profile takes namespace shop."""
    given: dict[str, Any] = {
        "data_plane": DataPlane.FARGATE,
        "kubernetes_version": (1, 35),
        "today": date(2026, 11, 21),
        "profiles": (APPS,),
        "region": "us-east-1",
        **changes,
    }
    return World(**given)


def explained(*manifests: Mapping[str, Any], strict: bool = False, **changes: Any) -> Explanation:
    """The explanation of manifests, the first at line 1 of a.yaml, the second at line 2."""
    objects = [Located(manifest, "a.yaml", line) for line, manifest in enumerate(manifests, 1)]
    return explain(objects, cluster(**changes), strict=strict)


def only(found: Explanation) -> ExplainedPod:
    """The one workload."""
    (pod,) = found.pods
    return pod


def test_a_compliant_workload_has_a_profile_a_size_a_cost_and_no_findings() -> None:
    found = explained(web(), service())
    pod = only(found)
    assert (pod.placed.lands, pod.placed.placement.profile) == (Lands.FARGATE, APPS)
    assert pod.placed.size == Size(250, 512, 20)
    assert pod.waste == Waste(0, 0)
    assert isinstance(pod.cost, RunningCost)
    assert pod.cost.monthly_all == 2 * Decimal("0.0123425") * HOURS_PER_MONTH
    assert found.all_findings() == []
    assert (found.problems, found.not_judged) == ([], {})


def test_a_finding_has_file_and_line_and_stands_with_its_workload() -> None:
    found = explained(service(), PRIVILEGED)
    assert found.findings == []
    assert [(one.rule, one.file, one.line) for one in only(found).findings] == [("no-privileged", "a.yaml", 2)]


def test_a_finding_on_an_object_without_pods_stands_apart() -> None:
    found = explained(put(service(), "spec.type", "NodePort"), web())
    assert [(one.rule, one.object, one.line) for one in found.findings] == [("no-node-port", "Service/shop/web", 1)]
    assert only(found).findings == ()


def test_what_is_around_is_in_sight_but_neither_explained_nor_judged() -> None:
    around = put(service(), "spec.type", "NodePort")
    unready = web()
    del unready["spec"]["template"]["spec"]["containers"][0]["readinessProbe"]
    found = explained(unready, objects=[around])
    assert [one.rule for one in found.all_findings()] == ["probes-are-set"]


def test_a_pod_that_no_profile_takes_stays_pending_and_costs_nothing() -> None:
    found = explained(put(web(), "metadata.namespace", "else"))
    pod = only(found)
    assert (pod.placed.lands, pod.cost) == (Lands.PENDING, None)
    assert [(one.rule, one.level) for one in pod.findings] == [("matches-a-profile", Level.ERROR)]
    assert (found.totals.pods, found.totals.monthly_usd) == (0, Decimal(0))


def test_pods_on_nodes_have_no_size_here() -> None:
    pod = only(explained(put(web(), "metadata.namespace", "else"), data_plane=DataPlane.MIXED))
    assert (pod.placed.lands, pod.waste, pod.cost) == (Lands.NODES, None, None)


def test_pods_of_a_daemon_set_get_no_size_since_fargate_runs_none() -> None:
    pod = only(explained({**web(), "kind": "DaemonSet"}))
    assert (pod.placed.lands, pod.waste, pod.cost) == (Lands.PENDING, None, None)


def test_totals_are_of_what_lands_on_fargate() -> None:
    found = explained(
        web(),
        put(put(web(), "metadata.name", "big"), f"{CONTAINER}.resources.requests.memory", "1700Mi"),
        put(put(web(), "metadata.name", "off"), "metadata.namespace", "else"),
    )
    totals = found.totals
    assert (totals.pods, totals.vcpu_milli, totals.memory_mib) == (4, 1000, 5120)
    assert (
        totals.monthly_usd
        == 2 * (Decimal("0.0123425") + Decimal("0.25") * Decimal("0.04048") + 2 * Decimal("0.004445")) * 730
    )
    assert totals.hourly_usd * 730 == totals.monthly_usd
    assert totals.workloads == {Lands.FARGATE: 2, Lands.NODES: 0, Lands.PENDING: 1, Lands.UNDETERMINED: 0}
    assert totals.not_known == ()


def test_what_is_missing_in_the_totals_is_counted() -> None:
    found = explained(
        web(),
        put(put(web(), "metadata.name", "b"), "spec.replicas", UNKNOWN),
        put(put(web(), "metadata.name", "c"), f"{CONTAINER}.resources.requests.cpu", "17"),
        region=None,
    )
    assert found.totals.not_known == (
        ("how many pods there are is not known", 1),
        ("no Fargate size holds the pod", 1),
        ("the cost is not known, because no region is given", 1),
    )


def test_strict_gives_what_cannot_be_judged_the_level_that_it_would_have() -> None:
    unsure = put(web(), f"{CONTAINER}.securityContext.privileged", UNKNOWN)
    lax, strict = (
        [one for one in only(explained(unsure, strict=strict)).findings if one.rule == "no-privileged"]
        for strict in (False, True)
    )
    assert [(one.level, one.would_be) for one in lax] == [(Level.UNDETERMINED, Level.ERROR)]
    assert [one.level for one in strict] == [Level.ERROR]


def test_levels_are_the_users() -> None:
    objects = [Located(PRIVILEGED, "a.yaml", 1)]
    assert explain(objects, cluster(), Levels({"no-privileged": None})).all_findings() == []


def test_kinds_whose_pods_are_not_known_are_counted() -> None:
    certificate = {"apiVersion": "cert-manager.io/v1", "kind": "Certificate", "metadata": {"name": "a"}}
    other = {**certificate, "metadata": {"name": "b"}}
    config = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}
    found = explained(certificate, other, config)
    assert found.pods == []
    assert found.not_judged == {"Certificate (cert-manager.io/v1)": 2}


def test_what_kubernetes_would_refuse_is_named_and_the_rest_is_explained() -> None:
    broken = put(put(web(), "spec.replicas", "2"), f"{CONTAINER}.resources.requests.cpu", "much")
    found = explained(broken)
    assert found.problems == [
        "a.yaml:1: Deployment/shop/web: spec.replicas is a string, where a whole number belongs",
        (
            f"a.yaml:1: Deployment/shop/web: {CONTAINER}.resources.requests.cpu 'much' is no quantity: write a number "
            "such as 0.25, or text such as 250m or 512Mi"
        ),
    ]
    assert only(found).placed.pod.replicas == 1


def test_more_pods_than_kubernetes_counts_are_a_problem() -> None:
    found = explained(put(web(), "spec.replicas", 10**400))
    assert found.problems == [
        f"a.yaml:1: Deployment/shop/web: replicas: more than {MOST_REPLICAS}, the most that Kubernetes takes"
    ]
    assert found.totals.not_known == (("how many pods there are is not known", 1),)


def test_annotations_that_let_off_nothing_are_noted() -> None:
    noted = put(web(), "metadata.annotations", {"eks-fargate/allow": "no-such-rule"})
    assert explained(noted).notes == (
        "Deployment/shop/web: annotation eks-fargate/allow names 'no-such-rule', which is no rule",
    )


def test_pods_that_share_a_generated_name_are_both_explained() -> None:
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"generateName": "job-", "namespace": "shop"},
        "spec": web()["spec"]["template"]["spec"],
    }
    assert len(explained(pod, dict(pod)).pods) == 2
