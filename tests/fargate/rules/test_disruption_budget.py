from __future__ import annotations

from typing import Any

import pytest

from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.scenes import case, findings, put, said, web


def _budget(name: str = "web", version: str = "policy/v1", selector: Any = None, **spec: Any) -> dict[str, Any]:
    chosen = {"matchLabels": {"app": "web"}} if selector is None else selector
    metadata = {"name": name, "namespace": "shop"}
    return {
        "apiVersion": version,
        "kind": "PodDisruptionBudget",
        "metadata": metadata,
        "spec": {"selector": chosen, **spec},
    }


CASES = {
    "disruption-budget": case(
        [_budget(maxUnavailable=1), web()],
        [_budget(maxUnavailable=0), web()],
        "spec.maxUnavailable",
        "spec.selector.matchLabels.app",
        "metadata.namespace",
    ),
}


@pytest.mark.parametrize("most", [0, "0%"])
def test_a_budget_that_lets_no_pod_go_is_a_warning(most: object) -> None:
    assert said(findings("disruption-budget", _budget(maxUnavailable=most), web())) == [
        ("warning", "spec.maxUnavailable", f"maxUnavailable is {most}, so no pod may ever go")
    ]


@pytest.mark.parametrize(("least", "fails"), [(1, False), (2, True), ("50%", False), ("51%", True), ("100%", True)])
def test_some_pod_has_to_be_left_over(least: object, fails: bool) -> None:  # noqa: FBT001  a table of answers
    found = findings("disruption-budget", _budget(minAvailable=least), web())
    message = f"minAvailable is {least} of 2 pods, so none may ever go"
    assert said(found) == ([("warning", "spec.minAvailable", message)] if fails else [])


def test_an_autoscaler_says_how_many_pods_there_are() -> None:
    scaler = {
        "apiVersion": "autoscaling/v2",
        "kind": "HorizontalPodAutoscaler",
        "metadata": {"name": "web", "namespace": "shop"},
        "spec": {"scaleTargetRef": {"kind": "Deployment", "name": "web"}, "minReplicas": 3},
    }
    assert findings("disruption-budget", _budget(minAvailable=2), web(), scaler) == []
    assert len(findings("disruption-budget", _budget(minAvailable=3), web(), scaler)) == 1


def test_an_unknown_number_of_replicas_leaves_it_open() -> None:
    (found,) = findings("disruption-budget", _budget(minAvailable=1), put(web(), "spec.replicas", UNKNOWN))
    assert found.level.value == "undetermined"


def test_a_second_budget_is_a_warning_on_both() -> None:
    found = findings(
        "disruption-budget", _budget(maxUnavailable=1), _budget("all", selector={}, maxUnavailable=1), web()
    )
    assert [(one.object, one.message) for one in found] == [
        (
            "PodDisruptionBudget/shop/all",
            (
                "Deployment/shop/web has two budgets, this one and PodDisruptionBudget/shop/web, and then no pod of it "
                "can be evicted"
            ),
        ),
        (
            "PodDisruptionBudget/shop/web",
            (
                "Deployment/shop/web has two budgets, this one and PodDisruptionBudget/shop/all, and then no pod of it "
                "can be evicted"
            ),
        ),
    ]


def test_an_empty_selector_selects_nothing_in_the_first_api_version() -> None:
    assert findings("disruption-budget", _budget(version="policy/v1beta1", selector={}, maxUnavailable=0), web()) == []


def test_a_budget_over_pods_on_nodes_is_not_judged() -> None:
    assert findings("disruption-budget", _budget(maxUnavailable=0), web(), data_plane=DataPlane.NODES) == []


def test_a_budget_over_pods_that_may_be_on_nodes_is_undetermined() -> None:
    unsure = put(web(), "spec.template.metadata.annotations", {"eks.amazonaws.com/compute-type": UNKNOWN})
    (found,) = findings("disruption-budget", _budget(maxUnavailable=0), unsure)
    assert found.level.value == "undetermined"
    assert found.message == (
        "maxUnavailable is 0, so no pod may ever go; whether the budget's pods are on Fargate is not known before "
        "deployment"
    )
