"""What others change over the AWS API: a refresh finds it, and the next update puts it back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.engine.engine import Engine
from tests.engine.moto_calls import Calls

pytestmark = pytest.mark.engine

REGION = "us-east-1"
PROFILE = "aws:eks/fargateProfile:FargateProfile"
TABLE = "aws:ec2/routeTable:RouteTable::network-private-use1-az1"
Deployed = Callable[[str], Engine]


def test_what_changed_in_aws_a_refresh_finds_and_an_update_puts_back(deployed: Deployed, aws: Calls) -> None:
    engine = deployed("dev")
    made = engine.up()
    assert made.code == 0, made.output
    ids = {item["urn"].rpartition("$")[2]: item["id"] for item in engine.resources() if item.get("id")}
    cluster = aws.call("eks", REGION, "describe_cluster", {"name": "eks-fargate-dev"})["cluster"]
    for service, operation, parameters in drift(ids, cluster["resourcesVpcConfig"]):
        aws.call(service, REGION, operation, parameters)
    assert planned(engine, "--refresh") == {
        "cluster-control-plane": {"refresh", "update"},
        "cluster-logs": {"refresh", "update"},
        "network-private-use1-az1-nat": {"refresh", "create"},
        "network-vpc": {"refresh", "update"},
        "pod-execution-role": {"refresh", "update"},
        "profiles-system": {"refresh", "create"},
    }
    restored = engine.up("--refresh")
    assert restored.code == 0, restored.output
    assert planned(engine, "--refresh") == {}
    cluster = aws.call("eks", REGION, "describe_cluster", {"name": "eks-fargate-dev"})["cluster"]
    assert cluster["resourcesVpcConfig"]["endpointPublicAccess"] is True
    tables = aws.call("ec2", REGION, "describe_route_tables", {"RouteTableIds": [ids[TABLE]]})
    assert "0.0.0.0/0" in [route.get("DestinationCidrBlock") for route in tables["RouteTables"][0]["Routes"]]


def drift(ids: dict[str, str], vpc: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Changes that people make in the console: (service, operation, parameters)."""
    cluster, _, profile = ids[f"{PROFILE}::profiles-system"].partition(":")
    return [
        (
            "ec2",
            "create_tags",
            {"Resources": [ids["aws:ec2/vpc:Vpc::network-vpc"]], "Tags": [{"Key": "owner", "Value": "someone"}]},
        ),
        ("ec2", "delete_route", {"RouteTableId": ids[TABLE], "DestinationCidrBlock": "0.0.0.0/0"}),
        ("eks", "delete_fargate_profile", {"clusterName": cluster, "fargateProfileName": profile}),
        (
            "eks",
            "update_cluster_config",
            {"name": cluster, "resourcesVpcConfig": vpc | {"endpointPublicAccess": False}},
        ),
        ("iam", "update_role", {"RoleName": ids["aws:iam/role:Role::pod-execution-role"], "Description": "of nobody"}),
        ("logs", "delete_retention_policy", {"logGroupName": ids["aws:cloudwatch/logGroup:LogGroup::cluster-logs"]}),
    ]


def planned(engine: Engine, *arguments: str) -> dict[str, set[str]]:
    """What a preview would do, by Pulumi name: operations other than `same` and a refresh that found nothing."""
    preview = engine.run("preview", "--json", *arguments)
    steps = json.loads(preview.output[preview.output.index("{") :])["steps"]
    found: dict[str, set[str]] = {}
    for step in steps:
        if step["op"] != "same":
            found.setdefault(step["urn"].rpartition("::")[2], set()).add(step["op"])
    return {name: operations for name, operations in found.items() if operations != {"refresh"}}
