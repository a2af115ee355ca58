"""What is in an answer of EC2."""

from __future__ import annotations

from eks_fargate.live.answers import listed, name_of, route_table_of
from eks_fargate.live.failures import Failure, Kind


def test_a_failure_lists_nothing() -> None:
    assert listed(Failure(Kind.DENIED, "ec2:DescribeVpcs"), "Vpcs") == ()
    assert listed({"Vpcs": [{"VpcId": "vpc-1"}]}, "Vpcs") == [{"VpcId": "vpc-1"}]


def test_the_name_is_the_tag_of_that_key() -> None:
    assert name_of({"Tags": [{"Key": "name", "Value": "a"}, {"Key": "Name", "Value": "b"}]}) == "b"
    assert name_of({}) is None


def test_a_subnet_without_a_table_of_its_own_has_the_main_one() -> None:
    main = {"Associations": [{"Main": True}]}
    own = {"Associations": [{"SubnetId": "subnet-1"}]}
    assert route_table_of("subnet-1", [main, own]) is own
    assert route_table_of("subnet-2", [main, own]) is main
    assert route_table_of("subnet-2", [own]) is None
