from __future__ import annotations

from dataclasses import replace
from typing import Any

from components.existing_cluster import ExistingCluster, ExistingClusterArgs
from components.kubeconfig import kubeconfig
from tests.components.mocks import ACCOUNT, ISSUER, Built, build

COMPLIANT = ExistingClusterArgs(
    cluster_name="shop", region="us-east-1", create_oidc_provider=False, tags={"team": "shop"}
)
PROVIDER_ARN = f"arn:aws:iam::{ACCOUNT}:oidc-provider/{ISSUER.removeprefix('https://')}"
FOUND = ("aws:eks/getCluster:getCluster", {"name": "shop"})


def built(**changes: Any) -> Built:
    def program() -> dict[str, Any]:
        cluster = ExistingCluster("cluster", replace(COMPLIANT, **changes))
        return {
            "name": cluster.name,
            "arn": cluster.arn,
            "endpoint": cluster.endpoint,
            "oidc_issuer": cluster.oidc_issuer,
            "oidc_provider_arn": cluster.oidc_provider_arn,
            "kubeconfig": cluster.kubeconfig,
            "kubeconfig_is_secret": cluster.kubeconfig.is_secret(),
        }

    return build(program)


def test_nothing_is_made_in_aws_for_a_cluster_whose_oidc_provider_exists() -> None:
    cluster = built()
    assert cluster.names() == ["ExistingCluster cluster", "kubernetes cluster-kubernetes"]
    assert cluster.calls == [
        FOUND,
        ("aws:iam/getOpenIdConnectProvider:getOpenIdConnectProvider", {"url": ISSUER}),
    ]


def test_the_oidc_provider_is_made_where_that_is_asked_for() -> None:
    cluster = built(create_oidc_provider=True)
    assert cluster.calls == [FOUND]
    assert cluster.one("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "cluster-oidc").inputs == {
        "url": ISSUER,
        "clientIdLists": ["sts.amazonaws.com"],
        "tags": {"team": "shop"},
    }
    assert cluster.outputs["oidc_provider_arn"] == PROVIDER_ARN


def test_what_the_cluster_says_of_itself() -> None:
    assert built().outputs == {
        "name": "shop",
        "arn": f"arn:aws:eks:us-east-1:{ACCOUNT}:cluster/shop",
        "endpoint": "https://shop.example",
        "oidc_issuer": ISSUER,
        "oidc_provider_arn": PROVIDER_ARN,
        "kubeconfig": kubeconfig("shop", "https://shop.example", "Q0E=", "us-east-1"),
        "kubeconfig_is_secret": True,
    }
