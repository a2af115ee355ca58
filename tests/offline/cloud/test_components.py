"""The children of a managed node group, which another process would register."""

from __future__ import annotations

from typing import Any

import pytest

from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.cloud.components import children_of
from eks_fargate.offline.cloud.state import State
from eks_fargate.offline.errors import NotModelledError

URN = "urn:pulumi:dev::demo::demo:index:Nodes$eks:index:ManagedNodeGroup::nodes"
CLUSTER = State(Resource("urn:cluster", "aws:eks/cluster:Cluster", "c", "", {}), "demo", {"name": "demo"})
ROLE = State(Resource("urn:role", "aws:iam/role:Role", "r", "", {}), "", {})
STATES = {"urn:cluster": CLUSTER, "urn:role": ROLE}
CORE = {"cluster": "urn:cluster", "subnetIds": [UNKNOWN], "provider": "urn:provider"}


def node_group(dependencies: dict[str, tuple[str, ...]] | None = None, **inputs: Any) -> Resource:
    given = {"cluster": CORE, "nodeRole": "urn:role"} | inputs
    component = Resource(
        URN,
        "eks:index:ManagedNodeGroup",
        "nodes",
        "urn:nodes",
        given,
        custom=False,
        secret_paths=('labels["a/b"]', "nodeRole"),
    )
    origins = {"cluster": ("urn:subnet",), **(dependencies or {})}
    return children_of(component, origins, {"aws": "urn:aws-provider::id"}, STATES)["nodeGroup"]


def test_the_node_group_is_a_child_named_as_the_component() -> None:
    child = node_group()
    assert child.urn == f"{URN.removesuffix('::nodes')}$aws:eks/nodeGroup:NodeGroup::nodes"
    assert (child.name, child.parent, child.provider) == ("nodes", URN, "urn:aws-provider")


def test_what_is_not_given_comes_from_the_cluster() -> None:
    child = node_group()
    assert child.inputs == {
        "clusterName": "demo",
        "nodeRoleArn": UNKNOWN,
        "subnetIds": [UNKNOWN],
        "version": UNKNOWN,
        "scalingConfig": {"desiredSize": 2, "minSize": 1, "maxSize": 2},
    }
    assert child.property_dependencies == {
        "clusterName": ("urn:cluster",),
        "nodeRoleArn": ("urn:role",),
        "subnetIds": ("urn:subnet",),
        "version": ("urn:cluster",),
    }
    assert child.dependencies == ("urn:cluster", "urn:role", "urn:subnet")


def test_what_is_given_is_passed_on_with_its_origins() -> None:
    child = node_group(
        {"launchTemplate": ("urn:template",)},
        launchTemplate={"id": UNKNOWN, "version": "1"},
        subnetIds=["subnet-1"],
        clusterName="other",
        scalingConfig={"maxSize": 9},
        labels={"a": "b"},
        ignoreScalingChanges=True,
    )
    assert child.inputs == {
        "clusterName": "other",
        "labels": {"a": "b"},
        "launchTemplate": {"id": UNKNOWN, "version": "1"},
        "nodeRoleArn": UNKNOWN,
        "scalingConfig": {"desiredSize": 2, "minSize": 1, "maxSize": 9},
        "subnetIds": ["subnet-1"],
    }
    assert child.dependencies == ("urn:role", "urn:template")
    assert child.options == {"ignoreChanges": ["scalingConfig.desiredSize"]}
    assert child.secret_paths == ('labels["a/b"]',)


def test_inputs_that_make_a_launch_template_are_refused_by_name() -> None:
    with pytest.raises(NotModelledError) as raised:
        node_group(enableIMDSv2=True, amiId="ami-1")
    assert raised.value.problems == (
        (
            "eks:index:ManagedNodeGroup 'nodes': amiId, enableIMDSv2: no offline model; what a launch "
            "template can say, say in one of your own, given as launchTemplate"
        ),
    )


def test_another_component_is_refused() -> None:
    component = Resource("urn:x", "eks:index:Cluster", "c", "", {}, custom=False)
    with pytest.raises(NotModelledError) as raised:
        children_of(component, {}, {}, {})
    assert raised.value.problems == (
        "the component eks:index:Cluster ('c') has no offline model: its children are not known",
    )
