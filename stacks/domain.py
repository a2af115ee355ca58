"""The kinds of text that settings hold: each says what it takes, so that every setting of a kind says the same."""

from __future__ import annotations

import re
from collections import Counter
from ipaddress import IPv4Network
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from components.subnet_layout import problem_of


def refused(message: str) -> PydanticCustomError:
    """An error whose text stands as it is after the setting's key and value."""
    return PydanticCustomError("refused", "{message}", {"message": message})


def _pattern(expression: str, wanted: str) -> AfterValidator:
    compiled = re.compile(expression, re.ASCII)

    def check(text: str) -> str:
        if not compiled.fullmatch(text):
            raise refused(wanted)
        return text

    return AfterValidator(check)


def _ipv4_block(text: str) -> str:
    try:
        network = IPv4Network(text)
    except ValueError as error:
        message = f"{error}; write an IPv4 block such as 203.0.113.0/24"
        raise refused(message) from None
    # Python reads more than AWS does: a lone address, a mask in dots.
    if text != str(network):
        message = f"write it as {network}"
        raise refused(message)
    return text


def _layout(text: str) -> str:
    if problem := problem_of(text):
        raise refused(problem)
    return text


def _distinct(values: tuple[str, ...]) -> tuple[str, ...]:
    twice = sorted(value for value, count in Counter(values).items() if count > 1)
    if twice:
        message = f"{', '.join(twice)} stands there twice; name each once"
        raise refused(message)
    return values


def _auto(value: Any) -> Any:
    if isinstance(value, str) and value != "auto":
        message = "auto is wanted, or a list of services such as [s3, sts]"
        raise refused(message)
    return None if value == "auto" else value


Distinct = AfterValidator(_distinct)
VpcCidr = Annotated[str, AfterValidator(_layout)]
Cidr = Annotated[str, AfterValidator(_ipv4_block)]
AccountId = Annotated[
    str, _pattern(r"\d{12}", "an AWS account id has 12 digits; in quotes, or YAML drops zeros at its beginning")
]
VpcId = Annotated[str, _pattern(r"vpc-[0-9a-f]{8,17}", "a VPC id looks like vpc-0123456789abcdef0")]
SubnetId = Annotated[str, _pattern(r"subnet-[0-9a-f]{8,17}", "a subnet id looks like subnet-0123456789abcdef0")]
KubernetesVersion = Annotated[
    str, _pattern(r"\d{1,3}\.\d{1,3}", "a Kubernetes version is MAJOR.MINOR in quotes, such as '1.35'")
]
ClusterName = Annotated[
    str,
    _pattern(
        r"[0-9A-Za-z][0-9A-Za-z_-]{0,99}",
        "a cluster name has 1 to 100 letters, digits, '-' or '_' and begins with a letter or digit",
    ),
]
NodeGroupName = Annotated[
    str,
    _pattern(
        # EKS takes 63 characters, and the physical name has 14 more: `nodes-` before, a suffix of Pulumi's behind.
        r"[0-9A-Za-z][0-9A-Za-z_-]{0,48}",
        "a node group name has 1 to 49 letters, digits, '-' or '_' and begins with a letter or digit",
    ),
]
PrincipalArn = Annotated[
    str,
    _pattern(
        r"arn:aws[a-z-]*:iam::\d{12}:(role|user)/[\w+=,.@/-]+",
        "an administrator is an IAM role's or user's ARN, such as arn:aws:iam::123456789012:role/platform",
    ),
]
ImageReference = Annotated[
    str,
    _pattern(
        r"[^\s:@]+(:\d+)?/[^\s:@]+:[\w.-]{1,128}",
        "an image is REPOSITORY:TAG, such as 123456789012.dkr.ecr.us-east-1.amazonaws.com/lbc:v3.5.0",
    ),
]
EncryptionKey = Annotated[
    str,
    _pattern(
        r"awsOwnedKey|customerManagedKey|arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key/(mrk-)?[0-9a-f-]+",
        "allowed: awsOwnedKey, customerManagedKey (made here), or the ARN of a KMS key",
    ),
]
AddonVersion = Annotated[
    str, _pattern(r"v\d+\.\d+\.\d+-eksbuild\.\d+", "an add-on's version looks like v1.14.2-eksbuild.4")
]
InstanceType = Annotated[str, _pattern(r"[a-z0-9-]+\.[a-z0-9-]+", "an instance type looks like m6i.large")]
Automatic = BeforeValidator(_auto)
