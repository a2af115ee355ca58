from __future__ import annotations

from typing import Any

import pytest

from tests.fargate.rules.scenes import POD_SPEC, case, findings, put, said, web

_CLAIM_NAME = f"{POD_SPEC}.volumes[0].persistentVolumeClaim.claimName"
_WEB = web(volumes=[{"name": "files", "persistentVolumeClaim": {"claimName": "data"}}])


def _claim(**spec: Any) -> dict[str, Any]:
    metadata = {"name": "data", "namespace": "shop"}
    return {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": metadata, "spec": spec}


def _volume(driver: str = "efs.csi.aws.com", name: str = "data", **spec: Any) -> dict[str, Any]:
    given = {"csi": {"driver": driver, "volumeHandle": "fs-1"}, **spec}
    return {"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": name}, "spec": given}


def _class(name: str, provisioner: str, annotations: dict[str, str] | None = None, **fields: Any) -> dict[str, Any]:
    metadata = {"name": name, "annotations": annotations or {}}
    return {
        "kind": "StorageClass",
        "apiVersion": "storage.k8s.io/v1",
        "metadata": metadata,
        "provisioner": provisioner,
    } | fields


CASES = {
    "efs-claims-only": case(
        [_WEB, _claim(volumeName="data"), _volume()],
        [_WEB, _claim(volumeName="data"), _volume("ebs.csi.aws.com")],
        _CLAIM_NAME,
        f"{POD_SPEC}.volumes[0]",
        f"{POD_SPEC}.volumes",
    ),
}


def test_a_claim_on_ebs_is_an_error() -> None:
    assert said(findings("efs-claims-only", _WEB, _claim(volumeName="data"), _volume("ebs.csi.aws.com"))) == [
        ("error", _CLAIM_NAME, "claim data is of ebs.csi.aws.com, and Fargate mounts efs.csi.aws.com alone")
    ]


@pytest.mark.parametrize("class_name", ["gp2", "fast"])
def test_a_claim_that_needs_a_volume_made_is_refused_with_fargates_event(class_name: str) -> None:
    storage_class = _class("fast", "kubernetes.io/aws-ebs")
    (found,) = findings("efs-claims-only", _WEB, _claim(storageClassName=class_name), storage_class)
    assert found.message == "claim data needs dynamic provisioning by kubernetes.io/aws-ebs, which Fargate does not do"
    assert found.event == "Pod not supported on Fargate: files not supported because: PVC data not bound"


def test_efs_provisions_dynamically_where_its_class_says_so() -> None:
    dynamic = _class("efs", "efs.csi.aws.com", parameters={"provisioningMode": "efs-ap"})
    (found,) = findings("efs-claims-only", _WEB, _claim(storageClassName="efs"), dynamic)
    assert found.message == "claim data needs dynamic provisioning by efs.csi.aws.com, which Fargate does not do"


def test_the_default_class_provisions_for_a_claim_that_names_none() -> None:
    default = _class("fast", "ebs.csi.aws.com", {"storageclass.kubernetes.io/is-default-class": "true"})
    (found,) = findings("efs-claims-only", _WEB, _claim(), default)
    assert found.message == "claim data needs dynamic provisioning by ebs.csi.aws.com, which Fargate does not do"


def test_a_claim_that_is_not_in_sight_is_undetermined() -> None:
    assert said(findings("efs-claims-only", _WEB)) == [
        ("undetermined", _CLAIM_NAME, "claim data is not in sight, and decides whether Fargate mounts it")
    ]


@pytest.mark.parametrize(
    "spec", [{"volumeName": "elsewhere"}, {"storageClassName": "efs"}, {"storageClassName": ""}, {}]
)
def test_a_claim_whose_volume_is_not_in_sight_is_undetermined(spec: dict[str, str]) -> None:
    static = _class("efs", "efs.csi.aws.com")
    (found,) = findings("efs-claims-only", _WEB, _claim(**spec), static)
    assert found.level.value == "undetermined"
    assert found.message == "the volume of claim data is not in sight, and decides whether Fargate mounts it"


def test_a_claim_binds_to_a_volume_of_its_class() -> None:
    assert findings("efs-claims-only", _WEB, _claim(storageClassName="efs"), _volume(storageClassName="efs")) == []


def test_a_volume_that_names_another_claim_is_not_for_this_one() -> None:
    other = _volume(storageClassName="efs", claimRef={"name": "other", "namespace": "shop"})
    (found,) = findings("efs-claims-only", _WEB, _claim(storageClassName="efs"), other)
    assert found.level.value == "undetermined"


def test_a_volume_that_names_the_claim_is_for_it() -> None:
    volume = _volume(claimRef={"name": "data", "namespace": "shop"})
    assert findings("efs-claims-only", _WEB, _claim(storageClassName=""), volume) == []


def test_a_stateful_sets_templates_are_claims_too() -> None:
    made = put(web(), "kind", "StatefulSet")
    made["spec"]["volumeClaimTemplates"] = [{"metadata": {"name": "data"}, "spec": {"storageClassName": "gp2"}}]
    assert [one.path for one in findings("efs-claims-only", made)] == ["spec.volumeClaimTemplates[0]"]


def test_an_in_tree_volume_is_not_efs() -> None:
    volume = {"kind": "PersistentVolume", "apiVersion": "v1", "metadata": {"name": "data"}, "spec": {"hostPath": {}}}
    (found,) = findings("efs-claims-only", _WEB, _claim(volumeName="data"), volume)
    assert found.message == "claim data is of type hostPath, and Fargate mounts efs.csi.aws.com alone"
