"""The shape of the settings: one class a section, strict about types and unknown keys.

Keys are camelCase in the stack files; every default is what happens when a key is left out.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from stacks.domain import (
    AddonVersion,
    Automatic,
    Cidr,
    ClusterName,
    Distinct,
    EncryptionKey,
    ImageReference,
    InstanceType,
    KubernetesVersion,
    NodeGroupName,
    PrincipalArn,
    SubnetId,
    VpcCidr,
    VpcId,
    refused,
)

EndpointService = Literal["s3", "ecr.api", "ecr.dkr", "sts", "logs", "ec2", "elasticloadbalancing", "eks"]
LogType = Literal["api", "audit", "authenticator", "controllerManager", "scheduler"]
# https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
RetentionDays = Literal[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]  # fmt: skip # noqa: E501


class Section(BaseModel):
    """A mapping of settings: unknown keys and values of another type are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, alias_generator=to_camel)


class ExistingNetwork(Section):
    """A VPC that stands already. internet_access: whether its private subnets reach AWS's public endpoints."""

    vpc_id: VpcId
    private_subnet_ids: Annotated[tuple[SubnetId, ...], Field(min_length=2), Distinct]
    public_subnet_ids: Annotated[tuple[SubnetId, ...], Distinct] = ()
    internet_access: bool = True

    @model_validator(mode="after")
    def _private_or_public(self) -> ExistingNetwork:
        if both := sorted({*self.private_subnet_ids} & {*self.public_subnet_ids}):
            message = f"{', '.join(both)} stands in privateSubnetIds and in publicSubnetIds; a subnet is one of the two"
            raise refused(message)
        return self


class NetworkSection(Section):
    """`network`: a VPC to make (cidr, zones, nat, endpoints), or one that exists.

    endpoints: None for `auto`: s3 alone with NAT, otherwise all that the chosen features need.
    """

    cidr: VpcCidr | None = None
    zones: Annotated[tuple[str, ...], Field(min_length=2, max_length=4), Distinct] | None = None
    nat: Literal["none", "single", "perZone"] = "single"
    # Not strict: behind a validator of our own a list no longer counts as JSON's.
    endpoints: Annotated[Annotated[tuple[EndpointService, ...], Field(strict=False), Distinct] | None, Automatic] = None
    existing: ExistingNetwork | None = None

    @model_validator(mode="after")
    def _made_or_existing(self) -> NetworkSection:
        given = [to_camel(key) for key in sorted(self.model_fields_set - {"existing"})]
        if self.existing is not None and given:
            message = f"existing stands alone, since that VPC has its own; leave out {', '.join(given)}"
            raise refused(message)
        missing = [key for key in ("cidr", "zones") if getattr(self, key) is None]
        if self.existing is None and missing:
            message = (
                f"it has no {' and no '.join(missing)}; a VPC to make needs both, such as cidr: 10.0.0.0/16 and "
                "zones: [use1-az1, use1-az2]; or name one that exists, with existing"
            )
            raise refused(message)
        return self


class EndpointSection(Section):
    """`cluster.endpoint`: how the API server is reached."""

    public: bool = True
    private: bool = True
    public_cidrs: Annotated[tuple[Cidr, ...], Field(min_length=1, max_length=40), Distinct] = ("0.0.0.0/0",)


class ClusterSection(Section):
    """`cluster`: a control plane to make, or the name of one that exists.

    oidc_provider: for an existing cluster, whether its IAM OIDC provider exists or is to be made.
    encryption: whose key encrypts secrets: awsOwnedKey, customerManagedKey (made here), or a KMS key's ARN.
    """

    version: KubernetesVersion
    existing: ClusterName | None = None
    oidc_provider: Literal["existing", "create"] = "existing"
    endpoint: EndpointSection = EndpointSection()
    log_types: Annotated[tuple[LogType, ...], Distinct] = ()
    log_retention_days: RetentionDays = 30
    encryption: EncryptionKey = "awsOwnedKey"
    support_type: Literal["standard", "extended"] = "extended"
    admins: Annotated[tuple[PrincipalArn, ...], Distinct] = ()

    @model_validator(mode="after")
    def _logs_are_kept(self) -> ClusterSection:
        if "log_retention_days" in self.model_fields_set and not self.log_types:
            message = "logRetentionDays is set, but there are no logTypes to keep; name some, or leave it out"
            raise refused(message)
        return self


class SelectorSection(Section):
    """One selector of a profile."""

    namespace: str
    labels: dict[str, str] = {}


class ProfileSection(Section):
    """One entry of `profiles`. subnets: zone ids, or with an existing VPC subnet ids; empty for all."""

    selectors: tuple[SelectorSection, ...]
    subnets: Annotated[tuple[str, ...], Distinct] = ()
    fixed_name: bool = False
    tags: dict[str, str] = {}


class CoreDnsSection(Section):
    """`coreDns`. None: what the data plane calls for (see `Environment.core_dns`)."""

    manage: Literal["addon", "patch", "none"] | None = None
    run_on: Literal["fargate", "nodes"] | None = None
    version: AddonVersion | None = None


class AlbIngressSection(Section):
    """`albIngress`. internet_facing: whether load balancers may face the internet, which takes public subnets."""

    enabled: bool = False
    internet_facing: bool = True
    image: ImageReference | None = None


class LoggingSection(Section):
    """`logging`: the logs of pods on Fargate, to CloudWatch. filters, parsers: further Fluent Bit sections."""

    enabled: bool = False
    retention_days: RetentionDays = 30
    filters: str | None = None
    parsers: str | None = None


class TaintSection(Section):
    """One taint of a node group."""

    key: str
    effect: Literal["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"]
    value: str | None = None


class NodeGroupSection(Section):
    """One entry of `nodeGroups`."""

    instance_types: Annotated[tuple[InstanceType, ...], Field(min_length=1), Distinct]
    ami_type: Literal["AL2023_x86_64_STANDARD", "AL2023_ARM_64_STANDARD"] = "AL2023_x86_64_STANDARD"
    capacity_type: Literal["ON_DEMAND", "SPOT"] = "ON_DEMAND"
    min_size: Annotated[int, Field(ge=0)] = 1
    desired_size: Annotated[int, Field(ge=0)] = 2
    max_size: Annotated[int, Field(ge=1)] = 3
    disk_gib: Annotated[int, Field(ge=20, le=16384)] = 20
    labels: dict[str, str] = {}
    taints: tuple[TaintSection, ...] = ()

    @model_validator(mode="after")
    def _sizes_in_order(self) -> NodeGroupSection:
        if not self.min_size <= self.desired_size <= self.max_size:
            message = (
                f"minSize {self.min_size}, desiredSize {self.desired_size}, maxSize {self.max_size}: "
                "they have to rise in this order"
            )
            raise refused(message)
        return self


def _level_alone(value: Any) -> Any:
    if not isinstance(value, (str, dict)):
        message = "a level is wanted (off, warning, error), or a mapping of level and suppress"
        raise refused(message)
    return {"level": value} if isinstance(value, str) else value


class RuleSection(Section):
    """One entry of `rules`: a level, and names of AWS resources that are let off. A level may stand alone."""

    level: Literal["off", "warning", "error"] | None = None
    # Not strict: behind `_level_alone` a list no longer counts as JSON's.
    suppress: Annotated[tuple[str, ...], Field(strict=False)] = ()


Profiles = dict[str, ProfileSection]
NodeGroups = dict[NodeGroupName, NodeGroupSection]
Rules = dict[str, Annotated[RuleSection, BeforeValidator(_level_alone)]]
Tags = dict[str, str]
Overrides = dict[str, dict[str, Any]]
