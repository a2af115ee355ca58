"""The planned resources that no look finds again, so that nothing is passed over in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from eks_fargate.fargate.findings import Level
from eks_fargate.live.account import Account
from eks_fargate.live.checks import Check, not_checked
from eks_fargate.live.demand import Demand

# Type -> the look that has it.
LOOKED_AT: Final[Mapping[str, str]] = {
    "aws:cloudwatch/logGroup:LogGroup": "log groups",
    "aws:ec2/internetGateway:InternetGateway": "network",
    "aws:ec2/natGateway:NatGateway": "network",
    "aws:ec2/route:Route": "network",
    "aws:ec2/routeTable:RouteTable": "network",
    "aws:ec2/routeTableAssociation:RouteTableAssociation": "network",
    "aws:ec2/subnet:Subnet": "network",
    "aws:ec2/vpc:Vpc": "network",
    "aws:ec2/vpcEndpoint:VpcEndpoint": "network",
    "aws:eks/accessEntry:AccessEntry": "access",
    "aws:eks/addon:Addon": "add-ons",
    "aws:eks/cluster:Cluster": "cluster",
    "aws:eks/fargateProfile:FargateProfile": "profiles",
    "aws:eks/nodeGroup:NodeGroup": "node groups",
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": "OIDC provider",
    "aws:iam/role:Role": "roles",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "roles",
    "aws:kms/alias:Alias": "keys",
    "aws:kms/key:Key": "keys",
    "kubernetes:core/v1:ConfigMap": "logging",
    "kubernetes:core/v1:Namespace": "logging",
    "kubernetes:helm.sh/v3:Release": "load balancer controller",
}
_PACKAGES: Final = ("aws:", "kubernetes:")
_WHY: Final[Mapping[str, str]] = {
    "aws:ec2/eip:Eip": "its NAT gateway, which is looked at, does not work without it",
    "aws:ec2/launchTemplate:LaunchTemplate": "its node group, which is looked at, does not work without it",
}


def not_looked_at(_account: Account, demand: Demand) -> list[Check]:
    """One line for each planned type that is not looked at, with how many there are."""
    counts = Counter(
        one.type
        for one in demand.stack.resources
        if one.custom and one.type.startswith(_PACKAGES) and one.type not in LOOKED_AT
    )
    return [
        not_checked(
            "not looked at", f"{counts[type_]} x {type_}", _WHY.get(type_, "run `pulumi refresh`"), Level.WARNING
        )
        for type_ in sorted(counts)
    ]
