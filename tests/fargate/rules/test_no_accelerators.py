from __future__ import annotations

import pytest

from tests.fargate.rules.scenes import CONTAINER, case, findings, put, said, web

_LIMITS = f"{CONTAINER}.resources.limits"
_GPU = f'{_LIMITS}."nvidia.com/gpu"'

CASES = {
    "no-accelerators": case(
        [put(web(), _GPU, 0)],
        [put(web(), _GPU, 1)],
        _GPU,
        _LIMITS,
        f"{CONTAINER}.resources",
        CONTAINER,
    ),
}


@pytest.mark.parametrize("resource", ["nvidia.com/gpu", "aws.amazon.com/neuron", "example.com/dongle"])
def test_an_extended_resource_has_no_node(resource: str) -> None:
    assert said(findings("no-accelerators", put(web(), f'{_LIMITS}."{resource}"', "2"))) == [
        ("error", f"{_LIMITS}.{resource}", f"container web asks for 2 {resource}, which no Fargate node offers"),
    ]


def test_a_resource_that_is_both_requested_and_limited_is_one_finding() -> None:
    both = put(put(web(), _GPU, 1), f'{CONTAINER}.resources.requests."nvidia.com/gpu"', 1)
    assert [one.path for one in findings("no-accelerators", both)] == [f"{CONTAINER}.resources.requests.nvidia.com/gpu"]
