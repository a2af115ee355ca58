"""How planned resources are found again: by names that are fixed, else through what they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eks_fargate.fargate.resource_types import SUBNET, VPC
from eks_fargate.fargate.resources import Resource
from eks_fargate.live.account import Account, Answer
from eks_fargate.live.answers import listed, name_of
from eks_fargate.live.checks import Check, compared, in_words, not_checked
from eks_fargate.live.demand import Demand, tag_name, text
from eks_fargate.live.failures import Failure, Kind


@dataclass(frozen=True, slots=True)
class Found:
    """The cluster and its VPC, as AWS has them; a Failure says why one of them is not known."""

    cluster: Mapping[str, Any] | Failure
    vpc_id: str | Failure


def found(account: Account, demand: Demand) -> Found:
    """The cluster by its name; the VPC through the cluster, else through the planned VPC's tag and block."""
    answer = cluster_answer(account, demand.cluster_name)
    cluster = answer if isinstance(answer, Failure) else answer["cluster"]
    if not isinstance(cluster, Failure):
        vpc_id = cluster.get("resourcesVpcConfig", {}).get("vpcId")
        if vpc_id:
            return Found(cluster, str(vpc_id))
    return Found(cluster, _planned_vpc(account, demand))


def cluster_answer(account: Account, name: str | None) -> Answer:
    """What DescribeCluster says of the cluster of that name."""
    if name is None:
        return Failure(Kind.OTHER, "eks:DescribeCluster", "the plan names no cluster")
    return account.ask("eks", "DescribeCluster", name=name)


def _planned_vpc(account: Account, demand: Demand) -> str | Failure:
    planned = demand.stack.of_type(VPC)
    answer = account.ask("ec2", "DescribeVpcs")
    if isinstance(answer, Failure):
        return answer
    for vpc in answer.get("Vpcs", []):
        if any(
            vpc.get("CidrBlock") == one.inputs.get("cidrBlock") and name_of(vpc) == tag_name(one) for one in planned
        ):
            return str(vpc["VpcId"])
    return Failure(Kind.MISSING, "ec2:DescribeVpcs")


def of_vpc(account: Account, operation: str, vpc_id: str | Failure, filter_name: str = "vpc-id") -> Answer:
    """What an operation of EC2 lists of one VPC."""
    if isinstance(vpc_id, Failure):
        return vpc_id
    return account.ask("ec2", operation, Filters=[{"Name": filter_name, "Values": [vpc_id]}])


def planned_blocks(resource: Resource, key: str, demand: Demand) -> list[str] | None:
    """The subnets that an input names: the blocks of those that the plan makes, the ids of others; sorted.

    None where some of them are not known before deployment.
    """
    value = resource.inputs.get(key)
    ids = value.get("subnetIds") if isinstance(value, Mapping) else value
    if not isinstance(ids, list):
        return None
    named = [one for one in ids if isinstance(one, str)]
    made = [text(one.inputs.get("cidrBlock")) or one.name for one in demand.stack.behind(resource, key, SUBNET)]
    return sorted({*named, *made}) if len(named) + len(made) == len(ids) else None


def compared_subnets(area: str, subject: str, planned: Sequence[str] | None, ids: Sequence[str], live: Answer) -> Check:
    """The planned subnets beside those that stand, by block, or by id where the plan has the id. live: all subnets."""
    if planned is None:
        return not_checked(area, subject, "which are planned is not known before deployment")
    if isinstance(live, Failure):
        return not_checked(area, subject, live)
    blocks = {str(one["SubnetId"]): str(one["CidrBlock"]) for one in listed(live, "Subnets")}
    actual = sorted(one if one in planned else blocks.get(one, one) for one in ids)
    return compared(area, subject, in_words(planned), in_words(actual), "run `pulumi refresh`, then `pulumi up`")
