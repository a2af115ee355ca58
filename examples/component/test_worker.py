"""Tests of a team's own component with the test kit: no cloud, no Pulumi CLI, no mocks."""

import pulumi_aws as aws
from worker import Worker, WorkerArgs

from eks_fargate.offline.testing import UNKNOWN, Judge, JudgeStack, PreviewComponent, resource

DEPLOYMENT = "kubernetes:apps/v1:Deployment"
IMAGE = "registry.example/mail:1.4.2"
# What the cluster is like: `eks-fargate policy-config STACK` prints it for a stack of the platform.
PLATFORM = {"dataPlane": "fargate", "profiles": {"mail": [{"namespace": "mail"}]}}


def program(namespace: str = "mail", image: str = IMAGE) -> None:
    role = aws.iam.Role("mail", assume_role_policy="{}", tags={"team": "mail"})
    Worker("mail", WorkerArgs(namespace, image, role.arn))


def test_the_pods_run_under_a_role_that_is_known_after_deployment(preview_component: PreviewComponent) -> None:
    plan = preview_component(program)
    deployment, account = plan.children_of(plan.named("example:index:Worker", "mail").urn)
    assert (deployment.type, account.type) == (DEPLOYMENT, "kubernetes:core/v1:ServiceAccount")
    assert account.inputs["metadata"]["annotations"] == {"eks.amazonaws.com/role-arn": UNKNOWN}
    assert plan.depends_on(deployment, plan.named("aws:iam/role:Role", "mail"))


def test_nothing_is_wrong_with_it_on_fargate(preview_component: PreviewComponent, judge_stack: JudgeStack) -> None:
    assert judge_stack(preview_component(program), PLATFORM) == []


def test_in_another_namespace_it_stays_pending(preview_component: PreviewComponent, judge_stack: JudgeStack) -> None:
    plan = preview_component(lambda: program(namespace="post"))
    assert [finding.rule for finding in judge_stack(plan, PLATFORM)] == ["matches-a-profile"]


def test_an_image_of_a_build_still_to_come_cannot_be_judged(judge: Judge) -> None:
    pods = {"template": {"spec": {"containers": [{"name": "mail", "image": UNKNOWN}]}}}
    mail = resource(DEPLOYMENT, "mail", {"metadata": {"namespace": "mail"}, "spec": pods})
    found = {finding.rule: finding.level for finding in judge(mail, PLATFORM)}
    assert found["images-are-pinned"] == "undetermined"
