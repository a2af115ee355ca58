from __future__ import annotations

from typing import Any

from tests.fargate.rules.scenes import CONTAINER, POD_SPEC, case, findings, put, said, web

_RESOURCES = f"{CONTAINER}.resources"


def _with(requests: dict[str, Any], limits: dict[str, Any]) -> dict[str, Any]:
    return put(web(), _RESOURCES, {"requests": requests, "limits": limits})


_UNEQUAL = _with({"cpu": "250m", "memory": "256Mi"}, {"cpu": "250m", "memory": "300Mi"})
_ABOVE = _with({"cpu": "250m", "memory": "256Mi"}, {"cpu": "250m", "memory": "1Gi"})

CASES = {
    "requests-are-set": case(
        [_with({}, {"cpu": "250m", "memory": "256Mi"})],
        [put(web(), _RESOURCES, {})],
        _RESOURCES,
        CONTAINER,
        f"{POD_SPEC}.containers",
    ),
    "requests-equal-limits": case(
        [_with({"cpu": 0.25, "memory": "256Mi"}, {"cpu": "250m", "memory": 268435456})],
        [_UNEQUAL],
        f"{_RESOURCES}.limits.memory",
        f"{_RESOURCES}.limits",
        _RESOURCES,
        CONTAINER,
    ),
    "limits-fit-the-size": case(
        [_UNEQUAL],
        [_ABOVE],
        f"{_RESOURCES}.limits.memory",
        f"{_RESOURCES}.requests.memory",
        f"{_RESOURCES}.requests",
        _RESOURCES,
    ),
}


def test_a_container_without_requests_is_told_what_the_pod_gets() -> None:
    assert said(findings("requests-are-set", put(web(), _RESOURCES, {"requests": {"cpu": "1"}}))) == [
        (
            "warning",
            f"{_RESOURCES}.requests.memory",
            "container web has no memory request, so Fargate does not count it; the pod gets 1 vCPU, 2 GiB",
        )
    ]


def test_an_init_container_has_requests_too() -> None:
    found = findings("requests-are-set", web(initContainers=[{"name": "setup"}]))
    assert [one.path for one in found] == [
        f"{POD_SPEC}.initContainers[0].resources.requests.cpu",
        f"{POD_SPEC}.initContainers[0].resources.requests.memory",
    ]


def test_a_limit_that_differs_from_its_request_is_a_warning() -> None:
    (found,) = findings("requests-equal-limits", _UNEQUAL)
    assert found.path == f"{_RESOURCES}.limits.memory"
    assert found.message == (
        "container web has the memory request 256Mi and the memory limit 300Mi; they have to be equal"
    )
    assert found.fix == "Set resources.limits.memory to 256Mi."


def test_a_request_without_a_limit_is_a_warning() -> None:
    found = findings("requests-equal-limits", _with({"cpu": "250m"}, {}))
    assert [one.message for one in found] == [
        "container web has the cpu request 250m and no cpu limit; they have to be equal"
    ]


def test_a_request_of_nothing_is_told_to_grow_rather_than_the_limit_to_shrink() -> None:
    (found,) = findings("requests-equal-limits", _with({"cpu": "0"}, {"cpu": "1"}))
    assert found.fix == "Set resources.requests.cpu and resources.limits.cpu to the same, above 0."


def test_a_request_below_zero_is_no_amount_to_set_a_limit_to() -> None:
    assert findings("requests-equal-limits", _with({"cpu": -1}, {})) == []


def test_a_limit_above_the_size_is_an_error() -> None:
    (found,) = findings("limits-fit-the-size", _ABOVE)
    assert found.message == (
        "container web has the memory limit 1Gi, more than the 0.25 vCPU, 512 MiB that Fargate provisions, and may not "
        "start"
    )
    assert found.fix == "Raise the memory request to the limit, or lower the limit to the request."


def test_a_limit_above_the_largest_size_is_an_error_whatever_is_asked() -> None:
    unknown = CASES["limits-fit-the-size"].with_unknown(f"{_RESOURCES}.requests.memory")[0]
    assert isinstance(unknown, dict)
    found = findings("limits-fit-the-size", put(unknown, f"{_RESOURCES}.limits.memory", "121Gi"))
    assert [(one.level.value, one.path) for one in found] == [
        ("error", f"{_RESOURCES}.limits.memory"),
        ("undetermined", f"{_RESOURCES}.requests.memory"),
    ]
