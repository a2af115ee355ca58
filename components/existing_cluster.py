"""A cluster that stands already, looked up by name, to which Fargate is attached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
import pulumi_kubernetes as kubernetes
from pulumi_aws import eks, iam

from components.kubeconfig import kubeconfig, kubernetes_provider


@dataclass(frozen=True, slots=True)
class ExistingClusterArgs:
    """Arguments of `ExistingCluster`.

    cluster_name: physical name. region: of the cluster.
    create_oidc_provider: whether to make the IAM OIDC provider of the cluster's issuer; otherwise it is looked up.
    tags: on the OIDC provider. Omitted: none.
    """

    cluster_name: str
    region: str
    create_oidc_provider: bool
    tags: Mapping[str, str] = field(default_factory=dict)


class ExistingCluster(pulumi.ComponentResource):
    """What the rest of the platform needs of a cluster that is not ours: it keeps its own access mode and add-ons.

    name, arn, endpoint, oidc_issuer, oidc_provider_arn, kubeconfig (secret): outputs.
    kubernetes_provider: what deploys into the cluster.
    """

    name: pulumi.Output[str]
    arn: pulumi.Output[str]
    endpoint: pulumi.Output[str]
    oidc_issuer: pulumi.Output[str]
    oidc_provider_arn: pulumi.Output[str]
    kubeconfig: pulumi.Output[str]
    kubernetes_provider: kubernetes.Provider

    def __init__(self, name: str, args: ExistingClusterArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("eks-fargate:index:ExistingCluster", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        invoke = pulumi.InvokeOutputOptions(parent=self)
        found = eks.get_cluster_output(name=args.cluster_name, opts=invoke)
        # Known before deployment, unlike what AWS answers.
        self.name = pulumi.Output.from_input(args.cluster_name)
        self.arn, self.endpoint = found.arn, found.endpoint
        self.oidc_issuer = found.identities[0].oidcs[0].issuer
        if args.create_oidc_provider:
            self.oidc_provider_arn = iam.OpenIdConnectProvider(
                f"{name}-oidc",
                url=self.oidc_issuer,
                client_id_lists=["sts.amazonaws.com"],
                tags=dict(args.tags),
                opts=child,
            ).arn
        else:
            self.oidc_provider_arn = iam.get_open_id_connect_provider_output(url=self.oidc_issuer, opts=invoke).arn
        self.kubeconfig = pulumi.Output.secret(
            pulumi.Output.all(self.endpoint, found.certificate_authorities[0].data).apply(
                lambda known: kubeconfig(args.cluster_name, known[0], known[1], args.region)
            )
        )
        self.kubernetes_provider = kubernetes_provider(f"{name}-kubernetes", self.kubeconfig, child)
        self.register_outputs(
            {
                "name": self.name,
                "arn": self.arn,
                "endpoint": self.endpoint,
                "oidcIssuer": self.oidc_issuer,
                "oidcProviderArn": self.oidc_provider_arn,
                "kubeconfig": self.kubeconfig,
            }
        )
