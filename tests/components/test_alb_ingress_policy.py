from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest

from components.alb_ingress_policy import controller_policy

# IAM counts no white space. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
LONGEST_INLINE_POLICY = 10_240

MAKES_OWN = {"Null": {"aws:RequestTag/elbv2.k8s.aws/cluster": "false"}}
CHANGES_OWN = {"Null": {"aws:ResourceTag/elbv2.k8s.aws/cluster": "false"}}
RETAGS_OWN = {
    "Null": {"aws:RequestTag/elbv2.k8s.aws/cluster": "true", "aws:ResourceTag/elbv2.k8s.aws/cluster": "false"}
}
TAGS_NEW_GROUP = {"StringEquals": {"ec2:CreateAction": "CreateSecurityGroup"}, **MAKES_OWN}
TAGS_NEW_BALANCER = {
    "StringEquals": {"elasticloadbalancing:CreateAction": ["CreateLoadBalancer", "CreateTargetGroup"]},
    **MAKES_OWN,
}
MAKES_SERVICE_ROLE = {"StringEquals": {"iam:AWSServiceName": "elasticloadbalancing.amazonaws.com"}}

ALL = ["*"]
GROUPS = ["ec2:*:*:security-group/*"]
TARGETS = ["elasticloadbalancing:*:*:targetgroup/*/*"]
BALANCERS = ["elasticloadbalancing:*:*:loadbalancer/app/*/*", "elasticloadbalancing:*:*:loadbalancer/net/*/*"]
LISTENERS = [
    "elasticloadbalancing:*:*:listener-rule/app/*/*/*",
    "elasticloadbalancing:*:*:listener-rule/net/*/*/*",
    "elasticloadbalancing:*:*:listener/app/*/*/*",
    "elasticloadbalancing:*:*:listener/net/*/*/*",
]

# Reviewed against the published policies of v3.5.0: (condition, resources, service, actions). Two of theirs are not
# here, AuthorizeSecurityGroupIngress and RevokeSecurityGroupIngress on the controller's own groups, since both are
# granted on every group.
REVIEWED: list[tuple[dict[str, Any] | None, list[str], str, str]] = [
    (None, ALL, "acm", "DescribeCertificate ListCertificates"),
    (None, ALL, "cognito-idp", "DescribeUserPoolClient"),
    (None, ALL, "ec2", "AuthorizeSecurityGroupIngress CreateSecurityGroup RevokeSecurityGroupIngress"),
    (None, ALL, "ec2", "DescribeAccountAttributes DescribeAddresses DescribeAvailabilityZones DescribeCoipPools"),
    (None, ALL, "ec2", "DescribeInstances DescribeInternetGateways DescribeIpamPools DescribeNetworkInterfaces"),
    (None, ALL, "ec2", "DescribeRouteTables DescribeSecurityGroups DescribeSubnets DescribeTags DescribeVpcs"),
    (None, ALL, "ec2", "DescribeVpcPeeringConnections GetCoipPoolUsage GetSecurityGroupsForVpc"),
    (None, ALL, "elasticloadbalancing", "AddListenerCertificates CreateListener CreateRule DeleteListener DeleteRule"),
    (None, ALL, "elasticloadbalancing", "ModifyListener ModifyRule RemoveListenerCertificates SetRulePriorities"),
    (None, ALL, "elasticloadbalancing", "SetWebAcl DescribeCapacityReservation DescribeListenerAttributes"),
    (None, ALL, "elasticloadbalancing", "DescribeListenerCertificates DescribeListeners DescribeLoadBalancers"),
    (None, ALL, "elasticloadbalancing", "DescribeLoadBalancerAttributes DescribeRules DescribeSSLPolicies"),
    (None, ALL, "elasticloadbalancing", "DescribeTags DescribeTargetGroupAttributes DescribeTargetGroups"),
    (None, ALL, "elasticloadbalancing", "DescribeTargetHealth DescribeTrustStores"),
    (None, ALL, "iam", "GetServerCertificate ListServerCertificates"),
    (None, ALL, "shield", "CreateProtection DeleteProtection DescribeProtection GetSubscriptionState"),
    (None, ALL, "waf-regional", "AssociateWebACL DisassociateWebACL GetWebACL GetWebACLForResource"),
    (None, ALL, "wafv2", "AssociateWebACL DisassociateWebACL GetWebACL GetWebACLForResource"),
    (None, LISTENERS, "elasticloadbalancing", "AddTags RemoveTags"),
    (None, TARGETS, "elasticloadbalancing", "DeregisterTargets RegisterTargets"),
    (MAKES_SERVICE_ROLE, ALL, "iam", "CreateServiceLinkedRole"),
    (TAGS_NEW_GROUP, GROUPS, "ec2", "CreateTags"),
    (RETAGS_OWN, GROUPS, "ec2", "CreateTags DeleteTags"),
    (CHANGES_OWN, ALL, "ec2", "DeleteSecurityGroup"),
    (MAKES_OWN, ALL, "elasticloadbalancing", "CreateLoadBalancer CreateTargetGroup"),
    (TAGS_NEW_BALANCER, TARGETS + BALANCERS, "elasticloadbalancing", "AddTags"),
    (RETAGS_OWN, TARGETS + BALANCERS, "elasticloadbalancing", "AddTags RemoveTags"),
    (CHANGES_OWN, ALL, "elasticloadbalancing", "DeleteLoadBalancer DeleteTargetGroup ModifyCapacityReservation"),
    (CHANGES_OWN, ALL, "elasticloadbalancing", "ModifyIpPools ModifyListenerAttributes ModifyLoadBalancerAttributes"),
    (CHANGES_OWN, ALL, "elasticloadbalancing", "ModifyTargetGroup ModifyTargetGroupAttributes SetIpAddressType"),
    (CHANGES_OWN, ALL, "elasticloadbalancing", "SetSecurityGroups SetSubnets"),
]

Triple = tuple[str, str, str]


def reviewed(partition: str) -> list[Triple]:
    return [
        (f"{service}:{action}", arn if arn == "*" else f"arn:{partition}:{arn}", json.dumps(condition, sort_keys=True))
        for condition, resources, service, actions in REVIEWED
        for action, arn in product(actions.split(), resources)
    ]


def granted(partition: str) -> list[Triple]:
    statements = json.loads(controller_policy(partition))["Statement"]
    assert {statement["Effect"] for statement in statements} == {"Allow"}
    return [
        (action, arn, json.dumps(statement.get("Condition"), sort_keys=True))
        for statement in statements
        for action, arn in product(statement["Action"], ALL if statement["Resource"] == "*" else statement["Resource"])
    ]


@pytest.mark.parametrize("partition", ["aws", "aws-cn"])
def test_the_policy_grants_what_was_reviewed_and_nothing_more(partition: str) -> None:
    assert sorted(granted(partition)) == sorted(reviewed(partition))


@pytest.mark.parametrize("partition", ["aws", "aws-cn"])
def test_no_action_is_a_pattern(partition: str) -> None:
    assert [action for action, _, _ in granted(partition) if "*" in action] == []


@pytest.mark.parametrize("partition", ["aws", "aws-cn"])
def test_the_policy_is_short_enough_to_stand_in_a_role(partition: str) -> None:
    assert len("".join(controller_policy(partition).split())) <= LONGEST_INLINE_POLICY


def test_every_arn_is_of_the_partition() -> None:
    arns = {arn for _, arn, _ in granted("aws-cn")} - {"*"}
    assert {arn.split(":")[1] for arn in arns} == {"aws-cn"}
