"""Which objects of an input stand."""

from __future__ import annotations

from typing import Any

from eks_fargate.fargate.input_objects import Located, as_written, standing


def located(kind: str, name: str, line: int, owner: str = "", **more: Any) -> Located:
    """An object of group apps at a line of a.yaml. owner: `Kind/name` of the controller that made it."""
    metadata: dict[str, Any] = {"name": name}
    if owner:
        owner_kind, owner_name = owner.split("/")
        metadata["ownerReferences"] = [
            {"apiVersion": "apps/v1", "kind": owner_kind, "name": owner_name, "controller": True}
        ]
    return Located({"apiVersion": "apps/v1", "kind": kind, "metadata": metadata, **more}, "a.yaml", line)


def test_of_objects_of_one_name_the_last_counts() -> None:
    first, other, last = (
        located("Deployment", "web", 1),
        located("Deployment", "api", 5),
        located("Deployment", "web", 9),
    )
    kept, notes = standing([first, other, last], "default")
    assert kept == [other, last]
    assert notes == ["Deployment web stands at a.yaml:1 and again at a.yaml:9: the last counts, as with kubectl apply"]


def test_a_namespace_or_a_group_makes_another_object() -> None:
    web = located("Deployment", "web", 1)
    metadata = {"name": "web", "namespace": "shop"}
    elsewhere = Located({**web.manifest, "metadata": metadata}, "a.yaml", 2)
    other_group = Located({**web.manifest, "apiVersion": "example.com/v1"}, "a.yaml", 3)
    assert standing([web, elsewhere, other_group], "default") == ([web, elsewhere, other_group], [])
    assert standing([web, elsewhere], "shop")[0] == [elsewhere]


def test_objects_without_a_name_are_all_kept() -> None:
    unnamed = [Located({"apiVersion": "v1", "kind": "Pod", "metadata": {"generateName": "job-"}}, "a", 1) for _ in "ab"]
    assert standing(unnamed, "default") == (unnamed, [])


def test_what_a_controller_in_the_input_makes_counts_with_it() -> None:
    web = located("Deployment", "web", 1)
    made = [located("ReplicaSet", f"web-{i}", i, "Deployment/web") for i in (2, 3)]
    pod = located("Pod", "web-2-x", 4, "ReplicaSet/web-2")
    alone = located("Pod", "db-0", 5, "StatefulSet/db")
    kept, notes = standing([web, *made, pod, alone], "default")
    assert kept == [web, alone]
    assert notes == [
        "left out: 1 Pod that a controller in the input makes",
        "left out: 2 ReplicaSets that a controller in the input makes",
    ]


def test_the_node_of_a_running_pod_is_not_the_authors() -> None:
    running = located("Pod", "a", 1, spec={"nodeName": "ip-10-0-0-1", "containers": []}, status={"phase": "Running"})
    assert as_written(running.manifest)["spec"] == {"containers": []}
    written = located("Pod", "a", 1, spec={"nodeName": "ip-10-0-0-1"})
    assert as_written(written.manifest) is written.manifest
