from __future__ import annotations

from typing import Any

import pytest

from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.scenes import POD_SPEC, case, findings, put, said, web

_ON = web(automountServiceAccountToken=None, serviceAccountName="web")


def _account(annotations: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    metadata = {"name": "web", "namespace": "shop", "annotations": annotations or {}}
    return {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": metadata, **fields}


def _binding(kind: str = "RoleBinding", **subject: Any) -> dict[str, Any]:
    subjects = [{"kind": "ServiceAccount", "name": "web", **subject}]
    metadata = {"name": "web", "namespace": "shop"}
    return {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": kind, "metadata": metadata, "subjects": subjects}


CASES = {
    "service-account-token": case(
        [_ON, _account(automountServiceAccountToken=False)],
        [_ON, _account()],
        f"{POD_SPEC}.automountServiceAccountToken",
        f"{POD_SPEC}.serviceAccountName",
    ),
}


def test_a_token_without_a_use_is_a_warning() -> None:
    assert said(findings("service-account-token", _ON, _account())) == [
        (
            "warning",
            f"{POD_SPEC}.automountServiceAccountToken",
            "service account web has no role and no RBAC binding in sight, and its token is mounted",
        )
    ]


def test_the_default_account_has_no_use_for_a_token_unless_something_in_sight_gives_one() -> None:
    found = findings("service-account-token", web(automountServiceAccountToken=None))
    assert [one.message for one in found] == [
        "service account default has no role and no RBAC binding in sight, and its token is mounted"
    ]


@pytest.mark.parametrize(
    "around",
    [
        [_account({"eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/web"})],
        [_account(), _binding()],
        [_account(), _binding("ClusterRoleBinding", namespace="shop")],
    ],
)
def test_a_role_or_a_binding_is_a_use(around: list[dict[str, Any]]) -> None:
    assert findings("service-account-token", _ON, *around) == []


def test_a_binding_of_the_whole_namespace_is_a_use() -> None:
    group = {"kind": "Group", "name": "system:serviceaccounts:shop"}
    assert findings("service-account-token", _ON, _account(), {**_binding(), "subjects": [group]}) == []


def test_the_pod_decides_before_its_account() -> None:
    assert (
        len(
            findings(
                "service-account-token",
                put(_ON, f"{POD_SPEC}.automountServiceAccountToken", value=True),
                _account(automountServiceAccountToken=False),
            )
        )
        == 1
    )


def test_an_account_that_is_not_in_sight_is_undetermined() -> None:
    (found,) = findings("service-account-token", _ON)
    assert found.level.value == "undetermined"
    assert found.message == (
        "service account web is not in sight, and decides whether the pod carries a service account token that it has "
        "no use for"
    )


def test_a_role_that_is_not_known_yet_is_a_role_all_the_same() -> None:
    assert findings("service-account-token", _ON, _account({"eks.amazonaws.com/role-arn": UNKNOWN})) == []


def test_annotations_that_are_not_known_leave_it_open() -> None:
    (found,) = findings("service-account-token", _ON, put(_account(), "metadata.annotations", UNKNOWN))
    assert found.level.value == "undetermined"
