"""The Fargate profiles of a cluster, one at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi
from pulumi_aws import eks

from eks_fargate.fargate.profiles import Profile

# Creating or deleting one takes minutes, and AWS support has seen more than twenty; the provider would give up at ten.
# https://github.com/aws/containers-roadmap/issues/1211
_TIMEOUTS = pulumi.CustomTimeouts(create="30m", delete="30m")


@dataclass(frozen=True, slots=True)
class FargateProfileArgs:
    """One profile.

    profile: its settings key, physical name and selectors. subnet_ids: private subnets.
    fixed_name: the physical name is the same after a change, so the old profile has to go before the new one comes.
    tags: on the profile. Omitted: none.
    """

    profile: Profile
    subnet_ids: Sequence[pulumi.Input[str]]
    fixed_name: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FargateProfilesArgs:
    """Arguments of `FargateProfiles`.

    cluster_name: of the cluster. pod_execution_role_arn: the one role of all profiles.
    profiles: in any order; they are made in the order of their settings keys.
    after: what must stand before the first profile: the role's permissions, the way out of the subnets. Omitted: none.
    """

    cluster_name: pulumi.Input[str]
    pod_execution_role_arn: pulumi.Input[str]
    profiles: Sequence[FargateProfileArgs]
    after: Sequence[pulumi.Resource] = ()


class FargateProfiles(pulumi.ComponentResource):
    """Profiles that EKS creates and deletes one after another.

    profiles: the resources, sorted by settings key; what runs on them depends on all of them.
    """

    profiles: list[eks.FargateProfile]

    def __init__(self, name: str, args: FargateProfilesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("eks-fargate:index:FargateProfiles", name, {}, opts)
        self.profiles = []
        for one in sorted(args.profiles, key=lambda p: p.profile.key):
            self.profiles.append(
                eks.FargateProfile(
                    f"{name}-{one.profile.key}",
                    cluster_name=args.cluster_name,
                    fargate_profile_name=one.profile.name,
                    pod_execution_role_arn=args.pod_execution_role_arn,
                    subnet_ids=list(one.subnet_ids),
                    selectors=[
                        eks.FargateProfileSelectorArgs(
                            namespace=selector.namespace, labels=dict(selector.labels) or None
                        )
                        for selector in one.profile.selectors
                    ],
                    tags=dict(one.tags),
                    opts=pulumi.ResourceOptions(
                        parent=self,
                        # EKS refuses two creations or deletions at once, and Pulumi orders deletions by direct
                        # dependencies alone: so on every earlier profile, not just the one before.
                        # https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html
                        depends_on=[*args.after, *self.profiles],
                        # The provider's own default would delete first; only a kept name forces that.
                        delete_before_replace=one.fixed_name,
                        custom_timeouts=_TIMEOUTS,
                    ),
                )
            )
        self.register_outputs({"names": [profile.fargate_profile_name for profile in self.profiles]})
