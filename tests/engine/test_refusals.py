"""What never reaches the cloud: the policy pack and the settings stop `preview` and `up` with messages of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.engine.engine import Engine

pytestmark = pytest.mark.engine

Platform = Callable[[str], Engine]

SIX_SELECTORS = """
from pulumi_aws import eks

eks.FargateProfile(
    "extra",
    cluster_name="demo",
    pod_execution_role_arn="arn:aws:iam::123456789012:role/pods",
    selectors=[{"namespace": f"team-{number}"} for number in range(6)],
    subnet_ids=["subnet-0123456789abcdef0"],
)
"""
PUBLIC_SUBNET = """
from pulumi_aws import ec2, eks

vpc = ec2.Vpc("shared", cidr_block="10.99.0.0/16")
gateway = ec2.InternetGateway("shared", vpc_id=vpc.id)
table = ec2.RouteTable("shared", vpc_id=vpc.id)
ec2.Route("shared", route_table_id=table.id, destination_cidr_block="0.0.0.0/0", gateway_id=gateway.id)
subnet = ec2.Subnet("shared", vpc_id=vpc.id, cidr_block="10.99.0.0/24", availability_zone_id="use1-az1")
ec2.RouteTableAssociation("shared", route_table_id=table.id, subnet_id=subnet.id)
eks.FargateProfile(
    "extra",
    cluster_name="demo",
    pod_execution_role_arn="arn:aws:iam::123456789012:role/pods",
    selectors=[{"namespace": "team"}],
    subnet_ids=[subnet.id],
)
"""
PRIVILEGED_POD = """
import pulumi_kubernetes as kubernetes

kubernetes.core.v1.Pod(
    "debug",
    metadata={"name": "debug", "namespace": "default"},
    spec={"containers": [{"name": "debug", "image": "debug:1", "securityContext": {"privileged": True}}]},
)
"""


@pytest.mark.parametrize(
    ("program", "message"),
    [
        (SIX_SELECTORS, "[profile-has-selectors]"),
        (PUBLIC_SUBNET, "[profile-subnets-private]"),
        (PRIVILEGED_POD, "[no-privileged] Pod/default/debug spec.containers[0].securityContext.privileged"),
    ],
    ids=["six selectors", "public subnet", "privileged pod"],
)
def test_the_policy_pack_stops_preview_and_update_before_anything_is_made(
    platform: Platform, program: str, message: str
) -> None:
    engine = platform("dev")
    with (engine.project / "__main__.py").open("a", encoding="utf-8") as file:
        file.write(program)
    for command in (("preview",), ("up", "--yes")):
        stopped = engine.run(*command, *engine.pack())
        assert stopped.failed
        assert "[mandatory]" in stopped.output
        assert message in stopped.output
    assert engine.cloud_objects() == {}


def test_bad_settings_stop_a_preview_with_every_problem_and_no_traceback(platform: Platform) -> None:
    engine = platform("dev")
    engine.configure("eks-fargate:cluster.version", "1.12")
    for number in range(1, 6):
        engine.configure(f"eks-fargate:profiles.system.selectors[{number}].namespace", f"team-{number}")
    stopped = engine.run("preview")
    assert stopped.failed
    assert "error: the settings of stack 'dev' have 3 problem(s):" in stopped.output
    assert "- cluster.version: Kubernetes 1.12 never had Fargate, which came with 1.14." in stopped.output
    assert "- profiles.system.selectors: profile system has 6 selectors; EKS takes 5 a profile." in stopped.output
    assert "Traceback" not in stopped.output
