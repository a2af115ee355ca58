from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from pulumi_aws import eks, iam

from components.node_groups import NodeGroupArgs, NodeGroups, NodeGroupsArgs, Taint
from tests.components.mocks import ACCOUNT, Built, Registered, build, kubernetes_provider, stand_in

GROUP = "eks:index:ManagedNodeGroup"
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
ADDON = "aws:eks/addon:Addon"
ROLE = "aws:iam/role:Role"
GENERAL = NodeGroupArgs(
    name="general",
    instance_types=("m6i.large", "m6a.large"),
    ami_type="AL2023_x86_64_STANDARD",
    capacity_type="ON_DEMAND",
    min_size=1,
    desired_size=2,
    max_size=4,
    disk_gib=50,
    labels={"pool": "general"},
    taints=(Taint("dedicated", "NO_SCHEDULE", "batch"), Taint("spot", "PREFER_NO_SCHEDULE")),
)
# The resources that a remote component is handed whole.
HANDED_WHOLE = ("cluster", "nodeRole")


def built(**changes: Any) -> Built:
    def program() -> dict[str, Any]:
        role = iam.Role("cluster-role", assume_role_policy="{}")
        compliant = NodeGroupsArgs(
            cluster=eks.Cluster(
                "control-plane", name="shop", version="1.35", role_arn=role.arn, vpc_config={"subnet_ids": ["subnet-a"]}
            ),
            cluster_role=role,
            kubernetes_provider=kubernetes_provider(),
            vpc_id="vpc-1",
            subnet_ids=("subnet-a", "subnet-b"),
            partition="aws",
            groups=(GENERAL,),
            addons={"vpc-cni": "v1.21.1-eksbuild.8", "kube-proxy": "v1.35.3-eksbuild.2"},
            after=[stand_in("profile"), stand_in("egress")],
            tags={"team": "shop"},
        )
        nodes = NodeGroups("nodes", replace(compliant, **changes))
        return {"role_arn": nodes.role_arn, "groups": [group.urn for group in nodes.groups]}

    return build(program)


def template(**changes: Any) -> Registered:
    return built(**changes).one(TEMPLATE, "nodes-general")


def test_a_group_is_what_was_asked_for() -> None:
    group = built().one(GROUP, "nodes-general")
    assert group.request.remote is True
    assert group.parent == "nodes"
    assert {key: value for key, value in group.inputs.items() if key not in HANDED_WHOLE} == {
        "subnetIds": ["subnet-a", "subnet-b"],
        "instanceTypes": ["m6i.large", "m6a.large"],
        "amiType": "AL2023_x86_64_STANDARD",
        "capacityType": "ON_DEMAND",
        "version": "1.35",
        "scalingConfig": {"minSize": 1, "desiredSize": 2, "maxSize": 4},
        "labels": {"pool": "general"},
        "taints": [
            {"key": "dedicated", "value": "batch", "effect": "NO_SCHEDULE"},
            {"key": "spot", "effect": "PREFER_NO_SCHEDULE"},
        ],
        "launchTemplate": {"id": "nodes-general-id", "version": "1"},
        "ignoreScalingChanges": True,
        "tags": {"team": "shop"},
    }


def test_a_group_is_handed_the_clusters_and_its_own_resources_whole() -> None:
    given = built().one(GROUP, "nodes-general").request.object
    core = given["cluster"]
    assert given["nodeRole"]["urn"].endswith("::nodes-role")
    assert core["cluster"]["urn"].endswith("::control-plane")
    assert core["clusterIamRole"]["urn"].endswith("::cluster-role")
    assert [role["urn"].split("::")[-1] for role in core["instanceRoles"]] == ["nodes-role"]
    assert core["provider"]["urn"].endswith("::in-cluster")
    assert core["endpoint"] == "https://cluster.example"
    assert core["vpcId"] == "vpc-1"
    assert list(core["subnetIds"]) == ["subnet-a", "subnet-b"]


def test_a_group_waits_for_its_permissions_its_addons_and_what_comes_before() -> None:
    assert built().one(GROUP, "nodes-general").depends_on == [
        "Addon nodes-kube-proxy",
        "Addon nodes-vpc-cni",
        "Cluster control-plane",
        "LaunchTemplate nodes-general",
        "RolePolicyAttachment nodes-AmazonEC2ContainerRegistryPullOnly",
        "RolePolicyAttachment nodes-AmazonEKSWorkerNodePolicy",
        "RolePolicyAttachment nodes-AmazonEKS_CNI_Policy",
        "StandIn egress",
        "StandIn profile",
    ]


def test_groups_come_in_the_order_of_their_names() -> None:
    nodes = built(groups=(replace(GENERAL, name="spot"), GENERAL))
    assert [urn.split("::")[-1] for urn in nodes.outputs["groups"]] == ["nodes-general", "nodes-spot"]


def test_nodes_have_a_role_of_their_own() -> None:
    nodes = built()
    role = nodes.one(ROLE, "nodes-role").inputs
    assert json.loads(role["assumeRolePolicy"])["Statement"] == [
        {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ]
    assert role["tags"] == {"team": "shop"}
    assert nodes.outputs["role_arn"] == f"arn:aws:iam::{ACCOUNT}:role/nodes-role"


def test_the_role_is_of_the_partition() -> None:
    nodes = built(partition="aws-cn")
    trust = json.loads(nodes.one(ROLE, "nodes-role").inputs["assumeRolePolicy"])
    assert trust["Statement"][0]["Principal"] == {"Service": "ec2.amazonaws.com.cn"}
    assert [attachment.inputs for attachment in nodes.of_type("aws:iam/rolePolicyAttachment:RolePolicyAttachment")] == [
        {"role": "nodes-role", "policyArn": f"arn:aws-cn:iam::aws:policy/{policy}"}
        for policy in ("AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy")
    ]


def test_the_addons_that_nodes_join_by_are_pinned_and_take_over_what_eks_left() -> None:
    nodes = built()
    assert {addon.name: addon.inputs for addon in nodes.of_type(ADDON)} == {
        f"nodes-{name}": {
            "clusterName": "shop",
            "addonName": name,
            "addonVersion": version,
            "resolveConflictsOnCreate": "OVERWRITE",
            "resolveConflictsOnUpdate": "OVERWRITE",
            "tags": {"team": "shop"},
        }
        for name, version in (("kube-proxy", "v1.35.3-eksbuild.2"), ("vpc-cni", "v1.21.1-eksbuild.8"))
    }


def test_the_addons_wait_for_the_profiles() -> None:
    for addon in built().of_type(ADDON):
        assert addon.depends_on == ["Cluster control-plane", "StandIn egress", "StandIn profile"]


def test_pods_on_nodes_do_not_reach_the_nodes_credentials() -> None:
    assert template().inputs["metadataOptions"] == {
        "httpEndpoint": "enabled",
        "httpTokens": "required",
        "httpPutResponseHopLimit": 1,
    }


def test_the_root_volume_is_encrypted_and_as_large_as_asked_for() -> None:
    assert template().inputs["blockDeviceMappings"] == [
        {
            "deviceName": "/dev/xvda",
            "ebs": {"encrypted": "true", "volumeType": "gp3", "volumeSize": 50, "deleteOnTermination": "true"},
        }
    ]


def test_the_template_names_no_image_and_no_security_group_which_eks_gives() -> None:
    assert sorted(template().inputs) == [
        "blockDeviceMappings",
        "description",
        "metadataOptions",
        "tagSpecifications",
        "tags",
        "updateDefaultVersion",
    ]


def test_instances_and_volumes_are_tagged_by_the_template() -> None:
    assert template().inputs["tagSpecifications"] == [
        {"resourceType": "instance", "tags": {"team": "shop"}},
        {"resourceType": "volume", "tags": {"team": "shop"}},
    ]


def test_without_tags_the_template_specifies_none() -> None:
    assert "tagSpecifications" not in template(tags={}).inputs
