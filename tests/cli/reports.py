"""A small report: two stacks, of which one has a finding of every kind and the other cannot be run."""

from __future__ import annotations

from decimal import Decimal

from eks_fargate.cli.report import Report
from eks_fargate.fargate.findings import Finding, Level
from eks_fargate.fargate.pricing import CostItem
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.gate import StackReport
from eks_fargate.offline.lint.notchecked import NotChecked
from eks_fargate.offline.pack.analyzer import Violation
from eks_fargate.offline.plan import Plan

STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev"
NETWORK = "urn:pulumi:dev::shop::demo:index:Network::net"
VPC = "urn:pulumi:dev::shop::demo:index:Network$aws:ec2/vpc:Vpc::net-vpc"
PROFILE = "urn:pulumi:dev::shop::aws:eks/fargateProfile:FargateProfile::apps"
SOURCE = "https://docs.aws.amazon.com/eks/latest/userguide/fargate.html"

PRIVILEGED = Finding(
    "no-privileged",
    Level.ERROR,
    "Deployment/shop/web",
    "spec.template.spec.containers[0].securityContext.privileged",
    "container web sets privileged to true, which Fargate refuses",
    "Remove privileged, or run the pod on nodes.",
    SOURCE,
    event="Pod not supported on Fargate: invalid SecurityContext fields: Privileged",
)
LET_OFF = Finding(
    "images-are-pinned",
    Level.WARNING,
    "Deployment/shop/web",
    "spec.template.spec.containers[0].image",
    "image web:latest | web is not pinned",
    "Name a tag or a digest.",
    SOURCE,
    suppressed=True,
    file="manifests/web.yaml",
    line=12,
)
SUBNETS = Finding(
    "profile-subnets-private",
    Level.UNDETERMINED,
    PROFILE,
    "subnetIds",
    "the routes of the subnets are not known",
    "Run `eks-fargate preflight`.",
    SOURCE,
    would_be=Level.ERROR,
)
REFUSED = Finding(
    "settings",
    Level.ERROR,
    "stacks/Pulumi.prod.yaml",
    "",
    "network: it is missing",
    "Correct stacks/Pulumi.prod.yaml, or the program; until then nothing else is checked.",
    "https://www.pulumi.com/docs/iac/concepts/config/",
    file="stacks/Pulumi.prod.yaml",
)


def _resources() -> tuple[Resource, ...]:
    return (
        Resource(
            PROFILE,
            "aws:eks/fargateProfile:FargateProfile",
            "apps",
            STACK,
            {"fargateProfileName": "apps--1", "subnetIds": UNKNOWN},
            dependencies=(VPC,),
        ),
        Resource(NETWORK, "demo:index:Network", "net", STACK, {}, custom=False),
        Resource(VPC, "aws:ec2/vpc:Vpc", "net-vpc", NETWORK, {"cidrBlock": "10.0.0.0/16"}),
        Resource(STACK, "pulumi:pulumi:Stack", "shop-dev", "", {}, custom=False),
    )


def report() -> Report:
    """The report."""
    dev = StackReport(
        "dev",
        "stacks/Pulumi.dev.yaml",
        Plan("dev", "shop", "eu-west-1", _resources(), {"vpcId": UNKNOWN}),
        (PRIVILEGED, LET_OFF, SUBNETS),
        (NotChecked(VPC, "ipamPoolId", "no schema has it"),),
        (
            CostItem("NAT gateways", 2, "gateway", Decimal("32.85"), Decimal("65.7"), "without the traffic"),
            CostItem("Nodes of general", 3, "node", None, None, "the price of a node is not known"),
        ),
        (Violation(PROFILE, "resource-errors", True, "no"), Violation("", "stack-warnings", False, "well")),  # noqa: FBT003  mandatory
    )
    prod = StackReport("prod", "stacks/Pulumi.prod.yaml", None, (REFUSED,))
    return Report([dev, prod])
