from __future__ import annotations

from typing import Any

import pytest

from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.scenes import POD_SPEC, case, findings, put, said, web

_REQUIRED = f"{POD_SPEC}.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution"
_TERMS = f"{_REQUIRED}.nodeSelectorTerms"
_ZONE = "topology.kubernetes.io/zone"


def _asks(*terms: list[dict[str, Any]]) -> dict[str, Any]:
    return put(web(), _TERMS, [{"matchExpressions": term} for term in terms])


def _in(key: str, *values: Any) -> dict[str, Any]:
    return {"key": key, "operator": "In", "values": list(values)}


CASES = {
    "node-selector-is-met": case(
        [_asks([_in(_ZONE, "eu-west-1a")])],
        [_asks([_in("disktype", "ssd")])],
        f"{_TERMS}[0].matchExpressions[0].key",
        f"{_TERMS}[0].matchExpressions[0].operator",
        f"{_TERMS}[0].matchExpressions",
        f"{_TERMS}[0]",
        _TERMS,
        _REQUIRED,
        f"{POD_SPEC}.affinity",
    ),
    "linux-amd64-only": case(
        [web(nodeSelector={"kubernetes.io/arch": "amd64", "kubernetes.io/os": "linux"})],
        [web(nodeSelector={"kubernetes.io/arch": "arm64"})],
        f'{POD_SPEC}.nodeSelector."kubernetes.io/arch"',
        f"{POD_SPEC}.nodeSelector",
    ),
}


def test_a_label_that_no_fargate_node_has_is_an_error() -> None:
    (found,) = findings("node-selector-is-met", web(nodeSelector={"disktype": "ssd"}))
    assert found.path == f"{POD_SPEC}.nodeSelector.disktype"
    assert found.message == "the pod asks for a node with disktype In (ssd), which no Fargate node has"
    assert found.fix == "Remove it, or run the pod on nodes; a zone is asked for by topology.kubernetes.io/zone."


def test_one_term_that_a_fargate_node_meets_is_enough() -> None:
    assert findings("node-selector-is-met", _asks([_in("disktype", "ssd")], [_in(_ZONE, "eu-west-1a")])) == []


def test_a_term_is_met_only_whole() -> None:
    found = findings("node-selector-is-met", _asks([_in("disktype", "ssd"), _in(_ZONE, "eu-west-1a")]))
    assert [one.path for one in found] == [f"{_TERMS}[0].matchExpressions[0]"]


def test_an_unknown_zone_may_meet_its_term() -> None:
    found = findings("node-selector-is-met", _asks([_in("disktype", "ssd")], [_in(_ZONE, UNKNOWN)]))
    assert [(one.level.value, one.path) for one in found] == [("undetermined", f"{_TERMS}[1].matchExpressions[0]")]


@pytest.mark.parametrize("operator", ["NotIn", "DoesNotExist"])
def test_a_label_that_is_not_there_may_be_excluded(operator: str) -> None:
    assert findings("node-selector-is-met", _asks([{"key": "disktype", "operator": operator, "values": ["hdd"]}])) == []


def test_a_pod_that_keeps_off_fargate_nodes_finds_none() -> None:
    kept_off = {"key": "eks.amazonaws.com/compute-type", "operator": "NotIn", "values": ["fargate"]}
    assert said(findings("node-selector-is-met", _asks([kept_off]))) == [
        (
            "error",
            f"{_TERMS}[0].matchExpressions[0]",
            "the pod asks for a node with eks.amazonaws.com/compute-type NotIn (fargate), which no Fargate node has",
        )
    ]


@pytest.mark.parametrize("zone", ["us-east-1a", "eu-west-1-lhr-1a"])
def test_a_zone_of_another_region_or_a_local_zone_is_an_error(zone: str) -> None:
    (found,) = findings("node-selector-is-met", web(nodeSelector={_ZONE: zone}))
    assert found.message == f"the pod asks for a node with {_ZONE} In ({zone}), which no Fargate node has"


def test_any_zone_passes_where_the_region_is_not_given() -> None:
    assert findings("node-selector-is-met", web(nodeSelector={_ZONE: "us-east-1a"}), region=None) == []


def test_a_host_name_is_never_that_of_a_fargate_node() -> None:
    assert len(findings("node-selector-is-met", web(nodeSelector={"kubernetes.io/hostname": "ip-10-0-0-1"}))) == 1


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("kubernetes.io/arch", "arm64"),
        ("kubernetes.io/os", "windows"),
        ("beta.kubernetes.io/arch", "arm64"),
        ("beta.kubernetes.io/os", "windows"),
    ],
)
def test_arm64_and_windows_are_errors_of_one_rule_alone(key: str, value: str) -> None:
    (found,) = findings("linux-amd64-only", web(nodeSelector={key: value}))
    assert (
        found.message
        == f"the pod asks for a node with {key} In ({value}), and EKS on Fargate runs Linux on amd64 alone"
    )
    assert findings("node-selector-is-met", web(nodeSelector={key: value})) == []


def test_amd64_beside_arm64_passes() -> None:
    assert findings("linux-amd64-only", _asks([_in("kubernetes.io/arch", "arm64", "amd64")])) == []
