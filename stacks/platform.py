"""The platform: the components, wired in order, for any data plane.

Order: network, cluster, access, execution role, profiles, logging, nodes, CoreDNS, load balancer controller. A destroy
runs back along it. An explicit dependency stands where no value carries the order, with its reason.
"""

from __future__ import annotations

from typing import Any

import pulumi
import pulumi_kubernetes as kubernetes

from components.alb_ingress import AlbIngress, AlbIngressArgs
from components.cluster import Cluster, ClusterArgs
from components.core_dns import CoreDns, CoreDnsArgs
from components.existing_cluster import ExistingCluster, ExistingClusterArgs
from components.fargate_logging import FargateLogging, FargateLoggingArgs
from components.fargate_profiles import FargateProfileArgs, FargateProfiles, FargateProfilesArgs
from components.node_groups import NodeGroupArgs, NodeGroups, NodeGroupsArgs, Taint
from components.pod_execution_role import PodExecutionRole, PodExecutionRoleArgs
from eks_fargate.fargate.versions import addon_version
from stacks.checks.data_plane import NODE_ADDONS
from stacks.environment import Environment
from stacks.reach import Reach, reach_of
from stacks.sections import NodeGroupSection, ProfileSection

Resources = list[pulumi.Resource]


def build(settings: Environment) -> dict[str, Any]:
    """Registers every resource of the platform and returns the stack's outputs."""
    # Production is protected against removal, children with their component.
    guarded = pulumi.ResourceOptions(protect=settings.production or None)
    reach = reach_of(settings, guarded)
    cluster = _cluster(settings, reach, guarded)
    # Whoever deploys may have access by an entry alone: what is inside the cluster has to go before the entry does.
    access: Resources = list(cluster.access) if isinstance(cluster, Cluster) else []

    logging = _logging(settings, cluster.kubernetes_provider, access)
    role, profiles = _fargate(settings, cluster, reach)
    # Fargate reads the logging ConfigMap when a pod starts, so pods whose logs matter come after it.
    started: Resources = [*profiles, *([logging.ready] if logging else [])]
    nodes = _node_groups(settings, cluster, reach, started)
    names = _core_dns(settings, cluster, [*access, *started, *nodes])
    # The controller needs somewhere to run and names that resolve, and its webhook must answer before any Ingress.
    _alb_ingress(settings, cluster, reach, [*access, *started, *nodes, *names])
    return {
        "clusterName": cluster.name,
        "clusterEndpoint": cluster.endpoint,
        "oidcIssuer": cluster.oidc_issuer,
        "kubeconfig": cluster.kubeconfig,
        "vpcId": reach.vpc_id,
        "privateSubnetIds": list(reach.private_subnet_ids),
        "publicSubnetIds": list(reach.public_subnet_ids),
        "fargateProfiles": [
            {
                "name": profile.name,
                "selectors": [{"namespace": s.namespace, "labels": dict(s.labels)} for s in profile.selectors],
            }
            for profile in settings.fargate_profiles
        ],
        "podExecutionRoleArn": role.arn if role else None,
    }


def _cluster(settings: Environment, reach: Reach, guarded: pulumi.ResourceOptions) -> Cluster | ExistingCluster:
    section = settings.cluster
    if section.existing is not None:
        return ExistingCluster(
            "cluster",
            ExistingClusterArgs(
                cluster_name=section.existing,
                region=settings.region,
                create_oidc_provider=section.oidc_provider == "create",
                tags=settings.tags,
            ),
        )
    return Cluster(
        "cluster",
        ClusterArgs(
            cluster_name=settings.cluster_name,
            version=section.version,
            partition=settings.partition,
            region=settings.region,
            subnet_ids=reach.private_subnet_ids,
            public_access=section.endpoint.public,
            private_access=section.endpoint.private,
            public_access_cidrs=section.endpoint.public_cidrs,
            log_types=section.log_types,
            log_retention_days=section.log_retention_days,
            encryption_key=None if section.encryption == "awsOwnedKey" else section.encryption,
            support_type="STANDARD" if section.support_type == "standard" else "EXTENDED",
            admins=section.admins,
            deletion_protection=settings.production,
            tags=settings.tags,
        ),
        guarded,
    )


def _logging(settings: Environment, provider: kubernetes.Provider, access: Resources) -> FargateLogging | None:
    if not settings.logging.enabled:
        return None
    return FargateLogging(
        "logging",
        FargateLoggingArgs(
            log_group_name=settings.log_group_name,
            region=settings.region,
            retention_days=settings.logging.retention_days,
            kubernetes_provider=provider,
            filters=settings.logging.filters,
            parsers=settings.logging.parsers,
            after=access,
            tags=settings.tags,
        ),
    )


def _fargate(
    settings: Environment, cluster: Cluster | ExistingCluster, reach: Reach
) -> tuple[PodExecutionRole | None, Resources]:
    if not settings.profiles:
        return None, []
    role = PodExecutionRole(
        "pod-execution",
        PodExecutionRoleArgs(
            role_name=settings.pod_execution_role_name,
            partition=settings.partition,
            profile_arns=_profile_arns(settings, cluster),
            log_group_arn=settings.log_group_arn if settings.logging.enabled else None,
            tags=settings.tags,
        ),
    )
    profiles = FargateProfiles(
        "profiles",
        FargateProfilesArgs(
            cluster_name=cluster.name,
            pod_execution_role_arn=role.arn,
            profiles=[
                FargateProfileArgs(
                    profile=profile,
                    subnet_ids=_profile_subnets(settings.profiles[profile.key], reach),
                    fixed_name=settings.profiles[profile.key].fixed_name,
                    tags={**settings.tags, **settings.profiles[profile.key].tags},
                )
                for profile in settings.fargate_profiles
            ],
            # A profile's first pods pull images by the role's permissions and over the way out of its subnets.
            after=[*role.permissions, *reach.egress],
        ),
    )
    return role, list(profiles.profiles)


def _profile_arns(settings: Environment, cluster: Cluster | ExistingCluster) -> pulumi.Input[str]:
    """The ARNs of the cluster's profiles; without an account in settings they follow from the cluster's own ARN."""
    if settings.account is not None:
        prefix = f"arn:{settings.partition}:eks:{settings.region}:{settings.account}"
        return f"{prefix}:fargateprofile/{settings.cluster_name}/*"
    return cluster.arn.apply(lambda arn: f"{arn.replace(':cluster/', ':fargateprofile/', 1)}/*")


def _profile_subnets(section: ProfileSection, reach: Reach) -> list[pulumi.Input[str]]:
    return [reach.by_setting[zone] for zone in section.subnets] if section.subnets else list(reach.private_subnet_ids)


def _node_groups(
    settings: Environment, cluster: Cluster | ExistingCluster, reach: Reach, started: Resources
) -> Resources:
    if not settings.node_groups or not isinstance(cluster, Cluster):
        return []
    groups = NodeGroups(
        "nodes",
        NodeGroupsArgs(
            cluster=cluster.cluster,
            cluster_role=cluster.role,
            kubernetes_provider=cluster.kubernetes_provider,
            vpc_id=reach.vpc_id,
            subnet_ids=reach.private_subnet_ids,
            partition=settings.partition,
            groups=[_node_group(name, section) for name, section in sorted(settings.node_groups.items())],
            addons={addon: addon_version(addon, settings.cluster.version, settings.facts) for addon in NODE_ADDONS},
            # EKS refuses a profile while an add-on is being installed, so the nodes' add-ons wait for the profiles.
            after=[*reach.egress, *started],
            tags=settings.tags,
        ),
    )
    return list(groups.groups)


def _node_group(name: str, section: NodeGroupSection) -> NodeGroupArgs:
    return NodeGroupArgs(
        name=name,
        instance_types=section.instance_types,
        ami_type=section.ami_type,
        capacity_type=section.capacity_type,
        min_size=section.min_size,
        desired_size=section.desired_size,
        max_size=section.max_size,
        disk_gib=section.disk_gib,
        labels=section.labels,
        taints=[Taint(taint.key, taint.effect, taint.value) for taint in section.taints],
    )


def _core_dns(settings: Environment, cluster: Cluster | ExistingCluster, after: Resources) -> Resources:
    manage, run_on = settings.core_dns
    if manage == "none" or run_on is None:
        return []
    version = settings.core_dns_section.version
    if manage == "addon" and version is None:
        version = addon_version("coredns", settings.cluster.version, settings.facts)
    core_dns = CoreDns(
        "core-dns",
        CoreDnsArgs(
            cluster_name=cluster.name,
            manage=manage,
            run_on=run_on,
            kubernetes_provider=cluster.kubernetes_provider,
            version=version,
            after=after,
            tags=settings.tags,
        ),
    )
    return [core_dns.ready]


def _alb_ingress(settings: Environment, cluster: Cluster | ExistingCluster, reach: Reach, after: Resources) -> None:
    if not settings.alb_ingress.enabled:
        return
    AlbIngress(
        "alb-ingress",
        AlbIngressArgs(
            chart_version=settings.facts.table("lbc")["chartVersion"],
            cluster_name=cluster.name,
            region=settings.region,
            vpc_id=reach.vpc_id,
            partition=settings.partition,
            oidc_provider_arn=cluster.oidc_provider_arn,
            oidc_issuer=cluster.oidc_issuer,
            kubernetes_provider=cluster.kubernetes_provider,
            image=settings.alb_ingress.image,
            internet_access=settings.internet_access,
            after=after,
            tags=settings.tags,
        ),
    )
