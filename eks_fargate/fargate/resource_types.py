"""The types of resources that several modules look for, as Pulumi spells them."""

from __future__ import annotations

from typing import Final

ADDON: Final = "aws:eks/addon:Addon"
CLUSTER: Final = "aws:eks/cluster:Cluster"
HELM_RELEASE: Final = "kubernetes:helm.sh/v3:Release"
NODE_GROUP: Final = "aws:eks/nodeGroup:NodeGroup"
PROFILE: Final = "aws:eks/fargateProfile:FargateProfile"
ROLE: Final = "aws:iam/role:Role"
STACK: Final = "pulumi:pulumi:Stack"
SUBNET: Final = "aws:ec2/subnet:Subnet"
VPC: Final = "aws:ec2/vpc:Vpc"
