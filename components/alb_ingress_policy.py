"""What the AWS Load Balancer Controller may do: the actions of its release v3.5.0, in any partition.

Equal in effect to the policy which that release publishes for the partition; each row is one grant.
Source: https://github.com/kubernetes-sigs/aws-load-balancer-controller/tree/v3.5.0/docs/install
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components.iam import document

# The controller tags what it makes, and may change only what carries its tag.
_TAG = "elbv2.k8s.aws/cluster"
_REQUESTED = f"aws:RequestTag/{_TAG}"
_OWNED = f"aws:ResourceTag/{_TAG}"
_MAKES_OWN = {"Null": {_REQUESTED: "false"}}
_CHANGES_OWN = {"Null": {_OWNED: "false"}}
_RETAGS_OWN = {"Null": {_REQUESTED: "true", _OWNED: "false"}}

_SECURITY_GROUPS = ("ec2:*:*:security-group/*",)
_TARGET_GROUPS = ("elasticloadbalancing:*:*:targetgroup/*/*",)
_BALANCERS = tuple(f"elasticloadbalancing:*:*:loadbalancer/{kind}/*/*" for kind in ("app", "net"))
_LISTENERS = tuple(
    f"elasticloadbalancing:*:*:{part}/{kind}/*/*/*" for part in ("listener", "listener-rule") for kind in ("app", "net")
)


@dataclass(frozen=True, slots=True)
class Grant:
    """Actions of one service, on ARNs without their `arn:PARTITION:` (empty: on all), under a condition if any."""

    service: str
    actions: str
    on: Sequence[str] = ()
    condition: Mapping[str, Any] | None = None


GRANTS = (
    Grant(
        "iam",
        "CreateServiceLinkedRole",
        condition={"StringEquals": {"iam:AWSServiceName": "elasticloadbalancing.amazonaws.com"}},
    ),
    Grant(
        "ec2",
        "DescribeAccountAttributes DescribeAddresses DescribeAvailabilityZones DescribeCoipPools DescribeInstances "
        "DescribeInternetGateways DescribeIpamPools DescribeNetworkInterfaces DescribeRouteTables "
        "DescribeSecurityGroups DescribeSubnets DescribeTags DescribeVpcPeeringConnections DescribeVpcs "
        "GetCoipPoolUsage GetSecurityGroupsForVpc",
    ),
    Grant(
        "elasticloadbalancing",
        "DescribeCapacityReservation DescribeListenerAttributes DescribeListenerCertificates DescribeListeners "
        "DescribeLoadBalancerAttributes DescribeLoadBalancers DescribeRules DescribeSSLPolicies DescribeTags "
        "DescribeTargetGroupAttributes DescribeTargetGroups DescribeTargetHealth DescribeTrustStores",
    ),
    Grant("cognito-idp", "DescribeUserPoolClient"),
    Grant("acm", "DescribeCertificate ListCertificates"),
    Grant("iam", "GetServerCertificate ListServerCertificates"),
    Grant("waf-regional", "AssociateWebACL DisassociateWebACL GetWebACL GetWebACLForResource"),
    Grant("wafv2", "AssociateWebACL DisassociateWebACL GetWebACL GetWebACLForResource"),
    Grant("shield", "CreateProtection DeleteProtection DescribeProtection GetSubscriptionState"),
    # Without the tag's condition: rules are added to the security groups of pods, which are not the controller's own.
    Grant("ec2", "AuthorizeSecurityGroupIngress CreateSecurityGroup RevokeSecurityGroupIngress"),
    Grant("ec2", "DeleteSecurityGroup", condition=_CHANGES_OWN),
    Grant(
        "ec2",
        "CreateTags",
        _SECURITY_GROUPS,
        {"StringEquals": {"ec2:CreateAction": "CreateSecurityGroup"}, **_MAKES_OWN},
    ),
    Grant("ec2", "CreateTags DeleteTags", _SECURITY_GROUPS, _RETAGS_OWN),
    Grant("elasticloadbalancing", "CreateLoadBalancer CreateTargetGroup", condition=_MAKES_OWN),
    Grant(
        "elasticloadbalancing",
        "AddListenerCertificates CreateListener CreateRule DeleteListener DeleteRule ModifyListener ModifyRule "
        "RemoveListenerCertificates SetRulePriorities SetWebAcl",
    ),
    Grant("elasticloadbalancing", "AddTags RemoveTags", (*_TARGET_GROUPS, *_BALANCERS), _RETAGS_OWN),
    Grant("elasticloadbalancing", "AddTags RemoveTags", _LISTENERS),
    Grant(
        "elasticloadbalancing",
        "AddTags",
        (*_TARGET_GROUPS, *_BALANCERS),
        {
            "StringEquals": {"elasticloadbalancing:CreateAction": ["CreateLoadBalancer", "CreateTargetGroup"]},
            **_MAKES_OWN,
        },
    ),
    Grant(
        "elasticloadbalancing",
        "DeleteLoadBalancer DeleteTargetGroup ModifyCapacityReservation ModifyIpPools ModifyListenerAttributes "
        "ModifyLoadBalancerAttributes ModifyTargetGroup ModifyTargetGroupAttributes SetIpAddressType "
        "SetSecurityGroups SetSubnets",
        condition=_CHANGES_OWN,
    ),
    Grant("elasticloadbalancing", "DeregisterTargets RegisterTargets", _TARGET_GROUPS),
)


def controller_policy(partition: str) -> str:
    """The controller's policy document for a partition, as JSON text."""
    return document(*(_statement(grant, partition) for grant in GRANTS))


def _statement(grant: Grant, partition: str) -> dict[str, Any]:
    statement: dict[str, Any] = {
        "Effect": "Allow",
        "Action": [f"{grant.service}:{action}" for action in grant.actions.split()],
        "Resource": [f"arn:{partition}:{resource}" for resource in grant.on] or "*",
    }
    if grant.condition:
        statement["Condition"] = grant.condition
    return statement
