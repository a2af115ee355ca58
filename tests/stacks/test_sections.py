"""What each section of the settings refuses by itself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stacks.configured import EXISTING_VPC, FARGATE, MIXED, NO_NAT, REMOVED, changed, problems_of


@pytest.mark.parametrize(
    ("config", "sentences"),
    [
        pytest.param(
            changed(FARGATE, {"network.zones": ["use1-az1"]}),
            "network.zones: got a list of 1; 2 entries or more are wanted",
            id="one zone",
        ),
        pytest.param(
            changed(FARGATE, {"network.zones": [f"use1-az{n}" for n in range(1, 6)]}),
            "network.zones: got a list of 5; 4 entries at most are wanted",
            id="five zones",
        ),
        pytest.param(
            changed(FARGATE, {"network.nat": "two"}),
            "network.nat: got \"two\"; allowed: 'none', 'single', 'perZone'",
            id="no way to the internet that there is",
        ),
        pytest.param(
            changed(NO_NAT, {"network.endpoints": ["s3", "s4"]}),
            "network.endpoints[1]: got \"s4\"; allowed: 's3', 'ecr.api', 'ecr.dkr', 'sts', 'logs', 'ec2', "
            "'elasticloadbalancing', 'eks'",
            id="an endpoint that is none",
        ),
        pytest.param(
            changed(FARGATE, {"network.cidr": REMOVED}),
            "network: it has no cidr; a VPC to make needs both, such as cidr: 10.0.0.0/16 and zones: "
            "[use1-az1, use1-az2]; or name one that exists, with existing",
            id="a VPC to make without its CIDR",
        ),
        pytest.param(
            changed(EXISTING_VPC, {"network.cidr": "10.0.0.0/16"}),
            "network: existing stands alone, since that VPC has its own; leave out cidr",
            id="a VPC to make and one that exists",
        ),
        pytest.param(
            changed(EXISTING_VPC, {"network.existing.publicSubnetIds.0": "subnet-0aaaaaaaaaaaaaaa1"}),
            "network.existing: subnet-0aaaaaaaaaaaaaaa1 stands in privateSubnetIds and in publicSubnetIds; a "
            "subnet is one of the two",
            id="a subnet that is private and public",
        ),
        pytest.param(
            changed(EXISTING_VPC, {"network.existing.privateSubnetIds": ["subnet-0aaaaaaaaaaaaaaa1"]}),
            "network.existing.privateSubnetIds: got a list of 1; 2 entries or more are wanted",
            id="one private subnet",
        ),
        pytest.param(
            changed(FARGATE, {"cluster.endpoint.publicCidrs": []}),
            "cluster.endpoint.publicCidrs: got a list of 0; 1 entries or more are wanted",
            id="nobody at the public endpoint",
        ),
        pytest.param(
            changed(FARGATE, {"cluster.admins": ["arn:aws:iam::123456789012:role/x"] * 2}),
            "cluster.admins: got a list of 2; arn:aws:iam::123456789012:role/x stands there twice; name each once",
            id="an administrator twice",
        ),
        pytest.param(
            changed(FARGATE, {"cluster.logRetentionDays": 30}),
            "cluster: logRetentionDays is set, but there are no logTypes to keep; name some, or leave it out",
            id="a retention without logs",
        ),
        pytest.param(
            changed(FARGATE, {"logging": {"enabled": True, "retentionDays": 8}}),
            "logging.retentionDays: got the number 8; allowed: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, "
            "400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
            id="a retention that CloudWatch has not",
        ),
        pytest.param(
            changed(MIXED, {"nodeGroups.general.taints": [{"key": "a", "effect": "NoSchedule"}]}),
            "nodeGroups.general.taints[0].effect: got \"NoSchedule\"; allowed: 'NO_SCHEDULE', 'NO_EXECUTE', "
            "'PREFER_NO_SCHEDULE'",
            id="a taint in Kubernetes's words",
        ),
        pytest.param(
            changed(MIXED, {"nodeGroups.general.diskGib": 10}),
            "nodeGroups.general.diskGib: got the number 10; 20 or more is wanted",
            id="a small disk",
        ),
        pytest.param(
            changed(MIXED, {"nodeGroups.general.maxSize": 1}),
            "nodeGroups.general: minSize 1, desiredSize 2, maxSize 1: they have to rise in this order",
            id="a desired size above the largest",
        ),
        pytest.param(
            changed(FARGATE, {"rules": {"cluster-version": "loud"}}),
            "rules.cluster-version.level: got \"loud\"; allowed: 'off', 'warning', 'error'",
            id="a level that is none",
        ),
    ],
)
def test_a_section_that_contradicts_itself_is_refused(config: dict[str, Any], sentences: str) -> None:
    assert "\n".join(problems_of(config)) == sentences
