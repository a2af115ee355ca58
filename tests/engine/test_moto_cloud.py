"""The cloud behind an AWS API: what it makes is there, what others change is found, what they take away is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.engine.cloud import CloudError, CloudObject
from tests.engine.moto_calls import Calls, table
from tests.engine.moto_cloud import MotoCloud
from tests.engine.moto_server import moto_server
from tests.engine.schemas import Schemas
from tests.engine.types_table import facts_of
from tests.engine.whole import INTERNET_GATEWAY, REGION, ROLE, SUBNET, VPC, trust

ELSEWHERE = "aws:eks/addon:Addon"


@dataclass(frozen=True)
class Account:
    """An AWS account with one VPC. aws: how others reach it."""

    cloud: MotoCloud
    aws: Calls
    vpc: CloudObject

    def read(self, found: CloudObject) -> CloudObject | None:
        return self.cloud.read(found.type, found.id, REGION)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with moto_server() as served:
        yield served


@pytest.fixture
def account(endpoint: str, tmp_path: Path) -> Account:
    # Not reset before each test, which would take seconds: a VPC of its own is enough.
    aws = Calls(endpoint)
    cloud = MotoCloud(tmp_path, endpoint)
    inputs = {"cidrBlock": "10.0.0.0/16", "enableDnsHostnames": True, "tags": {"team": "a", "stage": "dev"}}
    return Account(cloud, aws, cloud.create(VPC, "vpc", inputs, REGION))


def test_what_is_made_is_in_aws_under_the_id_that_it_gave(account: Account) -> None:
    assert account.vpc.id in account.aws.all(REGION)[VPC]
    assert account.vpc.outputs["arn"].endswith(f":vpc/{account.vpc.id}")
    asked = {"VpcId": account.vpc.id, "Attribute": "enableDnsHostnames"}
    assert account.aws.call("ec2", REGION, "describe_vpc_attribute", asked)["EnableDnsHostnames"] == {"Value": True}


def test_what_is_read_without_a_change_is_as_it_was_given(account: Account) -> None:
    assert account.read(account.vpc) == account.vpc


def test_what_others_change_in_aws_is_read(account: Account) -> None:
    tags = [{"Key": "team", "Value": "b"}, {"Key": "owner", "Value": "c"}]
    account.aws.call("ec2", REGION, "create_tags", {"Resources": [account.vpc.id], "Tags": tags})
    hostnames = {"VpcId": account.vpc.id, "EnableDnsHostnames": {"Value": False}}
    account.aws.call("ec2", REGION, "modify_vpc_attribute", hostnames)
    found = account.read(account.vpc)
    assert found is not None
    assert found.inputs == {
        "cidrBlock": "10.0.0.0/16",
        "enableDnsHostnames": False,
        "tags": {"team": "b", "stage": "dev", "owner": "c"},
    }


def test_what_others_delete_in_aws_is_gone(account: Account) -> None:
    account.aws.call("ec2", REGION, "delete_vpc", {"VpcId": account.vpc.id})
    assert account.read(account.vpc) is None


def test_an_update_reaches_aws_with_tags_added_and_taken_away(account: Account) -> None:
    inputs = {**account.vpc.inputs, "enableDnsHostnames": False, "tags": {"team": "b"}}
    account.cloud.update(VPC, account.vpc.id, inputs, REGION)
    told = account.aws.call("ec2", REGION, "describe_vpcs", {"VpcIds": [account.vpc.id]})["Vpcs"][0]
    assert told["Tags"] == [{"Key": "team", "Value": "b"}]
    found = account.read(account.vpc)
    assert found is not None
    assert found.inputs == inputs


def test_a_policy_document_is_the_same_however_it_is_written(account: Account) -> None:
    given = trust("eks.amazonaws.com").replace(" ", "   ")
    role = account.cloud.create(ROLE, "role", {"name": "role", "assumeRolePolicy": given}, REGION)
    found = account.read(role)
    assert found is not None
    assert found.inputs["assumeRolePolicy"] == given


def test_what_aws_refuses_is_refused_in_its_words(account: Account) -> None:
    subnet = {"vpcId": account.vpc.id, "cidrBlock": "10.9.0.0/24"}
    with pytest.raises(CloudError, match=r"^InvalidSubnet.Range: The CIDR '10.9.0.0/24' is invalid"):
        account.cloud.create(SUBNET, "subnet", subnet, REGION)


def test_a_change_that_nothing_here_can_make_is_refused(account: Account) -> None:
    gateway = account.cloud.create(INTERNET_GATEWAY, "gateway", {"vpcId": account.vpc.id}, REGION)
    with pytest.raises(CloudError, match=r"^NotImplemented: asked for"):
        account.cloud.update(VPC, account.vpc.id, {**account.vpc.inputs, "cidrBlock": "10.1.0.0/16"}, REGION)
    account.cloud.delete(gateway.type, gateway.id, REGION)
    account.cloud.delete(VPC, account.vpc.id, REGION)
    assert account.vpc.id not in account.aws.all(REGION).get(VPC, [])


@pytest.mark.filterwarnings("ignore::DeprecationWarning:pulumi_aws")
def test_the_table_of_calls_reads_inputs_and_outputs_that_exist(tmp_path: Path) -> None:
    schemas = Schemas(tmp_path)
    internal = {"versionId"}
    for type_, row in table().items():
        facts = facts_of(type_)
        assert facts is not None, type_
        known = {*schemas.inputs_of(type_), *facts.outputs, *internal}
        for _, _, outputs in row["read"]:
            braces = outputs[outputs.rindex(".{") + 2 if ".{" in outputs else outputs.index("{") + 1 :]
            keys = {part.partition(":")[0].strip() for part in braces.split(",") if ":" in part}
            assert keys - known <= {"oidcs"}, f"{type_}: {sorted(keys - known)}"
