"""What pods ask for: every rule by which Kubernetes counts, and what is unknown or no quantity."""

from __future__ import annotations

from typing import Any

import pytest

from eks_fargate.fargate.pods import Problem
from eks_fargate.fargate.requested import Requested, read_requests
from eks_fargate.fargate.sizing import Size
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.pod_manifests import GIB, MIB, VCPU, asking, container, pod, requested, sidecar, size


def test_containers_add_up_and_init_containers_do_not() -> None:
    made = pod(
        asking("a", cpu="300m", memory="1Gi"),
        asking("b", cpu="300m", memory="1Gi"),
        initContainers=[asking(cpu="500m", memory="3Gi"), asking(cpu="400m", memory="1Gi")],
    )
    assert requested(made) == Requested(600_000_000, 3 * GIB, 0)


@pytest.mark.parametrize(
    ("init_containers", "cpu_milli"),
    [
        ([sidecar(cpu="100m")], 300),
        ([sidecar(cpu="100m"), asking(cpu="350m")], 450),
        ([asking(cpu="350m"), sidecar(cpu="100m")], 350),
        ([asking(cpu="250m"), sidecar(cpu="100m")], 300),
        ([sidecar(cpu="100m"), sidecar(cpu="150m"), asking(cpu="300m")], 550),
        ([sidecar(cpu="100m"), asking(cpu="300m"), sidecar(cpu="150m")], 450),
    ],
)
def test_an_init_container_counts_beside_the_sidecars_started_before_it(
    init_containers: list[Any], cpu_milli: int
) -> None:
    made = pod(asking(cpu="200m"), initContainers=init_containers)
    assert requested(made) == Requested(cpu_milli * 10**6, 0, 0)


def test_a_limit_stands_in_for_a_missing_request() -> None:
    made = pod(asking(cpu="100m", limits={"cpu": 2, "memory": "4Gi", "ephemeral-storage": "30Gi"}))
    assert requested(made) == Requested(100_000_000, 4 * GIB, 30 * GIB)
    assert size(pod(container(resources={"limits": {"memory": "2Gi", "cpu": "2000m"}}))) == Size(2000, 4096, 20)


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        ({"requests": {"cpu": 2}}, Requested(2 * VCPU, GIB, 0)),
        ({"requests": {"cpu": "50m", "memory": "64Mi"}}, Requested(50_000_000, 64 * MIB, 0)),
        ({"limits": {"cpu": 2, "memory": "4Gi"}}, Requested(2 * VCPU, GIB, 0)),
        ({"requests": {"cpu": 1}, "limits": {"cpu": 2}}, Requested(VCPU, GIB, 0)),
        ({"requests": {"ephemeral-storage": "30Gi"}}, Requested(0, GIB, 0)),
        ({}, Requested(0, GIB, 0)),
    ],
)
def test_requests_of_the_pod_win_over_those_of_its_containers(resources: Any, expected: Requested) -> None:
    assert requested(pod(asking(memory="1Gi"), resources=resources)) == expected


def test_amounts_round_up_to_a_thousandth_for_each_container_as_kubernetes_does() -> None:
    made = pod(*(asking(name, cpu="83.4m", memory="0.0001") for name in "abc"))
    assert requested(made) == Requested(252_000_000, 1, 0)
    assert size(made) == Size(500, 1024, 20)


@pytest.mark.parametrize(
    ("containers", "spec", "paths"),
    [
        ([asking(cpu=UNKNOWN)], {}, ("spec.containers[0].resources.requests.cpu",)),
        ([asking(limits={"memory": UNKNOWN})], {}, ("spec.containers[0].resources.limits.memory",)),
        ([container(resources=UNKNOWN)], {}, ("spec.containers[0].resources",)),
        ([container(resources={"requests": UNKNOWN})], {}, ("spec.containers[0].resources.requests",)),
        ([container(), UNKNOWN], {}, ("spec.containers[1]",)),
        ([container()], {"initContainers": UNKNOWN}, ("spec.initContainers",)),
        ([asking(cpu=1, memory=1)], {"resources": UNKNOWN}, ("spec.resources",)),
        ([asking(cpu=1, memory=1)], {"resources": {"requests": UNKNOWN}}, ("spec.resources.requests",)),
        ([container()], {"resources": {"limits": {"cpu": UNKNOWN}}}, ("spec.resources.limits.cpu",)),
        ([container()], {"overhead": {"cpu": UNKNOWN}}, ("spec.overhead.cpu",)),
        (
            [container()],
            {"initContainers": [asking(cpu=1) | {"restartPolicy": UNKNOWN}]},
            ("spec.initContainers[0].restartPolicy",),
        ),
    ],
)
def test_an_unknown_quantity_makes_the_size_unknown(containers: list[Any], spec: Any, paths: tuple[str, ...]) -> None:
    made = pod(*containers, **spec)
    assert requested(made) is UNKNOWN
    assert size(made) is UNKNOWN
    assert read_requests(made).unknown_paths == paths


@pytest.mark.parametrize(
    ("containers", "spec", "expected"),
    [
        ([asking(cpu=1, limits={"cpu": UNKNOWN})], {}, Requested(VCPU, 0, 0)),
        ([asking(cpu=UNKNOWN)], {"resources": {"requests": {"cpu": 1}}}, Requested(VCPU, 0, 0)),
        ([asking(cpu=1)], {"resources": {"limits": {"cpu": UNKNOWN}}}, Requested(VCPU, 0, 0)),
        ([container()], {"initContainers": [container(restartPolicy=UNKNOWN)]}, Requested(0, 0, 0)),
        ([asking(pods=UNKNOWN)], {}, Requested(0, 0, 0)),
    ],
)
def test_an_unknown_value_that_decides_nothing_leaves_the_size_known(
    containers: list[Any], spec: Any, expected: Requested
) -> None:
    assert requested(pod(*containers, **spec)) == expected


def test_what_is_no_quantity_is_reported_and_counts_as_not_given() -> None:
    made = pod(
        asking(cpu="1 core", memory="-1Gi", limits={"memory": "1Gi", "nvidia.com/gpu": []}),
        overhead={"cpu": True},
    )
    reading = read_requests(made)
    assert reading.requested == Requested(0, GIB, 0)
    advice = "write a number such as 0.25, or text such as 250m or 512Mi"
    assert reading.problems == (
        Problem(
            "Pod/shop/web", "spec.containers[0].resources.limits.nvidia.com/gpu", f"a list is no quantity: {advice}"
        ),
        Problem("Pod/shop/web", "spec.containers[0].resources.requests.cpu", f"'1 core' is no quantity: {advice}"),
        Problem(
            "Pod/shop/web",
            "spec.containers[0].resources.requests.memory",
            "'-1Gi' is negative; no resource can be",
        ),
        Problem("Pod/shop/web", "spec.overhead.cpu", f"a boolean is no quantity: {advice}"),
    )
