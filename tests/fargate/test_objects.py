"""Objects: what lists hold, and what in them is no object."""

from __future__ import annotations

from typing import Any

import pytest

from eks_fargate.fargate.objects import objects_of
from eks_fargate.fargate.pods import Problem
from eks_fargate.fargate.unknown import UNKNOWN


def named(name: str) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}}


def listing(*items: Any) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "List", "items": list(items)}


def test_an_object_is_itself() -> None:
    one = named("a")
    assert objects_of(one) == ([one], [])


def test_lists_are_taken_apart_in_order_however_they_nest() -> None:
    found = objects_of(listing(named("a"), listing(named("b"), listing(), named("c")), named("d")))
    assert found == ([named("a"), named("b"), named("c"), named("d")], [])


def test_lists_within_lists_are_read_however_deep() -> None:
    nested = named("a")
    for _ in range(5000):
        nested = listing(nested)
    assert objects_of(nested) == ([named("a")], [])


def test_items_of_a_list_of_one_kind_need_not_repeat_it() -> None:
    whole = {"apiVersion": "apps/v1", "kind": "DeploymentList", "items": [{"metadata": {"name": "web"}}, named("a")]}
    deployment = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"}}
    assert objects_of(whole) == ([deployment, named("a")], [])


def test_a_kind_that_only_ends_in_list_is_an_object() -> None:
    allow_list = {"apiVersion": "example.com/v1", "kind": "AllowList", "spec": {}}
    assert objects_of(allow_list) == ([allow_list], [])


def test_a_list_that_holds_itself_is_read_once() -> None:
    whole = listing(named("a"))
    whole["items"].append(whole)
    assert objects_of(whole) == (
        [named("a")],
        [Problem("List", "items[1]", "is a list that stands here again; it is read once")],
    )


def test_lists_that_double_at_every_level_are_read_once_each() -> None:
    nested = listing(named("a"))
    for _ in range(60):
        nested = listing(nested, nested)
    objects, problems = objects_of(nested)
    assert objects == [named("a")]
    assert len(problems) == 60


@pytest.mark.parametrize(
    ("manifest", "problem"),
    [
        (None, Problem("", "", "is null, not a Kubernetes object")),
        ([], Problem("", "", "is a list, not a Kubernetes object")),
        (UNKNOWN, Problem("", "", "is not known before deployment, not a Kubernetes object")),
        ({**named("a"), "apiVersion": 1}, Problem("Pod", "apiVersion", "is a number, where a string belongs")),
        ({"apiVersion": "v1"}, Problem("", "kind", "is missing")),
        (
            {"apiVersion": "v1", "kind": UNKNOWN},
            Problem("", "kind", "is not known before deployment, where a string belongs"),
        ),
        ({"apiVersion": "v1", "kind": "List"}, Problem("List", "items", "is null, where a list belongs")),
        (
            {**listing(), "items": UNKNOWN},
            Problem("List", "items", "is not known before deployment, where a list belongs"),
        ),
        (listing(None), Problem("List", "items[0]", "is null, not a Kubernetes object")),
        (listing(listing("x")), Problem("List", "items[0].items[0]", "is a string, not a Kubernetes object")),
        (listing({"apiVersion": "v1"}), Problem("", "items[0].kind", "is missing")),
    ],
)
def test_what_is_no_object_is_reported(manifest: Any, problem: Problem) -> None:
    assert objects_of(manifest) == ([], [problem])
