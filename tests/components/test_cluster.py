from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pulumi
import pytest

from components.cluster import CREATE_KEY, Cluster, ClusterArgs
from components.kubeconfig import kubeconfig
from tests.components.mocks import ACCOUNT, ISSUER, Built, Registered, build

CLUSTER = "aws:eks/cluster:Cluster"
ENTRY = "aws:eks/accessEntry:AccessEntry"
ASSOCIATION = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation"
SECRET = "4dabf18193072939515e22adb298388d"
PLATFORM = "arn:aws:iam::123456789012:role/platform"
COMPLIANT = ClusterArgs(
    cluster_name="shop",
    version="1.35",
    partition="aws",
    region="us-east-1",
    subnet_ids=("subnet-a", "subnet-b"),
    public_access=True,
    private_access=True,
    public_access_cidrs=("203.0.113.0/24",),
    log_types=("api", "audit"),
    log_retention_days=30,
    encryption_key=None,
    support_type="STANDARD",
    admins=(PLATFORM,),
    deletion_protection=False,
    tags={"team": "shop"},
)


def built(opts: pulumi.ResourceOptions | None = None, **changes: Any) -> Built:
    def program() -> dict[str, Any]:
        cluster = Cluster("cluster", replace(COMPLIANT, **changes), opts)
        return {
            "name": cluster.name,
            "arn": cluster.arn,
            "endpoint": cluster.endpoint,
            "oidc_issuer": cluster.oidc_issuer,
            "oidc_provider_arn": cluster.oidc_provider_arn,
            "kubeconfig": cluster.kubeconfig,
            "kubeconfig_is_secret": cluster.kubeconfig.is_secret(),
            "access": [resource.urn for resource in cluster.access],
        }

    return build(program)


def control_plane(**changes: Any) -> Registered:
    return built(**changes).one(CLUSTER, "cluster-control-plane")


def test_the_control_plane_is_what_was_asked_for() -> None:
    assert control_plane().inputs == {
        "name": "shop",
        "version": "1.35",
        "roleArn": f"arn:aws:iam::{ACCOUNT}:role/cluster-role",
        "accessConfig": {"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": True},
        "vpcConfig": {
            "subnetIds": ["subnet-a", "subnet-b"],
            "endpointPublicAccess": True,
            "endpointPrivateAccess": True,
            "publicAccessCidrs": ["203.0.113.0/24"],
        },
        "enabledClusterLogTypes": ["api", "audit"],
        "upgradePolicy": {"supportType": "STANDARD"},
        "deletionProtection": False,
        "tags": {"team": "shop"},
    }


def test_what_the_cluster_says_of_itself() -> None:
    outputs = built().outputs
    assert outputs["name"] == "shop"
    assert outputs["arn"] == f"arn:aws:eks:us-east-1:{ACCOUNT}:cluster/shop"
    assert outputs["endpoint"] == "https://cluster.example"
    assert outputs["oidc_issuer"] == ISSUER
    assert outputs["oidc_provider_arn"] == f"arn:aws:iam::{ACCOUNT}:oidc-provider/{ISSUER.removeprefix('https://')}"


def test_a_private_endpoint_alone_names_no_public_addresses() -> None:
    assert control_plane(public_access=False).inputs["vpcConfig"] == {
        "subnetIds": ["subnet-a", "subnet-b"],
        "endpointPublicAccess": False,
        "endpointPrivateAccess": True,
    }


def test_extended_support_is_said() -> None:
    assert control_plane(support_type="EXTENDED").inputs["upgradePolicy"] == {"supportType": "EXTENDED"}


def test_deletion_protection_is_said() -> None:
    assert control_plane(deletion_protection=True).inputs["deletionProtection"] is True


def test_the_role_is_for_eks_and_has_the_cluster_policy_of_the_partition() -> None:
    cluster = built(partition="aws-cn")
    trust = json.loads(cluster.one("aws:iam/role:Role", "cluster-role").inputs["assumeRolePolicy"])
    assert trust["Statement"] == [
        {"Effect": "Allow", "Principal": {"Service": "eks.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ]
    attached = cluster.one("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "cluster-role-cluster-policy")
    assert attached.inputs == {
        "role": "cluster-role",
        "policyArn": "arn:aws-cn:iam::aws:policy/AmazonEKSClusterPolicy",
    }


def test_the_control_plane_is_made_after_and_removed_before_its_policy_and_log_group() -> None:
    assert control_plane().depends_on == [
        "LogGroup cluster-logs",
        "Role cluster-role",
        "RolePolicyAttachment cluster-role-cluster-policy",
    ]


def test_the_log_group_has_the_name_that_eks_writes_to() -> None:
    assert built().one("aws:cloudwatch/logGroup:LogGroup", "cluster-logs").inputs == {
        "name": "/aws/eks/shop/cluster",
        "retentionInDays": 30,
        "tags": {"team": "shop"},
    }


def test_without_log_types_there_is_no_log_group() -> None:
    cluster = built(log_types=())
    assert cluster.of_type("aws:cloudwatch/logGroup:LogGroup") == []
    assert cluster.one(CLUSTER, "cluster-control-plane").inputs["enabledClusterLogTypes"] == []


def test_with_the_key_that_aws_owns_nothing_is_said_of_encryption() -> None:
    cluster = built(encryption_key=None)
    assert "encryptionConfig" not in cluster.one(CLUSTER, "cluster-control-plane").inputs
    assert cluster.of_type("aws:kms/key:Key") == []


def test_a_key_made_for_the_cluster_rotates_and_has_an_alias() -> None:
    cluster = built(encryption_key=CREATE_KEY)
    assert cluster.one("aws:kms/key:Key", "cluster-secrets").inputs == {
        "description": "Secrets of the EKS cluster shop",
        "enableKeyRotation": True,
        "tags": {"team": "shop"},
    }
    assert cluster.one("aws:kms/alias:Alias", "cluster-secrets").inputs == {
        "name": "alias/eks/shop",
        "targetKeyId": "cluster-secrets-id",
    }
    assert cluster.one(CLUSTER, "cluster-control-plane").inputs["encryptionConfig"] == {
        "provider": {"keyArn": f"arn:aws:kms:us-east-1:{ACCOUNT}:key/cluster-secrets"},
        "resources": ["secrets"],
    }


def test_a_key_given_by_arn_is_used_and_none_is_made() -> None:
    key = "arn:aws:kms:us-east-1:123456789012:key/0123"
    cluster = built(encryption_key=key)
    assert cluster.of_type("aws:kms/key:Key") == []
    assert cluster.one(CLUSTER, "cluster-control-plane").inputs["encryptionConfig"] == {
        "provider": {"keyArn": key},
        "resources": ["secrets"],
    }


def test_an_administrator_has_an_entry_and_the_cluster_admin_policy() -> None:
    cluster = built()
    name = "cluster-admin-123456789012-role/platform"
    assert cluster.one(ENTRY, name).inputs == {
        "clusterName": "shop",
        "principalArn": PLATFORM,
        "type": "STANDARD",
        "tags": {"team": "shop"},
    }
    assert cluster.one(ASSOCIATION, name).inputs == {
        "clusterName": "shop",
        "principalArn": PLATFORM,
        "policyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
        "accessScope": {"type": "cluster"},
    }
    assert f"AccessEntry {name}" in cluster.one(ASSOCIATION, name).depends_on


def test_the_access_policy_is_of_the_partition() -> None:
    (association,) = built(partition="aws-cn").of_type(ASSOCIATION)
    assert association.inputs["policyArn"] == ("arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy")


def test_principals_that_share_their_last_word_each_have_an_entry() -> None:
    admins = (
        "arn:aws:iam::123456789012:role/admin",
        "arn:aws:iam::123456789012:user/admin",
        "arn:aws:iam::123456789012:role/a/admin",
        "arn:aws:iam::123456789012:role/a-admin",
        "arn:aws:iam::210987654321:role/admin",
    )
    cluster = built(admins=admins)
    assert sorted(entry.inputs["principalArn"] for entry in cluster.of_type(ENTRY)) == sorted(admins)
    assert len({entry.name for entry in cluster.of_type(ENTRY)}) == len(admins)
    assert len(cluster.outputs["access"]) == len(admins)


def test_an_administrator_named_twice_has_one_entry() -> None:
    assert [entry.inputs["principalArn"] for entry in built(admins=(PLATFORM, PLATFORM)).of_type(ENTRY)] == [PLATFORM]


def test_without_administrators_nothing_grants_access() -> None:
    cluster = built(admins=())
    assert cluster.of_type(ENTRY) == []
    assert cluster.outputs["access"] == []


def test_the_oidc_provider_is_of_the_clusters_issuer() -> None:
    assert built().one("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "cluster-oidc").inputs == {
        "url": ISSUER,
        "clientIdLists": ["sts.amazonaws.com"],
        "tags": {"team": "shop"},
    }


def test_the_kubeconfig_is_a_secret_and_the_kubernetes_provider_uses_it() -> None:
    cluster = built()
    provider = cluster.one("pulumi:providers:kubernetes", "cluster-kubernetes")
    assert cluster.outputs["kubeconfig_is_secret"] is True
    assert cluster.outputs["kubeconfig"] == kubeconfig("shop", "https://cluster.example", "Q0E=", "us-east-1")
    assert SECRET in provider.inputs["kubeconfig"]
    assert provider.inputs["kubeconfig"]["value"] == cluster.outputs["kubeconfig"]


@pytest.mark.parametrize("protect", [True, None])
def test_protection_reaches_every_child(protect: bool | None) -> None:  # noqa: FBT001  a parameter of the test
    cluster = built(pulumi.ResourceOptions(protect=protect), encryption_key=CREATE_KEY)
    assert {resource.request.protect for resource in cluster.resources} == {bool(protect)}
