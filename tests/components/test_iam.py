from __future__ import annotations

import json

import pytest

from components.iam import allow, document, ec2_principal, managed_policy_arn, service_account_trust, service_trust


def test_a_document_is_its_statements_in_order() -> None:
    assert document(allow(["s3:GetObject"], "*"), allow(("sqs:SendMessage",), ["arn:aws:sqs:*:*:shop"])) == (
        '{"Version": "2012-10-17", "Statement": ['
        '{"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "*"}, '
        '{"Effect": "Allow", "Action": ["sqs:SendMessage"], "Resource": ["arn:aws:sqs:*:*:shop"]}]}'
    )


def test_a_service_assumes_a_role_without_condition() -> None:
    assert json.loads(service_trust("eks.amazonaws.com"))["Statement"] == [
        {"Effect": "Allow", "Principal": {"Service": "eks.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ]


def test_a_service_assumes_a_role_under_a_condition() -> None:
    condition = {"ArnLike": {"aws:SourceArn": "arn:aws:eks:us-east-1:123456789012:fargateprofile/shop/*"}}
    assert json.loads(service_trust("eks-fargate-pods.amazonaws.com", condition))["Statement"] == [
        {
            "Effect": "Allow",
            "Principal": {"Service": "eks-fargate-pods.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": condition,
        }
    ]


def test_one_service_account_of_one_issuer_assumes_a_role() -> None:
    provider = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/ABC"
    trust = service_account_trust(provider, "https://oidc.eks.us-east-1.amazonaws.com/id/ABC", "kube-system", "lbc")
    assert json.loads(trust)["Statement"] == [
        {
            "Effect": "Allow",
            "Principal": {"Federated": provider},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {
                "StringEquals": {
                    "oidc.eks.us-east-1.amazonaws.com/id/ABC:aud": "sts.amazonaws.com",
                    "oidc.eks.us-east-1.amazonaws.com/id/ABC:sub": "system:serviceaccount:kube-system:lbc",
                }
            },
        }
    ]


@pytest.mark.parametrize(
    ("partition", "arn"),
    [
        ("aws", "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"),
        ("aws-cn", "arn:aws-cn:iam::aws:policy/AmazonEKSClusterPolicy"),
    ],
)
def test_a_managed_policy_is_of_the_partition(partition: str, arn: str) -> None:
    assert managed_policy_arn(partition, "AmazonEKSClusterPolicy") == arn


@pytest.mark.parametrize(("partition", "principal"), [("aws", "ec2.amazonaws.com"), ("aws-cn", "ec2.amazonaws.com.cn")])
def test_ec2_has_a_principal_of_the_partition(partition: str, principal: str) -> None:
    assert ec2_principal(partition) == principal
