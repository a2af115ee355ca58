"""Managed node groups, for pods that Fargate does not take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pulumi
import pulumi_eks
import pulumi_kubernetes as kubernetes
from pulumi_aws import ec2, eks, iam

from components.iam import ec2_principal, managed_policy_arn, service_trust

_POLICIES = ("AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryPullOnly")


@dataclass(frozen=True, slots=True)
class Taint:
    """A taint on every node of a group; effect as EKS spells it."""

    key: str
    effect: Literal["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"]
    value: str | None = None


@dataclass(frozen=True, slots=True)
class NodeGroupArgs:
    """One node group.

    name: to which Pulumi adds a suffix for the physical name, so that a change that replaces the group, such as
    another instance type, makes the new nodes before the old ones go. instance_types, ami_type, capacity_type: in
    EKS's words. min_size, desired_size, max_size: numbers of nodes. disk_gib: root volume of a node.
    labels, taints: on every node. Omitted: none.
    """

    name: str
    instance_types: Sequence[str]
    ami_type: str
    capacity_type: Literal["ON_DEMAND", "SPOT"]
    min_size: int
    desired_size: int
    max_size: int
    disk_gib: int
    labels: Mapping[str, str] = field(default_factory=dict)
    taints: Sequence[Taint] = ()


@dataclass(frozen=True, slots=True)
class NodeGroupsArgs:
    """Arguments of `NodeGroups`.

    cluster, cluster_role, kubernetes_provider: of the cluster, as resources, which is what `pulumi_eks` takes.
    vpc_id, subnet_ids: private subnets. partition: of the AWS account. groups: at least one.
    addons: add-on name -> version, which nodes need to join: vpc-cni and kube-proxy.
    after: what must stand first: the way out of the subnets, and every Fargate profile, since EKS refuses a profile
    while it installs an add-on. Omitted: none. tags: on every resource that takes tags. Omitted: none.
    """

    cluster: eks.Cluster
    cluster_role: iam.Role
    kubernetes_provider: kubernetes.Provider
    vpc_id: pulumi.Input[str]
    subnet_ids: Sequence[pulumi.Input[str]]
    partition: str
    groups: Sequence[NodeGroupArgs]
    addons: Mapping[str, str]
    after: Sequence[pulumi.Resource] = ()
    tags: Mapping[str, str] = field(default_factory=dict)


class NodeGroups(pulumi.ComponentResource):
    """Managed node groups in private subnets, with instance metadata v2 alone and encrypted root volumes.

    groups: the `pulumi_eks` components, sorted by name; what runs on nodes depends on them.
    role_arn: output; never the pod execution role, which EKS refuses to share.
    """

    groups: list[pulumi.Resource]
    role_arn: pulumi.Output[str]

    def __init__(self, name: str, args: NodeGroupsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("eks-fargate:index:NodeGroups", name, {}, opts)
        self._name, self._args = name, args
        self._child = pulumi.ResourceOptions(parent=self)
        role, attachments = self._role()
        self.role_arn = role.arn
        before = [*args.after, *attachments, *self._addons()]
        self.groups = [self._group(group, role, before) for group in sorted(args.groups, key=lambda g: g.name)]
        self.register_outputs({"roleArn": self.role_arn})

    def _role(self) -> tuple[iam.Role, list[iam.RolePolicyAttachment]]:
        role = iam.Role(
            f"{self._name}-role",
            assume_role_policy=service_trust(ec2_principal(self._args.partition)),
            description="Nodes of an EKS cluster",
            tags=dict(self._args.tags),
            opts=self._child,
        )
        attachments = [
            iam.RolePolicyAttachment(
                f"{self._name}-{policy}",
                role=role.name,
                policy_arn=managed_policy_arn(self._args.partition, policy),
                opts=self._child,
            )
            for policy in _POLICIES
        ]
        return role, attachments

    def _addons(self) -> list[eks.Addon]:
        return [
            eks.Addon(
                f"{self._name}-{addon}",
                cluster_name=self._args.cluster.name,
                addon_name=addon,
                addon_version=version,
                # EKS installs its own copy when it makes the cluster; this takes that copy over.
                resolve_conflicts_on_create="OVERWRITE",
                resolve_conflicts_on_update="OVERWRITE",
                tags=dict(self._args.tags),
                opts=pulumi.ResourceOptions(parent=self, depends_on=list(self._args.after)),
            )
            for addon, version in sorted(self._args.addons.items())
        ]

    def _group(self, group: NodeGroupArgs, role: iam.Role, before: Sequence[pulumi.Resource]) -> pulumi.Resource:
        args = self._args
        template = self._launch_template(group)
        return pulumi_eks.ManagedNodeGroup(
            f"{self._name}-{group.name}",
            cluster=pulumi_eks.CoreDataArgs(
                cluster=args.cluster,
                cluster_iam_role=args.cluster_role,
                endpoint=args.cluster.endpoint,
                instance_roles=[role],
                node_group_options=pulumi_eks.ClusterNodeGroupOptionsArgs(),
                provider=args.kubernetes_provider,
                subnet_ids=list(args.subnet_ids),
                vpc_id=args.vpc_id,
            ),
            node_role=role,
            subnet_ids=list(args.subnet_ids),
            instance_types=list(group.instance_types),
            ami_type=group.ami_type,
            capacity_type=group.capacity_type,
            # With a launch template nothing else moves the nodes to the control plane's version.
            version=args.cluster.version,
            scaling_config=eks.NodeGroupScalingConfigArgs(
                min_size=group.min_size, desired_size=group.desired_size, max_size=group.max_size
            ),
            labels=dict(group.labels),
            taints=[
                eks.NodeGroupTaintArgs(key=taint.key, value=taint.value, effect=taint.effect) for taint in group.taints
            ],
            launch_template=eks.NodeGroupLaunchTemplateArgs(id=template.id, version=template.latest_version.apply(str)),
            # The cluster autoscaler and people change the number of nodes; an update leaves it alone.
            ignore_scaling_changes=True,
            tags=dict(args.tags),
            opts=pulumi.ResourceOptions(parent=self, depends_on=list(before)),
        )

    def _launch_template(self, group: NodeGroupArgs) -> ec2.LaunchTemplate:
        return ec2.LaunchTemplate(
            f"{self._name}-{group.name}",
            description=f"Nodes of the group {group.name}",
            metadata_options=ec2.LaunchTemplateMetadataOptionsArgs(
                http_endpoint="enabled", http_tokens="required", http_put_response_hop_limit=1
            ),
            block_device_mappings=[
                ec2.LaunchTemplateBlockDeviceMappingArgs(
                    device_name="/dev/xvda",
                    ebs=ec2.LaunchTemplateBlockDeviceMappingEbsArgs(
                        encrypted="true", volume_type="gp3", volume_size=group.disk_gib, delete_on_termination="true"
                    ),
                )
            ],
            tag_specifications=[
                ec2.LaunchTemplateTagSpecificationArgs(resource_type=kind, tags=dict(self._args.tags))
                for kind in ("instance", "volume")
            ]
            if self._args.tags
            else None,
            update_default_version=True,
            tags=dict(self._args.tags),
            opts=self._child,
        )
