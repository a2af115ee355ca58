"""The kinds of text that settings hold, and what each refuses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stacks.configured import EXISTING_VPC, FARGATE, MIXED, changed, problems_of


@pytest.mark.parametrize(
    ("config", "sentences"),
    [
        pytest.param(
            changed(FARGATE, {"cluster.version": 1.3}),
            "cluster.version: got the number 1.3; text is wanted: write it in quotes, '1.3' ('1.30' where 1.30 "
            "is meant)",
            id="a version as a bare number",
        ),
        pytest.param(
            changed(FARGATE, {"cluster.version": "1.35.1"}),
            "cluster.version: got \"1.35.1\"; a Kubernetes version is MAJOR.MINOR in quotes, such as '1.35'",
            id="a patch version",
        ),
        pytest.param(
            changed(FARGATE, {"network.cidr": "10.0.0.0/33"}),
            "network.cidr: got \"10.0.0.0/33\"; '33' is not a valid netmask; write an IPv4 network such as 10.0.0.0/16",
            id="a CIDR that is none",
        ),
        pytest.param(
            changed(FARGATE, {"network.cidr": "10.0.0.1/16"}),
            'network.cidr: got "10.0.0.1/16"; 10.0.0.1/16 has host bits set; write an IPv4 network such as 10.0.0.0/16',
            id="a CIDR with host bits",
        ),
        pytest.param(
            changed(FARGATE, {"network.cidr": "10.0.0.0/255.255.0.0"}),
            'network.cidr: got "10.0.0.0/255.255.0.0"; AWS takes it in CIDR form alone; write 10.0.0.0/16',
            id="a CIDR with a mask in dots",
        ),
        pytest.param(
            changed(FARGATE, {"network.cidr": "8.0.0.0/16"}),
            'network.cidr: got "8.0.0.0/16"; it is not a private range; take one within 10.0.0.0/8, '
            "172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10",
            id="a public CIDR",
        ),
        pytest.param(
            changed(FARGATE, {"network.cidr": "10.0.0.0/24"}),
            'network.cidr: got "10.0.0.0/24"; a /24 is too small: room for 4 zones is always kept, which takes '
            "/16 to /22",
            id="a CIDR without room for four zones",
        ),
        pytest.param(
            changed(FARGATE, {"network.cidr": "10.0.0.0/8"}),
            'network.cidr: got "10.0.0.0/8"; a /8 is too large: room for 4 zones is always kept, which takes '
            "/16 to /22",
            id="a CIDR larger than a VPC",
        ),
        pytest.param(
            changed(FARGATE, {"network.zones": ["use1-az1", "use1-az1"]}),
            "network.zones: got a list of 2; use1-az1 stands there twice; name each once",
            id="a zone twice",
        ),
        pytest.param(
            changed(EXISTING_VPC, {"network.existing.vpcId": "vpc-shop"}),
            'network.existing.vpcId: got "vpc-shop"; a VPC id looks like vpc-0123456789abcdef0',
            id="a VPC id that is none",
        ),
        pytest.param(
            changed(FARGATE, {"cluster.endpoint.publicCidrs": ["198.51.100.7"]}),
            'cluster.endpoint.publicCidrs[0]: got "198.51.100.7"; write it as 198.51.100.7/32',
            id="an address for a CIDR",
        ),
        pytest.param(
            changed(FARGATE, {"cluster.endpoint.publicCidrs": ["198.51.100.7/24"]}),
            'cluster.endpoint.publicCidrs[0]: got "198.51.100.7/24"; 198.51.100.7/24 has host bits set; write '
            "an IPv4 block such as 203.0.113.0/24",
            id="one wrong entry in a list of one",
        ),
        pytest.param(
            changed(FARGATE, {"cluster.admins": ["arn:aws:iam::123:role/x"]}),
            "cluster.admins[0]: got \"arn:aws:iam::123:role/x\"; an administrator is an IAM role's or user's "
            "ARN, such as arn:aws:iam::123456789012:role/platform",
            id="an administrator whose account has three digits",
        ),
        pytest.param(
            changed(FARGATE, {"cluster.encryption": "alias/mine"}),
            'cluster.encryption: got "alias/mine"; allowed: awsOwnedKey, customerManagedKey (made here), or '
            "the ARN of a KMS key",
            id="a key by its alias",
        ),
        pytest.param(
            changed(FARGATE, {"albIngress": {"enabled": True, "image": "registry.example/lbc"}}),
            'albIngress.image: got "registry.example/lbc"; an image is REPOSITORY:TAG, such as '
            "123456789012.dkr.ecr.us-east-1.amazonaws.com/lbc:v3.5.0",
            id="an image without a tag",
        ),
        pytest.param(
            changed(FARGATE, {"albIngress": {"enabled": True, "image": "registry.example/lbc@sha256:" + "0" * 64}}),
            "albIngress.image: got "
            '"registry.example/lbc@sha256:0000000000000000000000000000000000000000000000000000000000000000"; '
            "an image is REPOSITORY:TAG, such as 123456789012.dkr.ecr.us-east-1.amazonaws.com/lbc:v3.5.0",
            id="an image by its digest",
        ),
        pytest.param(
            changed(FARGATE, {"coreDns.version": "latest"}),
            'coreDns.version: got "latest"; an add-on\'s version looks like v1.14.2-eksbuild.4',
            id="an add-on version that is none",
        ),
        pytest.param(
            changed(MIXED, {"nodeGroups.a b": {"instanceTypes": ["m6i.large"]}}),
            "nodeGroups.a b: got \"a b\"; a node group name has 1 to 49 letters, digits, '-' or '_' and begins "
            "with a letter or digit",
            id="a node group's name with a space",
        ),
        pytest.param(
            changed(MIXED, {"nodeGroups.general.instanceTypes": ["large"]}),
            'nodeGroups.general.instanceTypes[0]: got "large"; an instance type looks like m6i.large',
            id="an instance type that is none",
        ),
    ],
)
def test_text_of_another_kind_is_refused(config: dict[str, Any], sentences: str) -> None:
    assert "\n".join(problems_of(config)) == sentences
