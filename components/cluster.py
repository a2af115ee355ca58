"""The EKS control plane: its role, its logs, its key, who may use it, and how to reach it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pulumi
import pulumi_kubernetes as kubernetes
from pulumi_aws import cloudwatch, eks, iam, kms

from components.iam import managed_policy_arn, service_trust
from components.kubeconfig import kubeconfig, kubernetes_provider

# Where a customer-managed key is made for the cluster, rather than the key that AWS owns or one given by ARN.
CREATE_KEY: Literal["customerManagedKey"] = "customerManagedKey"


@dataclass(frozen=True, slots=True)
class ClusterArgs:
    """Arguments of `Cluster`.

    cluster_name: physical name. version: Kubernetes minor version, `1.35`. partition, region: of the cluster.
    subnet_ids: private subnets of at least two zones.
    public_access, private_access: the API server's endpoints. public_access_cidrs: who may reach the public one.
    log_types: control plane log types to send to CloudWatch. log_retention_days: for how long they are kept.
    encryption_key: None for the key that AWS owns, `customerManagedKey` to make one, or a KMS key's ARN.
    support_type: STANDARD upgrades the cluster when standard support ends, EXTENDED keeps it at a higher price.
    admins: ARNs of IAM principals that become cluster administrators, besides the creator.
    deletion_protection: whether AWS refuses to delete the cluster.
    tags: on every resource that takes tags. Omitted: none.
    """

    cluster_name: str
    version: str
    partition: str
    region: str
    subnet_ids: Sequence[pulumi.Input[str]]
    public_access: bool
    private_access: bool
    public_access_cidrs: Sequence[str]
    log_types: Sequence[str]
    log_retention_days: int
    encryption_key: str | None
    support_type: Literal["STANDARD", "EXTENDED"]
    admins: Sequence[str]
    deletion_protection: bool
    tags: Mapping[str, str] = field(default_factory=dict)


class Cluster(pulumi.ComponentResource):
    """An EKS cluster whose access is governed by access entries.

    cluster: the control plane. role: its IAM role. name, arn, endpoint, oidc_issuer, oidc_provider_arn, kubeconfig
    (secret): outputs. kubernetes_provider: what deploys into the cluster. access: the resources that grant
    administrators their access; what deploys into the cluster depends on them, so that a destroy removes it first.
    """

    cluster: eks.Cluster
    role: iam.Role
    name: pulumi.Output[str]
    arn: pulumi.Output[str]
    endpoint: pulumi.Output[str]
    oidc_issuer: pulumi.Output[str]
    oidc_provider_arn: pulumi.Output[str]
    kubeconfig: pulumi.Output[str]
    kubernetes_provider: kubernetes.Provider
    access: list[pulumi.Resource]

    def __init__(self, name: str, args: ClusterArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("eks-fargate:index:Cluster", name, {}, opts)
        self._name, self._args = name, args
        self._child = pulumi.ResourceOptions(parent=self)

        self.role, attachment = self._role()
        self.cluster = self._control_plane([attachment, *self._log_group()])
        self.name, self.arn, self.endpoint = self.cluster.name, self.cluster.arn, self.cluster.endpoint
        self.access = self._access_entries()

        self.oidc_issuer = self.cluster.identities[0].oidcs[0].issuer
        provider = iam.OpenIdConnectProvider(
            f"{name}-oidc",
            url=self.oidc_issuer,
            client_id_lists=["sts.amazonaws.com"],
            tags=dict(args.tags),
            opts=self._child,
        )
        self.oidc_provider_arn = provider.arn
        self.kubeconfig = pulumi.Output.secret(
            pulumi.Output.all(self.endpoint, self.cluster.certificate_authority.data).apply(
                lambda known: kubeconfig(args.cluster_name, known[0], known[1], args.region)
            )
        )
        self.kubernetes_provider = kubernetes_provider(f"{name}-kubernetes", self.kubeconfig, self._child)
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

    def _role(self) -> tuple[iam.Role, iam.RolePolicyAttachment]:
        role = iam.Role(
            f"{self._name}-role",
            assume_role_policy=service_trust("eks.amazonaws.com"),
            description=f"Control plane of the EKS cluster {self._args.cluster_name}",
            tags=dict(self._args.tags),
            opts=self._child,
        )
        attachment = iam.RolePolicyAttachment(
            f"{self._name}-role-cluster-policy",
            role=role.name,
            policy_arn=managed_policy_arn(self._args.partition, "AmazonEKSClusterPolicy"),
            opts=self._child,
        )
        return role, attachment

    def _log_group(self) -> list[pulumi.Resource]:
        """Made before EKS makes it, so that it has a retention and goes with the stack."""
        if not self._args.log_types:
            return []
        return [
            cloudwatch.LogGroup(
                f"{self._name}-logs",
                name=f"/aws/eks/{self._args.cluster_name}/cluster",
                retention_in_days=self._args.log_retention_days,
                tags=dict(self._args.tags),
                opts=self._child,
            )
        ]

    def _encryption(self) -> eks.ClusterEncryptionConfigArgs | None:
        if self._args.encryption_key is None:
            return None
        key_arn: pulumi.Input[str] = self._args.encryption_key
        if self._args.encryption_key == CREATE_KEY:
            key = kms.Key(
                f"{self._name}-secrets",
                description=f"Secrets of the EKS cluster {self._args.cluster_name}",
                enable_key_rotation=True,
                tags=dict(self._args.tags),
                opts=self._child,
            )
            kms.Alias(
                f"{self._name}-secrets",
                name=f"alias/eks/{self._args.cluster_name}",
                target_key_id=key.key_id,
                opts=self._child,
            )
            key_arn = key.arn
        return eks.ClusterEncryptionConfigArgs(
            provider=eks.ClusterEncryptionConfigProviderArgs(key_arn=key_arn), resources=["secrets"]
        )

    def _control_plane(self, before: Sequence[pulumi.Resource]) -> eks.Cluster:
        args = self._args
        return eks.Cluster(
            f"{self._name}-control-plane",
            name=args.cluster_name,
            version=args.version,
            role_arn=self.role.arn,
            access_config=eks.ClusterAccessConfigArgs(
                authentication_mode="API",
                # Changing this replaces the cluster, so it is fixed: who creates a cluster can use it.
                bootstrap_cluster_creator_admin_permissions=True,
            ),
            vpc_config=eks.ClusterVpcConfigArgs(
                subnet_ids=list(args.subnet_ids),
                endpoint_public_access=args.public_access,
                endpoint_private_access=args.private_access,
                public_access_cidrs=list(args.public_access_cidrs) if args.public_access else None,
            ),
            enabled_cluster_log_types=list(args.log_types),
            encryption_config=self._encryption(),
            upgrade_policy=eks.ClusterUpgradePolicyArgs(support_type=args.support_type),
            deletion_protection=args.deletion_protection,
            tags=dict(args.tags),
            # The control plane needs its policy to make and, later, to remove its network interfaces.
            opts=pulumi.ResourceOptions(parent=self, depends_on=list(before)),
        )

    def _access_entries(self) -> list[pulumi.Resource]:
        granted: list[pulumi.Resource] = []
        for arn in sorted(set(self._args.admins)):
            account, principal = arn.split(":", 5)[4:]
            # Whole, `role/PATH/NAME`: a role and a user, or roles of two accounts, may share their last word.
            part = f"{self._name}-admin-{account}-{principal}"
            entry = eks.AccessEntry(
                part,
                cluster_name=self.name,
                principal_arn=arn,
                type="STANDARD",
                tags=dict(self._args.tags),
                opts=self._child,
            )
            granted.append(
                eks.AccessPolicyAssociation(
                    part,
                    cluster_name=self.name,
                    principal_arn=entry.principal_arn,
                    policy_arn=f"arn:{self._args.partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
                    access_scope=eks.AccessPolicyAssociationAccessScopeArgs(type="cluster"),
                    opts=self._child,
                )
            )
        return granted
