"""`eks-fargate check` and `eks-fargate policy-config`: what is written where, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eks_fargate.cli.main import run
from tests.offline.repositories import repository

PROGRAM = """\
import pulumi
import pulumi_kubernetes as kubernetes

print("hello", pulumi.get_stack())
privileged = pulumi.Config().get_bool("privileged")
resources = {"cpu": "250m", "memory": "512Mi"}
container = {
    "name": "web",
    "image": "registry.example/web:1.0",
    "resources": {"requests": resources, "limits": resources},
    "securityContext": {"privileged": privileged},
}
kubernetes.core.v1.Pod(
    "web",
    metadata={"name": "web", "namespace": "shop"},
    spec={"automountServiceAccountToken": False, "containers": [container]},
)
"""
SETTINGS = {
    "aws:region": "eu-west-1",
    "eks-fargate:dataPlane": "fargate",
    "eks-fargate:cluster": {"version": "1.35"},
    "demo:privileged": False,
}
MANIFEST = """\
apiVersion: v1
kind: Pod
metadata: {name: api, namespace: shop}
spec:
  hostNetwork: true
  automountServiceAccountToken: false
  containers:
    - name: api
      image: registry.example/api:1.0
      resources: {requests: {cpu: 250m, memory: 512Mi}, limits: {cpu: 250m, memory: 512Mi}}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An application in two environments, in which nothing is wrong."""
    (tmp_path / "Pulumi.yaml").write_text("name: demo\nruntime: python\n")
    (tmp_path / "__main__.py").write_text(PROGRAM)
    for stack in ("dev", "prod"):
        (tmp_path / f"Pulumi.{stack}.yaml").write_text(json.dumps({"config": SETTINGS}))
    return tmp_path


def change(project: Path, stack: str, **changes: object) -> None:
    settings = {**SETTINGS, **{f"demo:{key}": value for key, value in changes.items()}}
    (project / f"Pulumi.{stack}.yaml").write_text(json.dumps({"config": settings}))


def check(project: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(["check", "--project", str(project), "--today", "2026-11-21", *arguments])
    return code, *capsys.readouterr()


def test_every_stack_is_checked_where_none_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = check(project, capsys)
    assert code == 0
    assert [line for line in out.splitlines() if not line.startswith(" ")] == [
        "dev: 1 resource, 10.63 USD a month, policy pack: 0 mandatory, 1 advisory",
        "",
        "prod: 1 resource, 10.63 USD a month, policy pack: 0 mandatory, 1 advisory",
        "",
        "The check passes: 2 undetermined.",
    ]
    assert err == "hello dev\nhello prod\n"


def test_strict_makes_what_cannot_be_judged_fail(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = check(project, capsys, "dev", "--strict")
    assert code == 1
    assert out.startswith("dev: 1 resource, 10.63 USD a month, policy pack: 1 mandatory, 0 advisory\n")
    assert out.endswith("The check fails: 1 error.\n")


def test_one_error_anywhere_makes_the_check_fail(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, "prod", privileged=True)
    assert check(project, capsys, "dev")[0] == 0
    code, out, _ = check(project, capsys, "dev", "prod")
    assert code == 1
    assert "    error  no-privileged  Pod/shop/web  spec.containers[0].securityContext.privileged\n" in out
    assert out.splitlines()[-1].startswith("The check fails: ")


def test_a_rule_may_be_switched_off_and_on(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, "dev", privileged=True)
    off = ["--rule", "no-privileged=off", "--rule", "pod-security=off"]
    assert check(project, capsys, "dev", *off)[0] == 0
    assert check(project, capsys, "dev", *off, "--rule", "no-privileged=error")[0] == 1


def test_json_has_a_preview_for_each_stack_and_all_findings(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, "prod", privileged=True)
    report = json.loads(check(project, capsys, "--format", "json")[1])
    assert list(report) == ["stacks", "findings"]
    assert list(report["stacks"]) == ["dev", "prod"]
    prod = report["stacks"]["prod"]
    assert list(prod) == [
        *("stack", "region", "resources", "outputs", "logs", "notes"),
        *("findings", "notChecked", "cost", "policyPack"),
    ]
    assert [(one["rule"], one["stack"]) for one in report["findings"] if one["rule"] == "no-privileged"] == [
        ("no-privileged", "prod")
    ]
    assert [one for one in prod["findings"] if one["rule"] == "no-privileged"] == [
        {
            "rule": "no-privileged",
            "level": "error",
            "object": "Pod/shop/web",
            "path": "spec.containers[0].securityContext.privileged",
            "message": "container web sets privileged to true, which Fargate refuses",
            "fix": "Remove privileged, or run the pod on nodes.",
            "source": "https://docs.aws.amazon.com/eks/latest/userguide/fargate.html",
            "event": "Pod not supported on Fargate: invalid SecurityContext fields: Privileged",
        }
    ]


def test_manifests_are_explained_for_every_stack(
    project: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path_factory.mktemp("manifests") / "api.yaml"
    file.write_text(MANIFEST)
    code, out, _ = check(project, capsys, "--manifests", str(file), "--format", "json")
    assert code == 1
    report = json.loads(out)
    assert list(report) == ["stacks", "manifests", "findings"]
    assert [(pod["object"], pod["stack"]) for pod in report["manifests"]["pods"]] == [
        ("Pod/shop/api", "dev"),
        ("Pod/shop/api", "prod"),
    ]
    found = [one for one in report["findings"] if one["rule"] == "no-host-namespaces"]
    assert [(one["stack"], one["object"], one["file"], one["line"]) for one in found] == [
        (stack, "Pod/shop/api", str(file), 1) for stack in ("dev", "prod")
    ]


def test_a_manifest_that_cannot_be_read_is_bad_input(
    project: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path_factory.mktemp("manifests") / "api.yaml"
    file.write_text("kind: [")
    code, out, err = check(project, capsys, "dev", "--manifests", str(file))
    assert code == 2
    assert out.startswith("dev: ")
    assert f"error: {file}:" in err


def test_a_stack_that_cannot_be_run_is_bad_input_and_the_others_are_reported(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "Pulumi.dev.yaml").write_text("config: {broken")
    code, out, _ = check(project, capsys)
    assert code == 2
    assert out.startswith("dev: cannot be run\n  Findings: 1 error\n")
    assert "\nprod: 1 resource, " in out


def test_stacks_that_do_not_exist_are_all_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = check(project, capsys, "dev", "qa", "test")
    assert (code, out) == (2, "")
    assert err.splitlines() == [
        "error: unknown stack 'qa': stacks that exist: dev, prod",
        "error: unknown stack 'test': stacks that exist: dev, prod",
    ]


def test_rules_that_do_not_exist_are_all_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = check(project, capsys, "--rule", "a=off", "--rule", "b=off")
    assert (code, out) == (2, "")
    assert err.splitlines() == [
        "error: --rule a: no such rule; `eks-fargate rules` lists them",
        "error: --rule b: no such rule; `eks-fargate rules` lists them",
    ]


def test_a_level_that_does_not_exist_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = check(project, capsys, "--rule", "no-privileged=loud")
    assert (code, out) == (2, "")
    assert err.endswith(
        "'no-privileged=loud' is no level of a rule: write ID=LEVEL, LEVEL one of off, warning, error\n"
    )


def test_the_configuration_of_the_pack_is_written_for_each_policy(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["policy-config", "dev", "--project", str(project), "--strict", "--rule", "no-node-port=off"]) == 0
    config = json.loads(capsys.readouterr().out)
    assert list(config) == [
        f"{what}-{level}" for what in ("resource", "stack") for level in ("errors", "undetermined", "warnings")
    ]
    assert config["stack-errors"] == {
        "dataPlane": "fargate",
        "kubernetesVersion": "1.35",
        "region": "eu-west-1",
        "rules": {"no-node-port": "off"},
        "strict": True,
    }


def test_what_changes_since_a_revision_stands_beside_each_stack(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = repository(tmp_path)
    repo.write(Pulumi__yaml="name: demo\nruntime: python\n", Pulumi__dev__yaml="config:\n  aws:region: eu-west-1\n")
    repo.program('import pulumi_aws\npulumi_aws.ec2.Vpc("main", cidr_block="10.0.0.0/16", tags={"team": "a"})\n')
    repo.commit()
    repo.program('import pulumi_aws\npulumi_aws.ec2.Vpc("main", cidr_block="10.1.0.0/16", tags={"team": "a"})\n')
    _, out, _ = check(repo.project, capsys, "--against", "HEAD", "--format", "json")
    assert [(one["op"], one["properties"][0]["path"]) for one in json.loads(out)["stacks"]["dev"]["changes"]] == [
        ("replace", "cidrBlock")
    ]
    _, out, _ = check(repo.project, capsys, "--against", "HEAD")
    assert "  Changes since HEAD" in out
    assert "    +- ec2 Vpc main: the new one comes first\n" in out


def test_a_change_that_is_refused_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    repo = repository(tmp_path)
    repo.write(Pulumi__yaml="name: demo\nruntime: python\n", Pulumi__dev__yaml="config:\n  aws:region: eu-west-1\n")
    vpc = """\
        import pulumi
        import pulumi_aws
        pulumi_aws.ec2.Vpc(
            "main", cidr_block="CIDR", tags={"team": "a"}, opts=pulumi.ResourceOptions(protect=True)
        )
        """
    repo.program(vpc.replace("CIDR", "10.0.0.0/16"))
    repo.commit()
    assert check(repo.project, capsys, "--against", "HEAD")[0] == 0
    repo.program(vpc.replace("CIDR", "10.1.0.0/16"))
    code, out, _ = check(repo.project, capsys, "--against", "HEAD")
    assert code == 1
    assert "  Refused:\n" in out
    assert out.endswith("The check fails: no findings, 1 change refused.\n")
