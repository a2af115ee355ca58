from __future__ import annotations

from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.scenes import POD_SPEC, WEB_ONLY, case, findings, planned, put, said, web


def _association(account: str = "web") -> Resource:
    return planned(
        "aws:eks/podIdentityAssociation:PodIdentityAssociation",
        clusterName="shop",
        namespace="shop",
        serviceAccount=account,
        roleArn=UNKNOWN,
    )


_WEB = web(serviceAccountName="web")
_ON_NODES = put(put(web(serviceAccountName="api"), "metadata.name", "api"), "spec.template.metadata.labels.app", "api")

CASES = {
    "irsa-not-pod-identity": case(
        [_association("api"), _WEB, _ON_NODES],
        [_association("web"), _WEB, _ON_NODES],
        "serviceAccount",
        "namespace",
        data_plane=DataPlane.MIXED,
        profiles=(WEB_ONLY,),
    ),
}


def test_an_association_for_a_pod_on_fargate_is_an_error() -> None:
    assert said(findings("irsa-not-pod-identity", _association(), _WEB)) == [
        (
            "error",
            "serviceAccount",
            (
                "service account shop/web is used by Deployment/shop/web, whose pods are on Fargate, where Pod "
                "Identity gives no credentials"
            ),
        )
    ]


def test_an_association_that_no_pod_in_sight_uses_is_undetermined_where_only_fargate_is_there() -> None:
    (found,) = findings("irsa-not-pod-identity", _association())
    assert found.level.value == "undetermined"
    assert found.message == (
        "whether service account shop/web is used on Fargate, by a pod that is not in sight, is not known"
    )
    assert findings("irsa-not-pod-identity", _association(), data_plane=DataPlane.MIXED, profiles=(WEB_ONLY,)) == []


def test_a_pod_whose_account_is_unknown_may_use_it() -> None:
    (found,) = findings("irsa-not-pod-identity", _association(), put(_WEB, f"{POD_SPEC}.serviceAccountName", UNKNOWN))
    assert found.level.value == "undetermined"
