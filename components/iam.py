"""IAM documents, as plain data: who may assume a role, and the ARNs that differ by partition."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

Statement = Mapping[str, Any]

# EC2's principal alone differs by partition.
# https://github.com/eksctl-io/eksctl/blob/main/pkg/apis/eksctl.io/v1alpha5/partitions.go
_EC2_PRINCIPALS = {"aws-cn": "ec2.amazonaws.com.cn"}


def document(*statements: Statement) -> str:
    """A policy document of these statements, as JSON text."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def service_trust(service: str, condition: Mapping[str, Any] | None = None) -> str:
    """A trust policy by which an AWS service assumes the role, limited by `condition` where one is given."""
    statement: dict[str, Any] = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sts:AssumeRole",
    }
    if condition:
        statement["Condition"] = condition
    return document(statement)


def ec2_principal(partition: str) -> str:
    """The service principal by which EC2 instances of a partition assume a role."""
    return _EC2_PRINCIPALS.get(partition, "ec2.amazonaws.com")


def service_account_trust(provider_arn: str, issuer: str, namespace: str, service_account: str) -> str:
    """A trust policy by which one Kubernetes service account assumes the role (IRSA).

    issuer: the cluster's OIDC issuer URL. Source:
    https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
    """
    host = issuer.removeprefix("https://")
    return document(
        {
            "Effect": "Allow",
            "Principal": {"Federated": provider_arn},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {
                "StringEquals": {
                    f"{host}:aud": "sts.amazonaws.com",
                    f"{host}:sub": f"system:serviceaccount:{namespace}:{service_account}",
                }
            },
        }
    )


def managed_policy_arn(partition: str, name: str) -> str:
    """The ARN of the AWS managed policy `name` in a partition."""
    return f"arn:{partition}:iam::aws:policy/{name}"


def allow(actions: Sequence[str], resources: str | Sequence[str]) -> Statement:
    """A statement that allows `actions` on `resources`."""
    return {"Effect": "Allow", "Action": list(actions), "Resource": resources}
