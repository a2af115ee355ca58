"""The AWS operations that may be called: all of them read, none of them writes.

Source of the names: https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

READ_ONLY: Final[Mapping[str, frozenset[str]]] = {
    "cloudwatch": frozenset({"GetMetricStatistics"}),
    "ec2": frozenset(
        {
            "DescribeAddresses",
            "DescribeAvailabilityZones",
            "DescribeInternetGateways",
            "DescribeNatGateways",
            "DescribeNetworkInterfaces",
            "DescribeRegions",
            "DescribeRouteTables",
            "DescribeSubnets",
            "DescribeTransitGatewayVpcAttachments",
            "DescribeVpcAttribute",
            "DescribeVpcEndpoints",
            "DescribeVpcPeeringConnections",
            "DescribeVpcs",
        }
    ),
    "eks": frozenset(
        {
            "DescribeAccessEntry",
            "DescribeAddon",
            "DescribeAddonVersions",
            "DescribeCluster",
            "DescribeClusterVersions",
            "DescribeFargateProfile",
            "DescribeNodegroup",
            "ListAccessEntries",
            "ListClusters",
            "ListFargateProfiles",
            "ListNodegroups",
        }
    ),
    "iam": frozenset(
        {
            "GetOpenIDConnectProvider",
            "GetRole",
            "ListAttachedRolePolicies",
            "SimulatePrincipalPolicy",
        }
    ),
    "kms": frozenset({"DescribeKey", "GetKeyRotationStatus"}),
    "logs": frozenset({"DescribeLogGroups"}),
    "pricing": frozenset({"GetProducts"}),
    "resourcegroupstaggingapi": frozenset({"GetResources"}),
    "service-quotas": frozenset({"GetAWSDefaultServiceQuota", "GetServiceQuota"}),
    "sts": frozenset({"GetCallerIdentity"}),
}
"""Service, as boto3 calls it -> the operations that are used of it."""

READING_VERBS: Final = ("Describe", "Get", "List", "Simulate")
"""What the name of an operation that only reads begins with."""


class WritingRefusedError(RuntimeError):
    """An operation was about to be called that is not on the list: a defect of this program."""


def refuse_others(service: str, operation: str) -> None:
    """Raise WritingRefusedError unless the operation is on the list."""
    if operation not in READ_ONLY.get(service, ()):
        msg = f"{service}:{operation} is not among the operations that only read"
        raise WritingRefusedError(msg)
