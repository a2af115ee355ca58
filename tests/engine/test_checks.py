"""What Check refuses, by the installed SDKs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eks_fargate.fargate.unknown import UNKNOWN
from tests.engine.checks import Checker, Failure
from tests.engine.schemas import Schemas

PROFILE = "aws:eks/fargateProfile:FargateProfile"
INPUTS: dict[str, Any] = {
    "clusterName": "demo",
    "podExecutionRoleArn": UNKNOWN,
    "selectors": [{"namespace": "apps", "labels": {"tier": "web"}}],
    "subnetIds": ["subnet-1"],
}


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    return Checker(Schemas(Path(tmp_path_factory.mktemp("schemas"))))


def test_complete_inputs_pass(checker: Checker) -> None:
    assert checker.failures(PROFILE, INPUTS) == []


def test_every_fault_of_a_resource_is_told_at_once(checker: Checker) -> None:
    inputs = {
        **INPUTS,
        "clusterName": None,
        "selectors": [{"namespaces": "apps"}],
        "subnetIds": "subnet-1",
        "role": "x",
    }
    assert checker.failures(PROFILE, inputs) == [
        Failure("clusterName", "Missing required argument. The argument 'clusterName' is required"),
        Failure("role", "Invalid or unknown key"),
        Failure("selectors[0].namespace", "Missing required argument. The argument 'namespace' is required"),
        Failure("selectors[0].namespaces", "Invalid or unknown key"),
        Failure("subnetIds", "expected list, got scalar"),
    ]


def test_a_kubernetes_object_is_checked_all_the_way_down(checker: Checker) -> None:
    inputs = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "lables": {}}, "data": {"key": ["x"]}}
    assert checker.failures("kubernetes:core/v1:ConfigMap", inputs) == [
        Failure("data.key", "expected scalar, got list"),
        Failure("metadata.lables", "Invalid or unknown key"),
    ]


def test_free_values_of_a_chart_pass(checker: Checker) -> None:
    inputs = {"chart": "demo", "name": "demo", "values": {"any": {"depth": [1, True]}}}
    assert checker.failures("kubernetes:helm.sh/v3:Release", inputs) == []


def test_a_type_that_no_sdk_knows_is_refused(checker: Checker) -> None:
    type_ = "aws:eks/fargateProfil:FargateProfil"
    assert checker.failures(type_, {}) == [Failure("", f"unknown resource type {type_}")]
