"""A plan as a person reads it: the tree of its resources with the values that matter, its outputs and a count."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from eks_fargate.cli.plan_order import siblings_in_order
from eks_fargate.fargate.profiles import Selector
from eks_fargate.fargate.resource_types import STACK
from eks_fargate.fargate.resources import Resource
from eks_fargate.offline.plan import UNKNOWN_SHOWN, Plan, masked

# Type -> the inputs worth a look, by dotted path.
_TOLD: Final[Mapping[str, tuple[str, ...]]] = {
    "aws:cloudwatch/logGroup:LogGroup": ("name", "retentionInDays"),
    "aws:ec2/natGateway:NatGateway": ("connectivityType",),
    "aws:ec2/route:Route": ("destinationCidrBlock",),
    "aws:ec2/subnet:Subnet": ("cidrBlock", "availabilityZoneId", "availabilityZone", "mapPublicIpOnLaunch"),
    "aws:ec2/vpc:Vpc": ("cidrBlock", "enableDnsHostnames"),
    "aws:ec2/vpcEndpoint:VpcEndpoint": ("serviceName", "vpcEndpointType"),
    "aws:eks/accessEntry:AccessEntry": ("principalArn", "type"),
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": ("principalArn", "policyArn"),
    "aws:eks/addon:Addon": ("addonName", "addonVersion"),
    "aws:eks/cluster:Cluster": (
        "name",
        "version",
        "vpcConfig.endpointPrivateAccess",
        "vpcConfig.endpointPublicAccess",
        "vpcConfig.publicAccessCidrs",
        "enabledClusterLogTypes",
    ),
    "aws:eks/fargateProfile:FargateProfile": ("fargateProfileName", "selectors"),
    "aws:eks/nodeGroup:NodeGroup": ("instanceTypes", "capacityType", "amiType", "scalingConfig"),
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": ("namespace", "serviceAccount"),
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": ("clientIdLists",),
    "aws:iam/policy:Policy": ("name", "path"),
    "aws:iam/role:Role": ("name", "path"),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ("policyArn",),
    "aws:kms/alias:Alias": ("name",),
    "aws:kms/key:Key": ("enableKeyRotation", "deletionWindowInDays"),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ("ipProtocol", "fromPort", "toPort", "cidrIpv4"),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ("ipProtocol", "fromPort", "toPort", "cidrIpv4"),
    "kubernetes:helm.sh/v3:Release": ("namespace", "chart", "version"),
}
_TOLD_OF_KUBERNETES: Final = ("metadata.namespace", "metadata.name", "spec.replicas")
_TOLD_OPTIONS: Final = ("protect", "retainOnDelete")


def plan_text(plan: Plan) -> str:
    """The plan as text, ending in a newline."""
    lines = [f"{plan.project} {plan.stack}{f' in {plan.region}' if plan.region else ''}"]
    for stack in plan.of_type(STACK):
        lines += _tree(siblings_in_order(plan), stack, "")
    lines += ["", _counted(plan)]
    if plan.outputs:
        lines += ["", "Outputs:"]
        lines += [f"  {key}: {value_text(value)}" for key, value in masked(plan.outputs, plan.secret_outputs).items()]
    for title, sentences in (
        ("Logged by the program:", [f"{log.severity}: {log.message}" for log in plan.logs]),
        ("Not known offline:", list(plan.notes)),
    ):
        if sentences:
            lines += ["", title, *(f"  {sentence}" for sentence in sentences)]
    return "\n".join(lines) + "\n"


def type_name(type_: str) -> str:
    """A type without the noise: `ec2 Vpc`, `apps/v1 Deployment`, `Network`, `kubernetes provider`."""
    package, module, name = type_.split(":", 2)
    if package == "pulumi" and module == "providers":
        return f"{name} provider"
    if package == "kubernetes":
        return f"{module} {name}"
    return f"{module.partition('/')[0]} {name}" if package == "aws" else name


def _tree(children: Mapping[str, Sequence[Resource]], parent: Resource, indent: str) -> Iterator[str]:
    siblings = children.get(parent.urn, ())
    for child in siblings:
        last = child is siblings[-1]
        yield f"{indent}{'└─ ' if last else '├─ '}{_line(child, parent)}"
        yield from _tree(children, child, indent + ("   " if last else "│  "))


def _line(resource: Resource, parent: Resource) -> str:
    told = "  ".join(_told(resource, parent))
    return f"{type_name(resource.type)} {resource.name}{f'  {told}' if told else ''}"


def _told(resource: Resource, parent: Resource) -> Iterator[str]:
    inputs = masked(resource.inputs, resource.secret_paths)
    kubernetes = _TOLD_OF_KUBERNETES if resource.type.startswith("kubernetes:") else ()
    for path in _TOLD.get(resource.type, kubernetes):
        value = _at(inputs, path)
        if value is not None and value != UNKNOWN_SHOWN:
            yield f"{path.rpartition('.')[2]}={value_text(value)}"
    for option in _TOLD_OPTIONS:
        if resource.options.get(option) and not parent.options.get(option):
            yield option


def _at(inputs: Any, path: str) -> Any:
    for key in path.split("."):
        inputs = inputs.get(key) if isinstance(inputs, Mapping) else None
    return inputs


def value_text(value: Any) -> str:
    """A value as it may be shown, without the noise of JSON; a selector of Fargate as one."""
    if isinstance(value, str):
        return value
    if (
        isinstance(value, Mapping)
        and isinstance(value.get("namespace"), str)
        and value.keys() <= {"namespace", "labels"}
    ):
        return str(Selector(value["namespace"], value.get("labels") or {}))
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {value_text(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(value_text, value)) + "]"
    return json.dumps(value)


def top_of(resource: Resource, by_urn: Mapping[str, Resource]) -> Resource:
    """The topmost resource below the stack that a resource stands under; itself where it stands under none."""
    while (parent := by_urn.get(resource.parent)) is not None and parent.type != STACK:
        resource = parent
    return resource


def _counted(plan: Plan) -> str:
    """How many resources are custom ones, in all and by the component at the top that they stand under."""
    by_urn = {resource.urn: resource for resource in plan.resources}
    counts: Counter[str] = Counter()
    for resource in plan.resources:
        if resource.custom:
            top = top_of(resource, by_urn)
            counts["no component" if top.custom else f"{type_name(top.type)} {top.name}"] += 1
    parts = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
    noun = "resource" if counts.total() == 1 else "resources"
    return f"{counts.total()} {noun}" + (f": {parts}" if parts else "")
