from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.fargate.rules.scenes import CONTAINER, POD_SPEC, case, findings, put, web


def _with_setup(cpu: str, memory: str, **fields: Any) -> dict[str, Any]:
    """The Deployment with an init container that asks for so much."""
    return web(initContainers=[{"name": "setup", "resources": {"requests": {"cpu": cpu, "memory": memory}}, **fields}])


CASES = {
    "size-is-used": case(
        [_with_setup("500m", "1Gi")],
        [_with_setup("2", "4Gi")],
        f"{CONTAINER}.resources.requests.cpu",
        f"{CONTAINER}.resources",
        f"{POD_SPEC}.initContainers",
    ),
}


def test_a_large_init_container_makes_the_whole_pod_large() -> None:
    (found,) = findings("size-is-used", _with_setup("2", "4Gi"))
    assert found.path == f"{POD_SPEC}.containers"
    assert found.message == (
        "while it runs the pod asks for 0.25 vCPU and 512 MiB, Fargate's own memory included, and pays for "
        "2 vCPU, 5 GiB"
    )


def test_a_sidecar_runs_with_the_pod() -> None:
    assert findings("size-is-used", _with_setup("2", "4Gi", restartPolicy="Always")) == []


def test_memory_that_is_used_excuses_vcpu_that_is_not() -> None:
    made = put(_with_setup("2", "4Gi"), f"{CONTAINER}.resources.requests.memory", "3Gi")
    assert findings("size-is-used", made) == []


@given(milli_cpu=st.integers(1, 16000), mebibytes=st.integers(1, 122624))
def test_without_init_containers_every_size_is_used(milli_cpu: int, mebibytes: int) -> None:
    asked = {"requests": {"cpu": f"{milli_cpu}m", "memory": f"{mebibytes}Mi"}}
    assert findings("size-is-used", put(web(), f"{CONTAINER}.resources", asked)) == []
