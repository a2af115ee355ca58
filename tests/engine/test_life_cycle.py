"""Each of this project's stacks in an AWS account, from nothing to nothing, with the policy pack attached."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import NamedTuple

import pytest

from tests.engine.engine import Engine
from tests.engine.moto_calls import Calls

pytestmark = pytest.mark.engine

REGION = "us-east-1"
PROFILE = "aws:eks/fargateProfile:FargateProfile"
Deployed = Callable[[str], Engine]


class Size(NamedTuple):
    """How much of what a stack has."""

    resources: int
    profiles: int
    node_groups: int
    nat_gateways: int


@pytest.mark.parametrize(
    ("stack", "size"),
    [("dev", Size(45, 2, 0, 1)), ("staging", Size(56, 3, 1, 1)), ("prod", Size(68, 3, 1, 3))],
    ids=["dev", "staging", "prod"],
)
def test_a_stack_is_made_is_then_unchanged_and_is_destroyed_whole(
    deployed: Deployed, aws: Calls, stack: str, size: Size
) -> None:
    engine = deployed(stack)
    preview = engine.run("preview", "--json", *engine.pack(stack))
    steps = json.loads(preview.output[preview.output.index("{") :])["steps"]
    assert [step["op"] for step in steps] == ["create"] * size.resources
    made = engine.run("up", "--yes", *engine.pack(stack))
    assert made.code == 0, made.output
    assert f"+ {size.resources} created" in made.output
    assert [
        len(aws.call("eks", REGION, operation, {"clusterName": f"eks-fargate-{stack}"})[key])
        for operation, key in (("list_fargate_profiles", "fargateProfileNames"), ("list_nodegroups", "nodegroups"))
    ] == [size.profiles, size.node_groups]
    assert len(aws.all(REGION)["aws:ec2/natGateway:NatGateway"]) == size.nat_gateways
    again = engine.up("--expect-no-changes", *engine.pack(stack))
    assert again.code == 0, again.output
    refreshed = engine.run("refresh", "--yes", "--skip-preview", "--expect-no-changes")
    assert refreshed.code == 0, refreshed.output
    engine.run("state", "unprotect", "--all", "--yes")
    gone = engine.destroy()
    assert gone.code == 0, gone.output
    assert (engine.cloud_objects(), aws.all(REGION), engine.overlaps(PROFILE)) == ({}, {}, [])
