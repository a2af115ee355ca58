from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.rules.base import Fail, Levels, Verdict
from eks_fargate.fargate.rules.run import judge_all, suppression_notes
from eks_fargate.fargate.rules.subjects import PodRule, PodSubject
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.scenes import (
    CONTAINER,
    SHOP,
    WEB_ONLY,
    findings,
    findings_in,
    ingress,
    put,
    service,
    web,
    world,
)

_PRIVILEGED = put(web(), f"{CONTAINER}.securityContext.privileged", value=True)
_NO_TAG = put(web(), f"{CONTAINER}.image", "web")


def test_a_compliant_whole_has_no_finding() -> None:
    whole = world(web(), service(), ingress({"alb.ingress.kubernetes.io/target-type": "ip"}), pod_security="restricted")
    assert judge_all(whole) == []


def test_a_pod_on_nodes_is_asked_nothing_of_fargate() -> None:
    bad = put(put(_PRIVILEGED, f"{CONTAINER}.image", "web"), f"{CONTAINER}.resources", {})
    found = judge_all(world(bad, data_plane=DataPlane.NODES, profiles=()))
    assert [one.rule for one in found] == ["images-are-pinned"]


def test_a_pod_whose_placement_is_unknown_fails_only_if_it_lands_on_fargate() -> None:
    unsure = put(_PRIVILEGED, "spec.template.metadata.labels.app", UNKNOWN)
    (found,) = findings("no-privileged", unsure, data_plane=DataPlane.MIXED, profiles=(WEB_ONLY,))
    assert (found.level, found.would_be) == (Level.UNDETERMINED, Level.ERROR)
    assert found.message == (
        "container web sets privileged to true, which Fargate refuses; whether the pod lands on Fargate is not known "
        "before deployment"
    )


def test_a_pending_pod_is_asked_all_that_fargate_asks() -> None:
    (found,) = findings(
        "no-privileged", put(_PRIVILEGED, "spec.template.metadata.labels.app", "api"), profiles=(WEB_ONLY,)
    )
    assert found.level is Level.ERROR


@pytest.mark.parametrize("path", ["metadata.annotations", "spec.template.metadata.annotations"])
def test_an_annotation_of_the_object_or_its_template_lets_it_off(path: str) -> None:
    made = put(_NO_TAG, path, {"eks-fargate/allow": "size-is-used, images-are-pinned"})
    (found,) = findings("images-are-pinned", made)
    assert found.suppressed
    assert found.level is Level.WARNING


def test_an_annotation_lets_an_object_off_too() -> None:
    made = put(service(type="NodePort"), "metadata.annotations", {"eks-fargate/allow": "no-node-port"})
    assert [one.suppressed for one in findings("no-node-port", made, web())] == [True]


def test_no_annotation_lets_off_what_fargate_refuses() -> None:
    made = put(_PRIVILEGED, "metadata.annotations", {"eks-fargate/allow": "no-privileged"})
    assert [one.suppressed for one in findings("no-privileged", made)] == [False]
    assert suppression_notes(world(made)) == [
        "Deployment/shop/web: annotation eks-fargate/allow cannot let off no-privileged: AWS refuses it all the same"
    ]


def test_an_annotation_that_names_no_rule_is_noted_once() -> None:
    made = put(web(), "metadata.annotations", {"eks-fargate/allow": "images-are-pined,no-node-port"})
    assert suppression_notes(world(made)) == [
        "Deployment/shop/web: annotation eks-fargate/allow names 'images-are-pined', which is no rule"
    ]


def test_an_unknown_annotation_lets_nothing_off() -> None:
    made = put(_NO_TAG, "metadata.annotations", {"eks-fargate/allow": UNKNOWN})
    assert [one.suppressed for one in findings("images-are-pinned", made)] == [False]


def test_a_level_that_the_user_set_is_in_force() -> None:
    raised = findings_in("images-are-pinned", world(_NO_TAG), {"images-are-pinned": Level.ERROR})
    assert [one.level for one in raised] == [Level.ERROR]
    assert findings_in("images-are-pinned", world(_NO_TAG), {"images-are-pinned": None}) == []


def _breaks(subject: PodSubject) -> Iterator[Verdict]:
    yield Fail("spec", "found before", "fix")
    raise KeyError(subject.pod.spec["containers"][0]["image"])


def test_a_rule_that_breaks_says_so_without_a_value_and_stops_no_other() -> None:
    broken = PodRule("is-broken", "E", Level.WARNING, "It breaks.", "https://example.com", _breaks)
    other = PodRule("is-whole", "E", Level.WARNING, "It holds.", "https://example.com", lambda _: [])
    found = judge_all(world(web()), Levels({}), [broken, other])
    assert [(one.level, one.message) for one in found] == [
        (Level.ERROR, "internal error in rule is-broken: KeyError"),
        (Level.WARNING, "found before"),
    ]


def test_findings_do_not_hang_on_the_order_of_the_input() -> None:
    objects: list[Any] = [_PRIVILEGED, put(_NO_TAG, "metadata.name", "api"), service(type="NodePort")]
    first = judge_all(world(*objects, profiles=(SHOP,)))
    assert first == judge_all(world(*reversed(objects), profiles=(SHOP,)))
    assert {one.rule for one in first} >= {"no-privileged", "images-are-pinned", "no-node-port"}
