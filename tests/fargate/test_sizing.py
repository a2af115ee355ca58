"""Sizes: every documented example, both sides of every step of the table, and a slow definition by fractions."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eks_fargate.fargate.facts import Facts
from eks_fargate.fargate.requested import Requested
from eks_fargate.fargate.sizing import (
    OverLimit,
    Size,
    TooLarge,
    Waste,
    fit,
    limits_above,
    waste,
)
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.pod_manifests import GIB, MIB, VCPU, asking, container, pod, requested, sidecar, size

RESERVED = 256 * MIB

# Written out a second time, in AWS's words: vCPU -> GB, in steps.
TIERS: dict[Fraction, list[Fraction]] = {
    Fraction(1, 4): [Fraction(1, 2), Fraction(1), Fraction(2)],
    Fraction(1, 2): [Fraction(step) for step in range(1, 5)],
    Fraction(1): [Fraction(step) for step in range(2, 9)],
    Fraction(2): [Fraction(step) for step in range(4, 17)],
    Fraction(4): [Fraction(step) for step in range(8, 31)],
    Fraction(8): [Fraction(step) for step in range(16, 61, 4)],
    Fraction(16): [Fraction(step) for step in range(32, 121, 8)],
}


def test_a_pod_that_asks_for_nothing_gets_the_smallest_size() -> None:
    assert size(pod()) == Size(250, 512, 20)


def test_a_pod_that_asks_for_1_vcpu_and_8_gb_gets_2_vcpu_and_9_gb() -> None:
    assert size(pod(asking(cpu=1, memory="8Gi"))) == Size(2000, 9216, 20)


def test_core_dns_at_256m_fits_the_smallest_size() -> None:
    assert size(pod(asking(cpu="0.25", memory="256M"))) == Size(250, 512, 20)


def test_the_largest_request_fills_the_largest_size() -> None:
    assert size(pod(asking(cpu=16, memory=120 * GIB - RESERVED))) == Size(16000, 122880, 20)


@pytest.mark.parametrize(
    ("vcpu", "gibibytes", "next_step"),
    [
        (vcpu, gibibytes, following)
        for vcpu, steps in TIERS.items()
        for gibibytes, following in zip(steps, [*steps[1:], None], strict=True)
    ],
)
def test_every_step_of_the_table_holds_its_memory_less_256_mib(
    vcpu: Fraction, gibibytes: Fraction, next_step: Fraction | None
) -> None:
    nanocores, room = int(vcpu * VCPU), int(gibibytes * GIB) - RESERVED
    assert fit(Requested(nanocores, room, 0)) == Size(int(vcpu * 1000), int(gibibytes * 1024), 20)
    above = fit(Requested(nanocores, room + 1, 0))
    if next_step is not None:
        assert above == Size(int(vcpu * 1000), int(next_step * 1024), 20)
    elif vcpu < 16:
        assert isinstance(above, Size)
        assert above.vcpu_milli == int(vcpu * 2000)
    else:
        assert above == TooLarge(0, 1, 0, Size(16000, 122880, 175))


@pytest.mark.parametrize("vcpu", list(TIERS))
def test_a_nanocore_more_takes_the_next_tier(vcpu: Fraction) -> None:
    above = fit(Requested(int(vcpu * VCPU) + 1, 0, 0))
    if vcpu < 16:
        assert above == Size(int(vcpu * 2000), int(TIERS[vcpu * 2][0] * 1024), 20)
    else:
        assert above == TooLarge(1, 0, 0, Size(16000, 122880, 175))


def test_what_is_too_large_says_by_how_much_and_of_what() -> None:
    too_large = size(pod(asking(cpu="18500m", memory="121Gi", ephemeral_storage="176Gi")))
    assert too_large == TooLarge(2_500_000_000, GIB + RESERVED, GIB, Size(16000, 122880, 175))
    assert str(too_large) == (
        "2.5 vCPU more than the largest size has (16 vCPU) and 1.25 GiB of memory more than the largest size has "
        "(120 GiB) and 1 GiB of ephemeral storage more than may be asked for (175 GiB)"
    )


def test_a_pod_can_be_too_large_by_its_storage_alone() -> None:
    assert size(pod(asking(ephemeral_storage=175 * GIB + 1))) == TooLarge(0, 0, 1, Size(16000, 122880, 175))


@pytest.mark.parametrize(
    ("asked", "provisioned_gib"),
    [
        ("0", 20),
        ("10Gi", 20),
        (15 * GIB * 10 // 11, 20),
        (15 * GIB * 10 // 11 + 1, 21),
        ("20Gi", 27),
        ("100Gi", 115),
        ("175Gi", 198),
    ],
)
def test_ephemeral_storage_is_provisioned_with_a_tenth_and_5_gib_more(asked: Any, provisioned_gib: int) -> None:
    assert size(pod(asking(ephemeral_storage=asked))) == Size(250, 512, provisioned_gib)


def test_two_containers_of_50_gib_get_115() -> None:
    assert size(pod(asking("a", ephemeral_storage="50Gi"), asking("b", ephemeral_storage="50Gi"))) == Size(
        250, 512, 115
    )


def test_it_is_said_where_aws_does_not_document_the_limit_of_storage() -> None:
    most = size(pod(asking(ephemeral_storage="175Gi")))
    assert isinstance(most, Size)
    (note,) = most.notes
    assert note == (
        "AWS does not say whether its limit of 175 GiB is on the ephemeral storage asked for, as this counts, or on "
        "that provisioned (198 GiB)"
    )
    documented = size(pod(asking(ephemeral_storage="100Gi")))
    assert isinstance(documented, Size)
    assert documented.notes == ()


def test_overhead_is_added() -> None:
    made = pod(asking(cpu="250m", memory="256Mi"), overhead={"cpu": "10m", "memory": "1"})
    assert requested(made) == Requested(260_000_000, 256 * MIB + 1, 0)
    assert size(made) == Size(500, 1024, 20)


def test_it_is_said_what_aws_does_not_document() -> None:
    made = pod(initContainers=[sidecar()], overhead={"cpu": "1m"}, resources={"requests": {"cpu": "1m"}})
    counted = size(made)
    assert isinstance(counted, Size)
    assert counted.notes == tuple(
        f"AWS does not document how Fargate counts {what}; this counts as Kubernetes does"
        for what in (
            "sidecars (init containers with restartPolicy Always)",
            "the pod's own requests (spec.resources)",
            "spec.overhead",
        )
    )


def test_waste_is_what_is_neither_asked_for_nor_reserved() -> None:
    asked = Requested(VCPU, 8 * GIB, 0)
    assert waste(asked, Size(2000, 9216, 20)) == Waste(VCPU, GIB - RESERVED)
    assert waste(Requested(250_000_000, 256 * MIB, 0), Size(250, 512, 20)) == Waste(0, 0)


def test_limits_above_the_size_are_told_with_those_not_known() -> None:
    made = pod(
        asking("over", cpu="250m", memory="100Mi", limits={"cpu": "250.0001m", "memory": "512Mi"}),
        asking("within", limits={"memory": 512 * MIB + 1}, memory="1Mi"),
        asking("unknown", cpu=0, limits={"cpu": UNKNOWN}),
        container("bad", resources={"limits": {"cpu": "many"}}),
        initContainers=[asking(cpu=0, limits={"cpu": 1})],
    )
    found = [(over.container.name, over.resource, over.limit) for over in limits_above(made, Size(250, 512, 20))]
    assert found == [
        ("over", "cpu", 251_000_000),
        ("within", "memory", 512 * MIB + 1),
        ("unknown", "cpu", UNKNOWN),
        ("a", "cpu", VCPU),
    ]
    first = next(limits_above(made, Size(250, 512, 20)))
    assert first == OverLimit(next(made.containers()), "cpu", 251_000_000, 250_000_000)


def test_the_table_can_be_overridden() -> None:
    facts = Facts({"sizes": {"reservedMib": 512, "sizes": [{"vcpuMilli": 32000, "memoryMib": [2048, 1024]}]}})
    assert size(pod(asking(memory="512Mi")), facts) == Size(32000, 1024, 20)
    assert size(pod(asking(memory="513Mi")), facts) == Size(32000, 2048, 20)
    assert waste(Requested(0, 0, 0), Size(32000, 1024, 20), facts) == Waste(32 * VCPU, 512 * MIB)


def test_the_table_has_the_74_combinations_that_aws_documents() -> None:
    shipped = {
        (Fraction(tier["vcpuMilli"], 1000), Fraction(mebibytes, 1024))
        for tier in Facts().table("sizes")["sizes"]
        for mebibytes in tier["memoryMib"]
    }
    assert shipped == {(vcpu, step) for vcpu, steps in TIERS.items() for step in steps}
    assert len(shipped) == 74


milli_cpus = st.integers(0, 9000)
mebibytes = st.integers(0, 70_000)


@given(
    st.lists(st.tuples(milli_cpus, mebibytes), min_size=1, max_size=3),
    st.lists(st.tuples(milli_cpus, mebibytes, st.booleans()), max_size=3),
)
def test_sizing_agrees_with_its_definition(
    containers: list[tuple[int, int]],
    init_containers: list[tuple[int, int, bool]],
) -> None:
    made = pod(
        *(asking(cpu=f"{cpu}m", memory=f"{memory}Mi") for cpu, memory in containers),
        initContainers=[
            (sidecar if keeps_running else asking)(cpu=f"{cpu}m", memory=f"{memory}Mi")
            for cpu, memory, keeps_running in init_containers
        ],
    )
    cpu, memory = (needed_by_definition(containers, init_containers, resource) for resource in (0, 1))
    assert requested(made) == Requested(cpu * 10**6, memory * MIB, 0)
    fitting = [
        (vcpu, gibibytes)
        for vcpu, steps in TIERS.items()
        for gibibytes in steps
        if vcpu * 1000 >= cpu and gibibytes * 1024 >= memory + 256
    ]
    given_size = size(made)
    if fitting:
        vcpu, gibibytes = min(fitting)
        assert given_size == Size(int(vcpu * 1000), int(gibibytes * 1024), 20)
    else:
        assert isinstance(given_size, TooLarge)
        assert given_size.over_cpu_nanocores == max(0, cpu - 16000) * 10**6
        assert given_size.over_memory_bytes == max(0, memory + 256 - 120 * 1024) * MIB


def needed_by_definition(
    containers: list[tuple[int, int]], init_containers: list[tuple[int, int, bool]], resource: int
) -> int:
    """The most that runs at once: each init container with the sidecars before it, then all that goes on."""
    moments = []
    for index, init_container in enumerate(init_containers):
        before = [other[resource] for other in init_containers[:index] if other[2]]
        moments.append(sum(before) + init_container[resource])
    running = [made[resource] for made in containers] + [made[resource] for made in init_containers if made[2]]
    return max(*moments, sum(running)) if moments else sum(running)


@given(st.integers(0, 200 * GIB))
def test_ephemeral_storage_agrees_with_its_definition(asked: int) -> None:
    given_size = fit(Requested(0, 0, asked))
    if asked > 175 * GIB:
        assert given_size == TooLarge(0, 0, asked - 175 * GIB, Size(16000, 122880, 175))
    else:
        expected = max(20, ceil(Fraction(asked, GIB) * Fraction(11, 10) + 5)) if asked else 20
        assert given_size == Size(250, 512, expected)
