"""Where the logs of pods on Fargate go: Fargate's own log router, told by one ConfigMap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi
import pulumi_kubernetes as kubernetes
from pulumi_aws import cloudwatch

NAMESPACE = "aws-observability"


@dataclass(frozen=True, slots=True)
class FargateLoggingArgs:
    """Arguments of `FargateLogging`.

    log_group_name: of the CloudWatch log group that this makes; region: its region; retention_days: how long it keeps.
    kubernetes_provider: what deploys into the cluster.
    filters, parsers: Fluent Bit sections, as text, besides the output. Omitted: none.
    after: what must stand first: the access of whoever deploys. Omitted: none. tags: on the log group. Omitted: none.
    """

    log_group_name: str
    region: str
    retention_days: int
    kubernetes_provider: kubernetes.Provider
    filters: str | None = None
    parsers: str | None = None
    after: Sequence[pulumi.Resource] = ()
    tags: Mapping[str, str] = field(default_factory=dict)


def config_map_data(log_group_name: str, region: str, filters: str | None, parsers: str | None) -> dict[str, str]:
    """The data of the ConfigMap `aws-logging`. Source:
    https://docs.aws.amazon.com/eks/latest/userguide/fargate-logging.html
    """
    data = {
        # Without it Fargate ships the log router's own log as well.
        "flb_log_cw": "false",
        "output.conf": "\n".join(
            (
                "[OUTPUT]",
                "    Name cloudwatch_logs",
                "    Match *",
                f"    region {region}",
                f"    log_group_name {log_group_name}",
                "    log_stream_prefix fargate-",
                "    auto_create_group false",
                "",
            )
        ),
    }
    if filters is not None:
        data["filters.conf"] = filters
    if parsers is not None:
        data["parsers.conf"] = parsers
    return data


class FargateLogging(pulumi.ComponentResource):
    """A log group, and the ConfigMap that sends the pods' logs there. It counts for pods that start after it.

    ready: the ConfigMap, which stands once its log group does; pods whose logs matter depend on it.
    """

    ready: pulumi.Resource

    def __init__(self, name: str, args: FargateLoggingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("eks-fargate:index:FargateLogging", name, {}, opts)
        group = cloudwatch.LogGroup(
            f"{name}-logs",
            name=args.log_group_name,
            retention_in_days=args.retention_days,
            tags=dict(args.tags),
            opts=pulumi.ResourceOptions(parent=self),
        )
        # Removed before the administrators' access goes, since that is what removes it.
        namespace = kubernetes.core.v1.Namespace(
            f"{name}-namespace",
            metadata=kubernetes.meta.v1.ObjectMetaArgs(name=NAMESPACE, labels={"aws-observability": "enabled"}),
            opts=pulumi.ResourceOptions(parent=self, provider=args.kubernetes_provider, depends_on=list(args.after)),
        )
        self.ready = kubernetes.core.v1.ConfigMap(
            f"{name}-config",
            # The name itself, not the namespace's output: that is unknown in a first preview, and policies read it.
            metadata=kubernetes.meta.v1.ObjectMetaArgs(name="aws-logging", namespace=NAMESPACE),
            data=config_map_data(args.log_group_name, args.region, args.filters, args.parsers),
            opts=pulumi.ResourceOptions(
                parent=self, provider=args.kubernetes_provider, depends_on=[*args.after, namespace, group]
            ),
        )
        self.register_outputs({})
