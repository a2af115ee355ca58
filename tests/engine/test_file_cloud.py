"""What any cloud does: references, names, deletion, data sources."""

from __future__ import annotations

from tests.engine.whole import ATTACHMENT, CONFIG_MAP, PROFILE, REGION, SUBNET, Whole, refused


def test_what_is_made_is_read_with_its_computed_outputs(whole: Whole) -> None:
    found = whole.cloud.read(PROFILE, whole.profile("apps").id, REGION)
    assert found is not None
    assert found.id == "demo:apps"
    assert found.outputs["status"] == "ACTIVE"
    assert found.outputs["arn"].startswith("arn:aws:eks:eu-west-1:123456789012:fargateprofile/demo/apps/")


def test_a_vpc_with_subnets_stays(whole: Whole) -> None:
    with refused(f"DependencyViolation: {whole.vpc.id} cannot be deleted: {whole.subnets[0].id} uses it"):
        whole.delete(whole.vpc)


def test_a_subnet_with_a_cluster_stays(whole: Whole) -> None:
    with refused(f"DependencyViolation: {whole.subnets[0].id} cannot be deleted: demo uses it"):
        whole.delete(whole.subnets[0])


def test_a_role_with_an_attached_policy_stays(whole: Whole) -> None:
    policy = "arn:aws:iam::aws:policy/AmazonEKSFargatePodExecutionRolePolicy"
    whole.make(ATTACHMENT, "fargate", role="pods", policyArn=policy)
    with refused("DeleteConflict: pods cannot be deleted: pods-"):
        whole.delete(whole.pod_role)


def test_a_cluster_with_a_profile_stays(whole: Whole) -> None:
    whole.profile("apps")
    with refused("ResourceInUseException: demo cannot be deleted: demo:apps uses it"):
        whole.delete(whole.cluster)


def test_what_is_gone_already_is_deleted_without_a_word(whole: Whole) -> None:
    profile = whole.profile("apps")
    whole.delete(profile)
    whole.delete(profile)
    assert whole.cloud.read(PROFILE, profile.id, REGION) is None


def test_a_name_is_given_once(whole: Whole) -> None:
    whole.profile("apps")
    with refused("ResourceInUseException: demo:apps already exists"):
        whole.profile("apps")


def test_a_reference_to_nothing_is_refused(whole: Whole) -> None:
    with refused("InvalidVpcID.NotFound: vpcId: 'vpc-0' does not exist"):
        whole.make(SUBNET, "lost", vpcId="vpc-0")


def test_a_deleted_cluster_takes_its_objects_with_it(whole: Whole) -> None:
    made = whole.in_cluster(CONFIG_MAP, "config", metadata={"name": "config", "namespace": "default"})
    whole.delete(whole.cluster)
    assert whole.cloud.read(CONFIG_MAP, made.id, whole.cluster.outputs["endpoint"]) is None


def test_a_data_source_answers_from_the_account_and_from_what_exists(whole: Whole) -> None:
    identity = whole.cloud.invoke("aws:index/getCallerIdentity:getCallerIdentity", {}, REGION)
    assert identity["accountId"] == "123456789012"
    found = whole.cloud.invoke("aws:eks/getCluster:getCluster", {"name": "demo"}, REGION)
    assert found["certificateAuthorities"] == [whole.cluster.outputs["certificateAuthority"]]
    with refused("ResourceNotFoundException: there is no aws:eks/cluster:Cluster with"):
        whole.cloud.invoke("aws:eks/getCluster:getCluster", {"name": "other"}, REGION)
