"""The test kit, used as a project's own tests use it."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pulumi
import pulumi_aws as aws
import pulumi_kubernetes as kubernetes
import pytest

from eks_fargate.fargate.given import GivenError
from eks_fargate.offline.errors import ProjectError
from eks_fargate.offline.testing import (
    UNKNOWN,
    Judge,
    JudgeStack,
    OfflineError,
    Preview,
    PreviewComponent,
    Resource,
    project_above,
    resource,
)

ROOT = Path(__file__).parents[2]
CLUSTER = "aws:eks/cluster:Cluster"
DEPLOYMENT = "kubernetes:apps/v1:Deployment"
PROFILE = "aws:eks/fargateProfile:FargateProfile"
VPC = "aws:ec2/vpc:Vpc"
FARGATE = {"dataPlane": "fargate", "profiles": {"shop": [{"namespace": "shop"}]}}


@pytest.fixture
def today() -> datetime.date:
    return datetime.date(2026, 11, 21)


class Network(pulumi.ComponentResource):
    """Some user's component: a VPC and a subnet in it."""

    def __init__(self, name: str, cidr: str = "10.0.0.0/16") -> None:
        super().__init__("user:index:Network", name)
        if not cidr:
            msg = "a network needs a cidr"
            raise ValueError(msg)
        child = pulumi.ResourceOptions(parent=self)
        vpc = aws.ec2.Vpc(f"{name}-vpc", cidr_block=cidr, opts=child)
        aws.ec2.Subnet(f"{name}-subnet", vpc_id=vpc.id, cidr_block="10.0.0.0/24", opts=child)
        self.register_outputs({})


def deployment(**container: Any) -> Resource:
    pod = {"containers": [{"name": "web", "image": "registry.example/web:1.2.3", **container}]}
    inputs = {"metadata": {"namespace": "shop"}, "spec": {"template": {"spec": pod}}}
    return resource(DEPLOYMENT, "web", inputs)


def errors(judge: Judge, subject: Resource, config: Mapping[str, Any] = FARGATE) -> list[tuple[str, str]]:
    found = judge(subject, config)
    return [(one.rule, one.level) for one in found if "error" in (one.level, one.would_be)]


def test_the_project_is_the_nearest_above_the_test(pulumi_project: Path) -> None:
    assert pulumi_project == ROOT


def test_a_test_without_a_project_is_told_how_to_name_one(tmp_path: Path) -> None:
    with pytest.raises(ProjectError) as raised:
        project_above(tmp_path)
    assert raised.value.problems == (
        f"no Pulumi.yaml in {tmp_path} or above it: override the fixture pulumi_project, to return its folder",
    )


def test_a_stack_is_previewed_with_changed_settings_and_then_as_it_is(preview: Preview) -> None:
    changed = preview("dev", {"cluster.version": "1.34", "aws:region": "us-east-1", "network.cidr": "10.99.0.0/16"})
    plan = preview("dev")
    for found, version, cidr in ((changed, "1.34", "10.99.0.0/16"), (plan, "1.35", "10.10.0.0/16")):
        assert found.named(CLUSTER, "cluster-control-plane").inputs["version"] == version
        assert [vpc.inputs["cidrBlock"] for vpc in found.of_type(VPC)] == [cidr]
    assert [one.urn for one in changed.resources] == [one.urn for one in plan.resources]


def test_what_the_settings_refuse_is_raised_with_all_its_problems(preview: Preview) -> None:
    with pytest.raises(OfflineError) as raised:
        preview("dev", {"cluster.verzion": "1.36", "network.nat": "some"})
    assert [problem.partition(":")[0] for problem in raised.value.problems] == ["network.nat", "cluster.verzion"]


def test_a_component_is_previewed_by_itself(preview_component: PreviewComponent) -> None:
    plan = preview_component(lambda: Network("net"))
    network = plan.named("user:index:Network", "net")
    subnet, vpc = plan.children_of(network.urn)
    assert (subnet.name, subnet.inputs) == ("net-subnet", {"cidrBlock": "10.0.0.0/24", "vpcId": UNKNOWN})
    assert (vpc.name, vpc.inputs) == ("net-vpc", {"cidrBlock": "10.0.0.0/16"})
    assert plan.depends_on(subnet, vpc)
    assert not plan.depends_on(vpc, subnet)


def test_one_preview_knows_nothing_of_another(preview_component: PreviewComponent) -> None:
    modules = set(sys.modules)
    plans = [preview_component(partial(Network, "net", cidr)) for cidr in ("10.1.0.0/16", "10.2.0.0/16")]
    assert [plan.of_type(VPC)[0].inputs["cidrBlock"] for plan in plans] == ["10.1.0.0/16", "10.2.0.0/16"]
    assert {name for name in set(sys.modules) - modules if "component" in name} == set()


def test_what_a_component_raises_is_raised_as_it_is(preview_component: PreviewComponent) -> None:
    with pytest.raises(ValueError, match=r"^a network needs a cidr$"):
        preview_component(lambda: Network("net", cidr=""))


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        (
            aws.get_caller_identity,
            (
                "__main__.py:3: aws:index/getCallerIdentity:getCallerIdentity: only AWS knows the answer: "
                "call the output form, get_..._output"
            ),
        ),
        (
            partial(aws.ssm.get_parameter, name="a"),
            "the function aws:ssm/getParameter:getParameter has no offline answer (table cloud/functions.json)",
        ),
    ],
)
def test_what_has_no_answer_offline_is_told_in_the_engines_words(
    preview_component: PreviewComponent, call: Callable[[], object], problem: str
) -> None:
    with pytest.raises(OfflineError) as raised:
        preview_component(call)
    assert raised.value.problems == (problem,)


def test_what_fails_after_the_program_is_an_error_of_the_preview(preview_component: PreviewComponent) -> None:
    def program() -> None:
        for _ in range(2):
            aws.ec2.Vpc("twice", cidr_block="10.0.0.0/16")

    with pytest.raises(OfflineError, match=r"^two resources of type aws:ec2/vpc:Vpc are named 'twice'"):
        preview_component(program)


def test_a_component_reads_the_configuration_that_it_is_given(preview_component: PreviewComponent) -> None:
    def program() -> None:
        config = pulumi.Config("shop").require_object("network")
        pulumi.export("read", [pulumi.Config("aws").require("region"), config["cidr"]])

    plan = preview_component(program, {"aws:region": "eu-west-1", "shop:network": {"cidr": "10.0.0.0/16"}})
    assert plan.outputs == {"read": ["eu-west-1", "10.0.0.0/16"]}
    assert plan.region == "eu-west-1"


def test_a_resource_is_judged_by_itself(judge: Judge) -> None:
    assert errors(judge, deployment()) == []
    assert errors(judge, deployment(securityContext={"privileged": True})) == [("no-privileged", "error")]


def test_what_is_not_known_is_undetermined(judge: Judge) -> None:
    found = errors(judge, deployment(securityContext={"privileged": UNKNOWN}))
    assert found == [("no-privileged", "undetermined")]


def test_an_object_is_not_judged_where_nothing_tells_where_its_pods_land(judge: Judge) -> None:
    assert judge(deployment(securityContext={"privileged": True})) == []


def test_the_configuration_sets_levels(judge: Judge) -> None:
    privileged = deployment(securityContext={"privileged": True})
    assert errors(judge, privileged, {**FARGATE, "rules": {"no-privileged": "off"}}) == []


def test_a_configuration_that_cannot_be_used_is_refused(judge: Judge, judge_stack: JudgeStack) -> None:
    config = {"dataPlan": "fargate", "rules": {"no-such-rule": "off"}}
    problems = (
        "configuration: Additional properties are not allowed ('dataPlan' was unexpected)",
        "rules.no-such-rule: no such rule",
    )
    with pytest.raises(GivenError) as raised:
        judge(deployment(), config)
    assert raised.value.problems == problems
    with pytest.raises(GivenError) as raised:
        judge_stack([], config)
    assert raised.value.problems == problems


def test_a_resource_in_the_inputs_of_another_is_an_output_of_it() -> None:
    component = resource("user:index:Network", "net")
    subnets = [resource("aws:ec2/subnet:Subnet", name, parent=component) for name in ("b", "a")]
    other = resource(VPC, "other")
    profile = resource(PROFILE, "apps", {"subnetIds": [*subnets], "tags": {"a": "b"}}, depends_on=[other])
    assert profile.inputs == {"subnetIds": [UNKNOWN, UNKNOWN], "tags": {"a": "b"}}
    assert profile.property_dependencies == {"subnetIds": (subnets[1].urn, subnets[0].urn)}
    assert profile.dependencies == (subnets[1].urn, subnets[0].urn, other.urn)
    assert subnets[0].parent == component.urn == "urn:pulumi:test::test::user:index:Network::net"


def test_a_stack_of_resources_is_judged_as_a_whole(judge_stack: JudgeStack) -> None:
    cluster = resource(CLUSTER, "cluster", {"name": "demo"})
    profiles = [resource(PROFILE, name, {"clusterName": cluster}) for name in ("a", "b")]
    ordered = [profiles[0], resource(PROFILE, "b", {"clusterName": cluster}, depends_on=profiles[:1])]
    for given, expected in ((profiles, [profiles[1].urn]), (ordered, [])):
        found = judge_stack([cluster, *given])
        assert [one.object for one in found if one.rule == "profiles-one-at-a-time"] == expected


def test_a_plan_is_judged_under_its_own_settings_and_what_is_laid_over_them(
    preview: Preview, judge_stack: JudgeStack
) -> None:
    plan = preview("dev", {"rules": {"cluster-endpoint-restricted": "off"}})
    assert [one.rule for one in judge_stack(plan) if one.level == "warning"] == ["cluster-secrets-encrypted"]
    both = judge_stack(plan, {"rules": {}})
    assert [one.rule for one in both if one.level == "warning"] == [
        "cluster-endpoint-restricted",
        "cluster-secrets-encrypted",
    ]


def test_a_component_is_judged_with_the_clusters_profiles(
    preview_component: PreviewComponent, judge_stack: JudgeStack
) -> None:
    def program() -> None:
        container: kubernetes.core.v1.ContainerArgsDict = {"name": "a", "image": "registry.example/a:1"}
        kubernetes.core.v1.Pod("web", metadata={"namespace": "other"}, spec={"containers": [container]})

    plan = preview_component(program)
    assert [one.rule for one in judge_stack(plan, FARGATE) if one.level == "error"] == ["matches-a-profile"]
