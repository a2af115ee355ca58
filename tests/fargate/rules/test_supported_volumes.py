from __future__ import annotations

import pytest

from tests.fargate.rules.scenes import POD_SPEC, case, findings, web

CASES = {
    "supported-volumes": case(
        [web(volumes=[{"name": "data", "emptyDir": {}}])],
        [web(volumes=[{"name": "data", "hostPath": {"path": "/data"}}])],
        f"{POD_SPEC}.volumes",
        f"{POD_SPEC}.volumes[0]",
    ),
}


@pytest.mark.parametrize(
    "kind", ["configMap", "downwardAPI", "emptyDir", "nfs", "persistentVolumeClaim", "projected", "secret"]
)
def test_a_type_that_fargate_mounts_passes(kind: str) -> None:
    assert findings("supported-volumes", web(volumes=[{"name": "data", kind: {}}])) == []


@pytest.mark.parametrize("kind", ["awsElasticBlockStore", "csi", "ephemeral", "hostPath", "image"])
def test_any_other_type_is_refused_with_fargates_event(kind: str) -> None:
    (found,) = findings("supported-volumes", web(volumes=[{"name": "data", kind: {}}]))
    assert found.path == f"{POD_SPEC}.volumes[0].{kind}"
    assert found.message == f"volume data is of type {kind}, which Fargate does not mount"
    assert found.event == "Pod not supported on Fargate: data is of an unsupported volume Type"


def test_a_volume_without_a_type_is_an_empty_directory() -> None:
    assert findings("supported-volumes", web(volumes=[{"name": "data"}, {"name": "more", "hostPath": None}])) == []
