"""The settings of a planned control plane, whichever type of resource plans it."""

from __future__ import annotations

from typing import Any

from eks_fargate.fargate.resource_types import CLUSTER
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.rules.base import each, read
from eks_fargate.fargate.unknown import UNKNOWN, Unknown

CLUSTER_COMPONENT = "eks:index:Cluster"

_EVERY_ADDRESS = ("0.0.0.0/0", "::/0")

# Where each setting stands in a cluster's inputs.
# Source: https://www.pulumi.com/registry/packages/aws/api-docs/eks/cluster/
_PATHS = {
    "access": ("accessConfig", "authenticationMode"),
    "cidrs": ("vpcConfig", "publicAccessCidrs"),
    "encryption": ("encryptionConfig",),
    "logs": ("enabledClusterLogTypes",),
    "private": ("vpcConfig", "endpointPrivateAccess"),
    "public": ("vpcConfig", "endpointPublicAccess"),
}
# Source: https://www.pulumi.com/registry/packages/eks/api-docs/cluster/
_COMPONENT_PATHS = {
    "access": ("authenticationMode",),
    "cidrs": ("publicAccessCidrs",),
    "encryption": ("encryptionConfigKeyArn",),
    "logs": ("enabledClusterLogTypes",),
    "private": ("endpointPrivateAccess",),
    "public": ("endpointPublicAccess",),
}
# What EKS takes where nothing is said: https://docs.aws.amazon.com/eks/latest/APIReference/API_VpcConfigRequest.html
# and https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessConfigRequest.html
_DEFAULTS: dict[str, Any] = {"access": "CONFIG_MAP", "private": False, "public": True}


def setting(cluster: Resource, name: str) -> tuple[str, Any]:
    """The path and value of a setting; where it is left out, what EKS takes, or None.

    name: access, cidrs, encryption, logs, private or public.
    """
    keys = (_PATHS if cluster.type == CLUSTER else _COMPONENT_PATHS)[name]
    value = read(cluster.inputs, *keys)
    return ".".join(keys), _DEFAULTS.get(name) if value is None else value


def is_open(cidrs: Any) -> bool | Unknown:
    """Whether a public endpoint with these CIDRs answers every address, as it does where there are none."""
    listed = [cidr for _, cidr in each(cidrs, "")]
    if not listed or any(cidr in _EVERY_ADDRESS for cidr in listed):
        return True
    return UNKNOWN if UNKNOWN in listed else False
