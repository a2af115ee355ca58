"""How planned resources are found again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eks_fargate.fargate.resource_types import PROFILE
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.live.checks import State
from eks_fargate.live.demand import Demand
from eks_fargate.live.failures import Failure, Kind
from eks_fargate.live.verify.found import compared_subnets, found, planned_blocks
from tests.live.conftest import Live


def test_the_vpc_is_the_clusters(live: Live, demand: Demand) -> None:
    live.cluster["resourcesVpcConfig"]["vpcId"] = "vpc-elsewhere"
    assert found(live.account, demand).vpc_id == "vpc-elsewhere"


def test_without_a_cluster_the_vpc_is_told_by_its_tag_and_block(live: Live, demand: Demand) -> None:
    live.documented.fails("eks", "DescribeCluster", "ResourceNotFoundException")
    assert found(live.account, demand).vpc_id == live.environment.vpc_id


def test_a_vpc_of_another_name_is_not_the_plans(live: Live, demand: Demand) -> None:
    live.documented.fails("eks", "DescribeCluster", "ResourceNotFoundException")
    live.documented.answers("ec2", "DescribeVpcs", {"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.30.0.0/16"}]})
    assert found(live.account, demand).vpc_id == Failure(Kind.MISSING, "ec2:DescribeVpcs")


@pytest.mark.parametrize("ids", [UNKNOWN, [UNKNOWN], [UNKNOWN, UNKNOWN, UNKNOWN]])
def test_subnets_of_which_some_are_not_known_are_not_checked(demand: Demand, ids: object) -> None:
    profile = demand.stack.of_type(PROFILE)[0]
    unclear = replace(profile, inputs={**profile.inputs, "subnetIds": ids})
    planned = planned_blocks(unclear, "subnetIds", demand)
    assert planned is None
    assert compared_subnets("a", "x", planned, ["subnet-1"], {"Subnets": []}).state is State.NOT_CHECKED
