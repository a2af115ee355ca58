from __future__ import annotations

from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.scenes import CONTAINER, POD_SPEC, case, findings, put, web

_REQUESTS = f"{CONTAINER}.resources.requests"
_LIMITS = f"{CONTAINER}.resources.limits"
_STORAGE = f"{_REQUESTS}.ephemeral-storage"


def _asks(cpu: str, memory: str) -> dict[str, object]:
    return put(web(), f"{CONTAINER}.resources", {"requests": {"cpu": cpu, "memory": memory}})


CASES = {
    "fits-largest-size": case(
        [_asks("16", "122624Mi")],
        [_asks("17", "1Gi")],
        f"{_REQUESTS}.cpu",
        _REQUESTS,
        f"{CONTAINER}.resources",
        CONTAINER,
        f"{POD_SPEC}.containers",
    ),
    "ephemeral-storage-fits": case(
        [put(web(), _STORAGE, "175Gi")],
        [put(web(), _STORAGE, "176Gi")],
        _STORAGE,
        _REQUESTS,
        CONTAINER,
    ),
}


def test_a_pod_larger_than_the_largest_size_is_an_error() -> None:
    (found,) = findings("fits-largest-size", _asks("17", "1Gi"))
    assert found.path == f"{POD_SPEC}.containers"
    assert found.message == (
        "the pod asks for 17 vCPU and 1 GiB, to which Fargate adds 256 MiB; the largest size has 16 vCPU, 120 GiB"
    )
    assert found.fix == "Ask for at most 16 vCPU and 119.75 GiB in all, or run the pod on nodes."


def test_what_fargate_adds_counts() -> None:
    assert len(findings("fits-largest-size", _asks("16", "122625Mi"))) == 1


def test_an_unknown_container_does_not_hide_another_that_is_too_large() -> None:
    made = _asks("17", "1Gi")
    made["spec"]["template"]["spec"]["containers"].append({"name": "second", "resources": UNKNOWN})  # type: ignore[index]
    (found,) = findings("fits-largest-size", made)
    assert found.level.value == "error"


def test_too_much_ephemeral_storage_is_an_error() -> None:
    (found,) = findings("ephemeral-storage-fits", put(web(), _STORAGE, "200Gi"))
    assert found.message == "the pod asks for 200 GiB of ephemeral storage, and may for 175 GiB"
    assert found.fix == "Ask for at most 175Gi of ephemeral-storage in all, or keep the data on Amazon EFS."
