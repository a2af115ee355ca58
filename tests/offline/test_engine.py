"""Whole runs of small programs: what is planned."""

from __future__ import annotations

import datetime
import json

from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.engine import run
from eks_fargate.offline.plan import Log
from tests.offline.conftest import RunProgram, WriteProject
from tests.offline.programs import PLATFORM
from tests.offline.update_check import lost_inputs

WITH_TOKEN = "config: {aws:region: eu-west-1, demo:token: {secure: AAA}}\n"


def test_a_preview_holds_every_resource_once_sorted_by_urn(run_program: RunProgram) -> None:
    plan = run_program(PLATFORM)
    assert [(resource.type, resource.name) for resource in plan.resources] == [
        ("aws:eks/cluster:Cluster", "cluster"),
        ("aws:eks/fargateProfile:FargateProfile", "apps"),
        ("aws:iam/role:Role", "role"),
        ("aws:ec2/subnet:Subnet", "net-0"),
        ("aws:ec2/subnet:Subnet", "net-1"),
        ("aws:ec2/vpc:Vpc", "net-vpc"),
        ("demo:index:Network", "net"),
        ("aws:eks/nodeGroup:NodeGroup", "nodes"),
        ("eks:index:ManagedNodeGroup", "nodes"),
        ("kubernetes:core/v1:ConfigMap", "settings"),
        ("kubernetes:core/v1:Namespace", "shop"),
        ("kubernetes:core/v1:Secret", "login"),
        ("pulumi:providers:kubernetes", "k8s"),
        ("pulumi:pulumi:Stack", "demo-dev"),
    ]


def test_a_resource_is_recorded_with_its_place_its_origins_and_its_options(run_program: RunProgram) -> None:
    plan = run_program(PLATFORM)
    cluster = plan.named("aws:eks/cluster:Cluster", "cluster")
    profile = plan.named("aws:eks/fargateProfile:FargateProfile", "apps")
    role = plan.named("aws:iam/role:Role", "role")
    subnets = plan.of_type("aws:ec2/subnet:Subnet")
    assert subnets[0].urn == "urn:pulumi:dev::demo::demo:index:Network$aws:ec2/subnet:Subnet::net-0"
    assert subnets[0].parent == plan.named("demo:index:Network", "net").urn
    assert cluster.inputs == {"name": "demo", "roleArn": UNKNOWN, "vpcConfig": {"subnetIds": [UNKNOWN, UNKNOWN]}}
    assert cluster.dependencies == tuple(sorted([role.urn, *(subnet.urn for subnet in subnets)]))
    assert cluster.property_dependencies == {
        "roleArn": (role.urn,),
        "vpcConfig": tuple(subnet.urn for subnet in subnets),
    }
    assert {key: value for key, value in cluster.options.items() if key != "version"} == {
        "customTimeouts": {"create": "30m"},
        "protect": True,
    }
    assert profile.options["deleteBeforeReplace"] is False
    assert plan.named("demo:index:Network", "net").custom is False


def test_depending_on_a_component_means_depending_on_its_children(run_program: RunProgram) -> None:
    plan = run_program(PLATFORM)
    profile = plan.named("aws:eks/fargateProfile:FargateProfile", "apps")
    network = plan.named("demo:index:Network", "net")
    assert {child.urn for child in plan.children_of(network.urn)} < set(profile.dependencies)
    assert plan.depends_on(profile, plan.named("aws:ec2/vpc:Vpc", "net-vpc"))
    assert not plan.depends_on(plan.named("aws:ec2/vpc:Vpc", "net-vpc"), profile)


def test_what_an_object_is_deployed_by_is_its_provider(run_program: RunProgram) -> None:
    plan = run_program(PLATFORM)
    namespace = plan.named("kubernetes:core/v1:Namespace", "shop")
    assert namespace.provider == plan.named("pulumi:providers:kubernetes", "k8s").urn
    assert namespace.dependencies == ()
    assert plan.depends_on(namespace, plan.named("aws:eks/cluster:Cluster", "cluster"))


def test_what_aws_computes_is_unknown_in_a_preview_and_what_the_program_gives_is_known(run_program: RunProgram) -> None:
    assert run_program(PLATFORM).outputs == {
        "vpcId": UNKNOWN,
        "nodeGroup": UNKNOWN,
        "cidr": "10.0.0.0/16",
        "password": "hunter2",
        "account": UNKNOWN,
    }


def test_every_input_unknown_in_a_preview_is_there_in_an_update(run_program: RunProgram) -> None:
    preview, update = run_program(PLATFORM), run_program(PLATFORM, dry_run=False)
    assert [resource.urn for resource in preview.resources] == [resource.urn for resource in update.resources]
    assert lost_inputs(preview, update) == []
    assert update.outputs["account"] == "123456789012"
    assert update.named("aws:iam/role:Role", "role").inputs == {"assumeRolePolicy": "{}"}


def test_a_computed_output_that_is_not_in_the_tables_shows_as_a_lost_input(run_program: RunProgram) -> None:
    program = """
        import pulumi_aws as aws
        vpc = aws.ec2.Vpc("a", cidr_block="10.0.0.0/16")
        aws.ec2.Subnet("b", vpc_id=vpc.ipv6_association_id)
        aws.ec2.Subnet("c", vpc_id=vpc.id, cidr_block=vpc.ipv6_association_id.apply(lambda id: f"{id}/24"))
    """
    assert lost_inputs(run_program(program), run_program(program, dry_run=False)) == [
        "aws:ec2/subnet:Subnet b: vpcId",
        "aws:ec2/subnet:Subnet c: cidrBlock",
    ]


def test_two_runs_give_the_same_bytes(run_program: RunProgram) -> None:
    first, second = (json.dumps(run_program(PLATFORM, dev=WITH_TOKEN).to_json()) for _ in range(2))
    assert first == second


def test_a_secure_value_is_an_unknown_secret_wherever_it_goes(run_program: RunProgram) -> None:
    plan = run_program(PLATFORM, dev=WITH_TOKEN)
    secret = plan.named("kubernetes:core/v1:Secret", "login")
    assert secret.inputs["stringData"] == {"token": UNKNOWN}
    assert set(secret.secret_paths) >= {"stringData"}
    assert plan.notes == (
        "aws:index/getCallerIdentity:getCallerIdentity is answered by AWS alone: what depends on it is unknown offline",
        "demo:token holds a secret: it is not decrypted, its value is unknown offline",
    )


def test_a_text_made_of_a_secure_value_is_unknown_as_a_whole(run_program: RunProgram) -> None:
    program = """
        import pulumi, pulumi_aws as aws
        token = pulumi.Config().require_secret("token")
        aws.ec2.Vpc("a", tags={"x": token.apply(lambda text: f"user:{text}")})
    """
    vpc = run_program(program, dev=WITH_TOKEN).named("aws:ec2/vpc:Vpc", "a")
    assert vpc.inputs == {"tags": {"x": UNKNOWN}}
    assert vpc.secret_paths == ("tags.x",)


def test_the_account_is_known_where_the_stack_names_it(run_program: RunProgram) -> None:
    plan = run_program(PLATFORM, dev="config: {aws:region: cn-north-1, demo:account: '210987654321'}\n")
    assert plan.outputs["account"] == "210987654321"


def test_messages_are_kept_and_sorted(run_program: RunProgram) -> None:
    program = "import pulumi\npulumi.log.warn('b')\npulumi.log.warn('a')\npulumi.log.info('c')\npulumi.log.debug('d')\n"
    assert run_program(program).logs == (Log("info", "c"), Log("warning", "a"), Log("warning", "b"))


def test_a_resource_that_is_read_is_marked_and_unknown(run_program: RunProgram) -> None:
    program = """
        import pulumi, pulumi_aws as aws
        vpc = aws.ec2.Vpc.get("found", "vpc-1")
        pulumi.export("id", vpc.id)
        pulumi.export("cidr", vpc.cidr_block)
        pulumi.export("other", pulumi.StackReference("org/net/dev").require_output("x"))
    """
    for dry_run in (True, False):
        plan = run_program(program, dry_run=dry_run)
        assert plan.outputs == {"id": "vpc-1", "cidr": UNKNOWN, "other": UNKNOWN}
        vpc = plan.named("aws:ec2/vpc:Vpc", "found")
        assert (vpc.options["external"], vpc.options["id"]) == (True, "vpc-1")


def test_main_may_name_a_folder(write_project: WriteProject) -> None:
    folder = write_project(project="name: demo\nruntime: python\nmain: src\n")
    (folder / "src").mkdir()
    (folder / "src" / "__main__.py").write_text("import os, pulumi\npulumi.export('here', os.getcwd())\n")
    plan = run(folder, "dev", today=datetime.date(2026, 11, 21))
    assert plan.outputs == {"here": str((folder / "src").resolve())}
