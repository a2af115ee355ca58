"""The text formats that AWS's resource schemas name.

Source: https://github.com/aws-cloudformation/cfn-lint/blob/main/docs/format_keyword.md
"""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Callable, Mapping


def _matching(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: compiled.fullmatch(text) is not None


def _parsed_by(parse: Callable[[str], object]) -> Callable[[str], bool]:
    def parses(text: str) -> bool:
        try:
            parse(text)
        except ValueError:
            return False
        return True

    return parses


_HEX = "([0-9a-f]{8}|[0-9a-f]{17})"
_KEY_ID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32}|alias/[a-zA-Z0-9/_-]+"

_FORMATS: Mapping[str, tuple[str, Callable[[str], bool]]] = {
    "AWS::EC2::Image.Id": ("an image id, ami-0123456789abcdef0", _matching(f"ami-{_HEX}|resolve:ssm:.+")),
    "AWS::EC2::SecurityGroup.Id": ("a security group id, sg-0123456789abcdef0", _matching(f"sg-{_HEX}")),
    "AWS::EC2::SecurityGroup.Name": (
        "a security group name: letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
        _matching(r"[a-zA-Z0-9 ._\-:/()#,@\[\]+=&;{}!$*]+"),
    ),
    "AWS::EC2::Subnet.Id": ("a subnet id, subnet-0123456789abcdef0", _matching(f"subnet-{_HEX}")),
    "AWS::EC2::VPC.Id": ("a VPC id, vpc-0123456789abcdef0", _matching(f"vpc-{_HEX}")),
    "AWS::IAM::Role.Arn": (
        "a role ARN, arn:aws:iam::123456789012:role/NAME",
        _matching(r"arn:aws[a-zA-Z-]*:iam::\d{12}:role/.+"),
    ),
    "AWS::KMS::Alias.AliasName": ("an alias name, alias/NAME", _matching("alias/[a-zA-Z0-9:/_-]+")),
    "AWS::KMS::Key.Arn": (
        "a key ARN, arn:aws:kms:REGION:123456789012:key/ID",
        _matching(r"arn:aws[a-zA-Z-]*:kms:[a-z0-9-]+:\d{12}:(key|alias)/.+"),
    ),
    "AWS::KMS::Key.Id": ("a key id", _matching(_KEY_ID)),
    "AWS::Logs::LogGroup.Name": (
        "a log group name: up to 512 letters, digits and .-_/#",
        _matching("[.\\-_/#A-Za-z0-9]{1,512}"),
    ),
    "ipv4-network": ("an IPv4 CIDR block, 10.0.0.0/16, its first address", _parsed_by(ipaddress.IPv4Network)),
    "ipv6-network": ("an IPv6 CIDR block, 2001:db8::/56, its first address", _parsed_by(ipaddress.IPv6Network)),
    "json": ("JSON", _parsed_by(json.loads)),
}

CHECKS: dict[str, Callable[[str], bool]] = {name: check for name, (_words, check) in _FORMATS.items()}
WORDS: Mapping[str, str] = {name: words for name, (words, _check) in _FORMATS.items()}
