"""resources-are-tagged: what costs money, or gives access, says whose it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.rules.aws import PlannedRule
from eks_fargate.fargate.rules.base import Fail, Verdict, not_known, read
from eks_fargate.fargate.rules.iam_documents import parsed
from eks_fargate.fargate.stack import Planned
from eks_fargate.fargate.unknown import UNKNOWN, Unknown

# The types with tags of which an EKS platform is made.
_TYPES = (
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:ec2/eip:Eip",
    "aws:ec2/internetGateway:InternetGateway",
    "aws:ec2/launchTemplate:LaunchTemplate",
    "aws:ec2/natGateway:NatGateway",
    "aws:ec2/routeTable:RouteTable",
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ec2/subnet:Subnet",
    "aws:ec2/vpc:Vpc",
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    "aws:eks/accessEntry:AccessEntry",
    "aws:eks/addon:Addon",
    "aws:eks/cluster:Cluster",
    "aws:eks/fargateProfile:FargateProfile",
    "aws:eks/nodeGroup:NodeGroup",
    "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    "aws:iam/policy:Policy",
    "aws:iam/role:Role",
    "aws:kms/key:Key",
)


def _check(planned: Planned) -> Iterator[Verdict]:
    provider = planned.stack.by_urn.get(planned.resource.provider)
    # An engine hands a provider's inputs on as JSON text.
    defaults = None if provider is None else read(parsed(provider.inputs.get("defaultTags")), "tags")
    answers = [_says_whose(tags) for tags in (planned.resource.inputs.get("tags"), defaults)]
    if True in answers:
        return
    if UNKNOWN in answers:
        yield not_known("tags", "whether the resource says whose it is")
    else:
        yield Fail(
            "tags",
            "the resource has no tag besides Name",
            "Add a tag, or give the AWS provider defaultTags.",
        )


def _says_whose(tags: Any) -> bool | Unknown:
    if isinstance(tags, Unknown):
        return tags
    return bool(isinstance(tags, Mapping) and set(tags) - {"Name"})


rule = PlannedRule(
    id="resources-are-tagged",
    group="F",
    level=Level.WARNING,
    statement="A resource that takes tags has one besides Name.",
    source="https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html",
    check=_check,
    types=_TYPES,
)
