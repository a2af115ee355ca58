from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from components.alb_ingress import AlbIngress, AlbIngressArgs
from components.alb_ingress_policy import controller_policy
from eks_fargate.fargate.quantity import parse
from tests.components.mocks import ACCOUNT, ISSUER, Built, Registered, build, kubernetes_provider, stand_in

RELEASE = "kubernetes:helm.sh/v3:Release"
PROVIDER_ARN = f"arn:aws:iam::{ACCOUNT}:oidc-provider/{ISSUER.removeprefix('https://')}"


def built(**changes: Any) -> Built:
    def program() -> dict[str, Any]:
        compliant = AlbIngressArgs(
            chart_version="3.5.0",
            cluster_name="shop",
            region="us-east-1",
            vpc_id="vpc-1",
            partition="aws",
            oidc_provider_arn=PROVIDER_ARN,
            oidc_issuer=ISSUER,
            kubernetes_provider=kubernetes_provider(),
            after=[stand_in("profile"), stand_in("names")],
            tags={"team": "shop"},
        )
        ingress = AlbIngress("alb-ingress", replace(compliant, **changes))
        return {"ready": ingress.ready.urn, "role_arn": ingress.role_arn}

    return build(program)


def release(**changes: Any) -> Registered:
    return built(**changes).one(RELEASE, "alb-ingress-controller")


def values(**changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = release(**changes).inputs["values"]
    return found


def test_the_controller_is_told_all_that_a_pod_without_instance_metadata_cannot_ask() -> None:
    resources = {"cpu": "0.25", "memory": "256Mi"}
    assert values() == {
        "clusterName": "shop",
        "region": "us-east-1",
        "vpcId": "vpc-1",
        "serviceAccount": {
            "create": True,
            "name": "aws-load-balancer-controller",
            "annotations": {"eks.amazonaws.com/role-arn": f"arn:aws:iam::{ACCOUNT}:role/alb-ingress-role"},
        },
        "replicaCount": 2,
        "podDisruptionBudget": {"maxUnavailable": 1},
        "resources": {"limits": resources, "requests": resources},
        "defaultTargetType": "ip",
        "enableServiceMutatorWebhook": False,
        "configureDefaultAffinity": False,
        "keepTLSSecret": True,
        "defaultTags": {"team": "shop"},
    }


def test_the_size_with_what_fargate_adds_is_the_smallest_there_is() -> None:
    requests = values()["resources"]["requests"]
    assert parse(requests["cpu"]) == parse("0.25")
    assert parse(requests["memory"]) + parse("256Mi") <= parse("0.5Gi")


@pytest.mark.parametrize(
    ("image", "repository", "tag"),
    [
        (
            "123456789012.dkr.ecr.us-east-1.amazonaws.com/lbc:v3.5.0",
            "123456789012.dkr.ecr.us-east-1.amazonaws.com/lbc",
            "v3.5.0",
        ),
        ("registry.example:5000/eks/lbc:v3.5.0", "registry.example:5000/eks/lbc", "v3.5.0"),
    ],
)
def test_an_image_of_ones_own_takes_the_place_of_the_charts(image: str, repository: str, tag: str) -> None:
    assert values(image=image)["image"] == {"repository": repository, "tag": tag}


def test_without_internet_what_has_no_endpoint_in_a_vpc_is_off() -> None:
    with_internet, without = values(), values(internet_access=False)
    assert without == {**with_internet, "enableShield": False, "enableWaf": False, "enableWafv2": False}


def test_the_chart_is_pinned_and_counts_as_there_once_it_answers() -> None:
    made = release()
    given = {key: value for key, value in made.inputs.items() if key != "values"}
    assert given == {
        "name": "aws-load-balancer-controller",
        "namespace": "kube-system",
        "chart": "aws-load-balancer-controller",
        "version": "3.5.0",
        "repositoryOpts": {"repo": "https://aws.github.io/eks-charts"},
        "skipAwait": False,
        "atomic": False,
        "timeout": 900,
        "compat": "true",
    }


def test_the_controller_waits_for_its_permissions_and_for_what_comes_before() -> None:
    made = release()
    assert made.depends_on == [
        "Role alb-ingress-role",
        "RolePolicy alb-ingress-role",
        "StandIn names",
        "StandIn profile",
    ]
    assert made.provider == "in-cluster"
    assert made.parent == "alb-ingress"


def test_what_is_ready_is_the_release() -> None:
    assert built().outputs["ready"].endswith("::alb-ingress-controller")


def test_only_the_controllers_service_account_assumes_the_role() -> None:
    ingress = built()
    role = ingress.one("aws:iam/role:Role", "alb-ingress-role").inputs
    host = ISSUER.removeprefix("https://")
    assert json.loads(role["assumeRolePolicy"])["Statement"] == [
        {
            "Effect": "Allow",
            "Principal": {"Federated": PROVIDER_ARN},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {
                "StringEquals": {
                    f"{host}:aud": "sts.amazonaws.com",
                    f"{host}:sub": "system:serviceaccount:kube-system:aws-load-balancer-controller",
                }
            },
        }
    ]
    assert role["tags"] == {"team": "shop"}
    assert ingress.outputs["role_arn"] == f"arn:aws:iam::{ACCOUNT}:role/alb-ingress-role"


def test_the_role_has_the_controllers_policy_of_the_partition() -> None:
    policy = built(partition="aws-cn").one("aws:iam/rolePolicy:RolePolicy", "alb-ingress-role").inputs
    assert policy == {"role": "alb-ingress-role", "policy": controller_policy("aws-cn")}
