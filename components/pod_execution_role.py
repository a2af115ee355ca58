"""The role by which Fargate pulls images and, where logging is on, ships logs for the pods of one cluster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
from pulumi_aws import iam

from components.iam import allow, document, managed_policy_arn, service_trust

# What Fluent Bit's CloudWatch output asks for. https://docs.aws.amazon.com/eks/latest/userguide/fargate-logging.html
LOG_ACTIONS = ("logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents")


@dataclass(frozen=True, slots=True)
class PodExecutionRoleArgs:
    """Arguments of `PodExecutionRole`.

    role_name: physical name; it is part of what replaces a profile, so it is known before deployment.
    partition: of the AWS account. profile_arns: pattern of the ARNs of the cluster's profiles, which alone may use
    the role. log_group_arn: of the log group that pods write to; omitted: the role has no log actions.
    tags: on the role. Omitted: none.
    """

    role_name: str
    partition: str
    profile_arns: pulumi.Input[str]
    log_group_arn: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


class PodExecutionRole(pulumi.ComponentResource):
    """An IAM role for `eks-fargate-pods.amazonaws.com`, of this cluster's profiles alone.

    arn: output. permissions: the attachments; a profile depends on them, else its first pods cannot pull.
    """

    arn: pulumi.Output[str]
    permissions: list[pulumi.Resource]

    def __init__(self, name: str, args: PodExecutionRoleArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("eks-fargate:index:PodExecutionRole", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        role = iam.Role(
            f"{name}-role",
            name=args.role_name,
            # EKS takes no other path. https://docs.aws.amazon.com/eks/latest/userguide/pod-execution-role.html
            path="/",
            # The condition keeps profiles of other clusters from using the role (the confused deputy).
            assume_role_policy=pulumi.Output.from_input(args.profile_arns).apply(
                lambda arns: service_trust("eks-fargate-pods.amazonaws.com", {"ArnLike": {"aws:SourceArn": arns}})
            ),
            description="Fargate pods: pull images, ship logs",
            tags=dict(args.tags),
            opts=child,
        )
        self.arn = role.arn
        self.permissions = [
            iam.RolePolicyAttachment(
                f"{name}-fargate",
                role=role.name,
                policy_arn=managed_policy_arn(args.partition, "AmazonEKSFargatePodExecutionRolePolicy"),
                opts=child,
            )
        ]
        if args.log_group_arn is not None:
            self.permissions.append(
                iam.RolePolicy(
                    f"{name}-logging",
                    role=role.name,
                    policy=document(allow(LOG_ACTIONS, [args.log_group_arn, f"{args.log_group_arn}:*"])),
                    opts=child,
                )
            )
        self.register_outputs({"arn": self.arn})
