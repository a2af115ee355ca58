"""CoreDNS, on Fargate or on nodes: as EKS's managed add-on, or as the deployment that EKS itself left there."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pulumi
import pulumi_kubernetes as kubernetes
from pulumi_aws import eks

# With Fargate's own 256 MiB this fits the smallest size, 0.25 vCPU and 0.5 GB, exactly.
_FARGATE_RESOURCES = {"cpu": "0.25", "memory": "256M"}
_REPLICAS = 2


@dataclass(frozen=True, slots=True)
class CoreDnsArgs:
    """Arguments of `CoreDns`.

    cluster_name: of the cluster. manage: `addon` makes the managed add-on, `patch` annotates the deployment that is
    there. run_on: `fargate` or `nodes`. version: of the add-on; omitted with `patch`.
    kubernetes_provider: for `patch`. after: what must stand first: every profile, or the nodes. Omitted: none.
    tags: on the add-on. Omitted: none.
    """

    cluster_name: pulumi.Input[str]
    manage: Literal["addon", "patch"]
    run_on: Literal["fargate", "nodes"]
    kubernetes_provider: kubernetes.Provider
    version: str | None = None
    after: Sequence[pulumi.Resource] = ()
    tags: Mapping[str, str] = field(default_factory=dict)


def addon_configuration(run_on: Literal["fargate", "nodes"]) -> str:
    """The add-on's configuration values as JSON text: two replicas, and on Fargate the compute type and a size.

    Source: https://docs.aws.amazon.com/eks/latest/userguide/fargate-getting-started.html
    """
    values: dict[str, Any] = {"replicaCount": _REPLICAS}
    if run_on == "fargate":
        values["computeType"] = "Fargate"
        values["resources"] = {"requests": _FARGATE_RESOURCES, "limits": _FARGATE_RESOURCES}
    return json.dumps(values, sort_keys=True)


class CoreDns(pulumi.ComponentResource):
    """CoreDNS where it is wanted.

    ready: the resource that stands once names resolve; whatever looks up names depends on it.
    """

    ready: pulumi.Resource

    def __init__(self, name: str, args: CoreDnsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("eks-fargate:index:CoreDns", name, {}, opts)
        self.ready = self._addon(name, args) if args.manage == "addon" else self._patch(name, args)
        self.register_outputs({})

    def _addon(self, name: str, args: CoreDnsArgs) -> eks.Addon:
        return eks.Addon(
            f"{name}-addon",
            cluster_name=args.cluster_name,
            addon_name="coredns",
            addon_version=args.version,
            configuration_values=addon_configuration(args.run_on),
            # EKS made a self-managed CoreDNS with the cluster; this takes it over.
            resolve_conflicts_on_create="OVERWRITE",
            resolve_conflicts_on_update="OVERWRITE",
            # Whoever stops managing it here keeps a cluster in which names resolve.
            preserve=True,
            tags=dict(args.tags),
            opts=pulumi.ResourceOptions(
                parent=self, depends_on=list(args.after), custom_timeouts=pulumi.CustomTimeouts(create="30m")
            ),
        )

    def _patch(self, name: str, args: CoreDnsArgs) -> kubernetes.apps.v1.DeploymentPatch:
        """Set, not removed: removing fails where the annotation is not there, and setting can be repeated.

        Server-side apply with force, since the field belongs to the manager that EKS used. Retained on delete:
        taking the annotation back would move CoreDNS off Fargate while the cluster is being taken down.
        """
        return kubernetes.apps.v1.DeploymentPatch(
            f"{name}-compute-type",
            metadata=kubernetes.meta.v1.ObjectMetaPatchArgs(
                name="coredns", namespace="kube-system", annotations={"pulumi.com/patchForce": "true"}
            ),
            spec=kubernetes.apps.v1.DeploymentSpecPatchArgs(
                template=kubernetes.core.v1.PodTemplateSpecPatchArgs(
                    metadata=kubernetes.meta.v1.ObjectMetaPatchArgs(
                        annotations={"eks.amazonaws.com/compute-type": "fargate"}
                    )
                )
            ),
            opts=pulumi.ResourceOptions(
                parent=self,
                provider=args.kubernetes_provider,
                depends_on=list(args.after),
                retain_on_delete=True,
            ),
        )
