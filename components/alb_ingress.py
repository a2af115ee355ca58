"""The AWS Load Balancer Controller, by its pinned Helm chart, with a role of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pulumi
import pulumi_kubernetes as kubernetes
from pulumi_aws import iam

from components.alb_ingress_policy import controller_policy
from components.iam import service_account_trust

CHART = "aws-load-balancer-controller"
CHART_REPOSITORY = "https://aws.github.io/eks-charts"
NAMESPACE = "kube-system"
SERVICE_ACCOUNT = "aws-load-balancer-controller"
# With Fargate's own 256 MiB this fits the smallest size, 0.25 vCPU and 0.5 GB.
_RESOURCES = {"cpu": "0.25", "memory": "256Mi"}
_WAIT_SECONDS = 900


@dataclass(frozen=True, slots=True)
class AlbIngressArgs:
    """Arguments of `AlbIngress`.

    chart_version: of the chart. cluster_name, region, vpc_id: said outright, since a Fargate pod has no instance
    metadata to ask. partition: of the AWS account. oidc_provider_arn, oidc_issuer: of the cluster, for the role.
    kubernetes_provider: what deploys into the cluster.
    image: `REPOSITORY:TAG` that the VPC can reach; omitted: the chart's own, from public.ecr.aws.
    internet_access: whether pods reach AWS's public endpoints; without, WAF and Shield, which have none in a VPC, are
    off. after: what must stand first: the profiles or nodes, and CoreDNS. Omitted: none.
    tags: on the role, and on every AWS resource that the controller makes. Omitted: none.
    """

    chart_version: str
    cluster_name: pulumi.Input[str]
    region: str
    vpc_id: pulumi.Input[str]
    partition: str
    oidc_provider_arn: pulumi.Input[str]
    oidc_issuer: pulumi.Input[str]
    kubernetes_provider: kubernetes.Provider
    image: str | None = None
    internet_access: bool = True
    after: Sequence[pulumi.Resource] = ()
    tags: Mapping[str, str] = field(default_factory=dict)


def chart_values(args: AlbIngressArgs, role_arn: pulumi.Input[str]) -> dict[str, Any]:
    """The chart's values. Source: the values.yaml of the chart's release 3.5.0, github.com/aws/eks-charts."""
    values: dict[str, Any] = {
        "clusterName": args.cluster_name,
        "region": args.region,
        "vpcId": args.vpc_id,
        "serviceAccount": {
            "create": True,
            "name": SERVICE_ACCOUNT,
            "annotations": {"eks.amazonaws.com/role-arn": role_arn},
        },
        "replicaCount": 2,
        "podDisruptionBudget": {"maxUnavailable": 1},
        "resources": {"requests": _RESOURCES, "limits": _RESOURCES},
        # Pods on Fargate are reached by their own address alone.
        "defaultTargetType": "ip",
        # Otherwise no Service of the whole cluster can be made while the controller is down.
        "enableServiceMutatorWebhook": False,
        # Each Fargate pod has a node of its own; anti-affinity means nothing there.
        "configureDefaultAffinity": False,
        # The chart would make a new certificate at every update, and the webhook would fail meanwhile.
        "keepTLSSecret": True,
        "defaultTags": dict(args.tags),
    }
    if args.image is not None:
        repository, _, tag = args.image.rpartition(":")
        values["image"] = {"repository": repository, "tag": tag}
    if not args.internet_access:
        values |= {"enableShield": False, "enableWaf": False, "enableWafv2": False}
    return values


class AlbIngress(pulumi.ComponentResource):
    """The controller that turns Ingresses into Application Load Balancers and Services into network ones.

    ready: the release, which stands once the controller answers; every Ingress and Service depends on it.
    role_arn: output.
    """

    ready: pulumi.Resource
    role_arn: pulumi.Output[str]

    def __init__(self, name: str, args: AlbIngressArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("eks-fargate:index:AlbIngress", name, {}, opts)
        role, policy = self._role(name, args)
        self.role_arn = role.arn
        self.ready = kubernetes.helm.v3.Release(
            f"{name}-controller",
            name=CHART,
            namespace=NAMESPACE,
            chart=CHART,
            version=args.chart_version,
            repository_opts=kubernetes.helm.v3.RepositoryOptsArgs(repo=CHART_REPOSITORY),
            values=chart_values(args, role.arn),
            # Its webhook refuses every Ingress until it runs, so the release counts as done only then.
            skip_await=False,
            atomic=False,
            timeout=_WAIT_SECONDS,
            opts=pulumi.ResourceOptions(
                parent=self, provider=args.kubernetes_provider, depends_on=[policy, *args.after]
            ),
        )
        self.register_outputs({"roleArn": self.role_arn})

    def _role(self, name: str, args: AlbIngressArgs) -> tuple[iam.Role, iam.RolePolicy]:
        child = pulumi.ResourceOptions(parent=self)
        role = iam.Role(
            f"{name}-role",
            assume_role_policy=pulumi.Output.all(args.oidc_provider_arn, args.oidc_issuer).apply(
                lambda known: service_account_trust(known[0], known[1], NAMESPACE, SERVICE_ACCOUNT)
            ),
            description="AWS Load Balancer Controller",
            tags=dict(args.tags),
            opts=child,
        )
        policy = iam.RolePolicy(f"{name}-role", role=role.name, policy=controller_policy(args.partition), opts=child)
        return role, policy
