from __future__ import annotations

import pytest

from tests.fargate.rules.scenes import POD_SPEC, case, findings, put, said, web

_SPREAD = f"{POD_SPEC}.topologySpreadConstraints"

CASES = {
    "spread-is-ignored": case(
        [put(web(), _SPREAD, [])],
        [put(web(), _SPREAD, [{"maxSkew": 1}])],
        _SPREAD,
        POD_SPEC,
    ),
}


@pytest.mark.parametrize(
    "field",
    [
        "topologySpreadConstraints",
        "affinity.podAffinity",
        "affinity.podAntiAffinity",
        "affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution",
    ],
)
def test_what_arranges_pods_over_nodes_has_no_effect(field: str) -> None:
    value = [{"weight": 1}] if field.endswith(("Execution", "Constraints")) else {"x": [{}]}
    assert said(findings("spread-is-ignored", put(web(), f"{POD_SPEC}.{field}", value))) == [
        ("warning", f"{POD_SPEC}.{field}", f"{field.split('.')[-1]} is set, and Fargate ignores it"),
    ]


def test_a_required_node_affinity_is_no_spread() -> None:
    field = f"{POD_SPEC}.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution"
    assert findings("spread-is-ignored", put(web(), field, {"nodeSelectorTerms": []})) == []
