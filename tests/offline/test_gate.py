"""What is said of a stack before deployment: the environments as they ship, and deliberately broken copies of each."""

from __future__ import annotations

import datetime
import shutil
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from eks_fargate.fargate.explain import Located
from eks_fargate.fargate.findings import Finding, Level
from eks_fargate.fargate.reported import violation_text
from eks_fargate.offline.errors import ProjectError, SettingsError
from eks_fargate.offline.gate import Asked, StackReport, checked, pack_config, previewed
from tests.offline.conftest import WriteProject

ROOT = Path(__file__).parents[2]
TODAY = datetime.date(2026, 11, 21)
STACKS = ("dev", "prod", "staging")

# The platform with an application beside it, in which everything is wrong that a plan can hold.
BROKEN_PROGRAM = """
    import pulumi_aws as aws
    import pulumi_kubernetes as kubernetes

    from stacks.platform import build
    from stacks.settings import load

    outputs = build(load())
    aws.eks.FargateProfile(
        "public",
        cluster_name=outputs["clusterName"],
        fargate_profile_name="public",
        pod_execution_role_arn=outputs["podExecutionRoleArn"],
        selectors=[{"namespace": "public"}],
        subnet_ids=outputs["publicSubnetIds"],
    )
    labels, place = {"app": "web"}, {"name": "web", "namespace": "app-web"}

    def pod(**context):
        container = {"name": "web", "image": "registry.example/web:1.0", "securityContext": context}
        return {"metadata": {"labels": labels}, "spec": {"containers": [container]}}

    def spec(template):
        return {"selector": {"matchLabels": labels}, "template": template}

    kubernetes.apps.v1.Deployment("web", metadata=place, spec=spec(pod(privileged=True)))
    kubernetes.apps.v1.DaemonSet("agent", metadata={**place, "name": "agent"}, spec=spec(pod()))
    kubernetes.core.v1.Service("web", metadata=place, spec={"selector": labels, "ports": [{"port": 80}]})
    kubernetes.networking.v1.Ingress(
        "web",
        metadata={**place, "annotations": {"alb.ingress.kubernetes.io/target-type": "instance"}},
        spec={"ingressClassName": "alb", "defaultBackend": {"service": {"name": "web", "port": {"number": 80}}}},
    )
"""


def copy_of_the_project(folder: Path) -> Path:
    """The project as it ships, to be broken."""
    for part in ("components", "stacks"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("Pulumi.yaml", "__main__.py"):
        shutil.copy(ROOT / part, folder / part)
    return folder


@pytest.fixture(scope="module")
def shipped() -> dict[str, StackReport]:
    """The report of each environment as it ships."""
    return {report.stack: report for report in checked(Asked(ROOT, TODAY), STACKS)}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, StackReport]:
    """The report of each environment with the broken application, and its API server open to everyone."""
    folder = copy_of_the_project(tmp_path_factory.mktemp("broken"))
    (folder / "__main__.py").write_text(textwrap.dedent(BROKEN_PROGRAM))
    prod = folder / "stacks/Pulumi.prod.yaml"
    prod.write_text(prod.read_text().replace("publicCidrs: [203.0.113.0/24]", "publicCidrs: [0.0.0.0/0]"))
    return {report.stack: report for report in checked(Asked(folder, TODAY), STACKS)}


def found(report: StackReport, rule: str) -> list[tuple[str, str, str]]:
    """Level, name and message of the findings of one rule."""
    return [
        (one.level.value, one.object.rpartition("::")[2], one.message) for one in report.findings if one.rule == rule
    ]


@pytest.mark.parametrize("stack", STACKS)
def test_a_shipped_environment_has_no_error(shipped: dict[str, StackReport], stack: str) -> None:
    assert [one for one in shipped[stack].findings if one.level is Level.ERROR] == []


@pytest.mark.parametrize("stack", STACKS)
def test_the_pack_says_nothing_of_a_shipped_environment_that_preview_does_not(
    shipped: dict[str, StackReport], stack: str
) -> None:
    report = shipped[stack]
    assert report.findings == previewed(Asked(ROOT, TODAY), stack).findings
    told = {violation_text(finding) for finding in report.findings}
    assert report.violations
    assert {one.message for one in report.violations} <= told


@pytest.mark.parametrize("stack", STACKS)
def test_a_privileged_pod_is_found(broken: dict[str, StackReport], stack: str) -> None:
    message = "container web sets privileged to true, which Fargate refuses"
    assert found(broken[stack], "no-privileged") == [("error", "Deployment/app-web/web", message)]


def test_a_daemonset_on_fargate_alone_is_found(broken: dict[str, StackReport]) -> None:
    message = "it is a DaemonSet, and its pods would land on Fargate, which runs none"
    assert found(broken["dev"], "no-daemonset") == [("error", "DaemonSet/app-web/agent", message)]


@pytest.mark.parametrize("stack", ["prod", "staging"])
def test_a_daemonset_that_a_profile_covers_beside_nodes_is_found(broken: dict[str, StackReport], stack: str) -> None:
    message = (
        "a profile covers the DaemonSet's namespace whole, and AWS does not say whether EKS then leaves DaemonSet pods "
        "to the nodes"
    )
    assert found(broken[stack], "no-daemonset") == [("undetermined", "DaemonSet/app-web/agent", message)]


@pytest.mark.parametrize(("stack", "zones"), [("dev", (1, 2)), ("staging", (1, 2)), ("prod", (1, 2, 4))])
def test_public_subnets_in_a_profile_are_found(
    broken: dict[str, StackReport], stack: str, zones: tuple[int, ...]
) -> None:
    assert found(broken[stack], "profile-subnets-private") == [
        (
            "error",
            "public",
            f"subnet network-public-use1-az{zone} has a route to an internet gateway; EKS takes private subnets only",
        )
        for zone in zones
    ]


@pytest.mark.parametrize("stack", STACKS)
def test_a_wrong_target_type_is_found(broken: dict[str, StackReport], stack: str) -> None:
    message = (
        "backend web is on Fargate and the target type is instance by annotation of the Ingress; an ALB reaches "
        "Fargate pods with target type ip alone"
    )
    assert found(broken[stack], "ingress-targets-ip") == [("error", "Ingress/app-web/web", message)]


def test_a_production_endpoint_open_to_everyone_is_found(
    broken: dict[str, StackReport], shipped: dict[str, StackReport]
) -> None:
    message = "the public endpoint answers every address, in production"
    assert found(broken["prod"], "cluster-endpoint-restricted") == [("error", "cluster-control-plane", message)]
    assert found(shipped["prod"], "cluster-endpoint-restricted") == []


@pytest.mark.parametrize("stack", STACKS)
def test_what_is_refused_is_refused_by_the_pack_too(broken: dict[str, StackReport], stack: str) -> None:
    report = broken[stack]
    mandatory = {one.message.partition("]")[0].removeprefix("[") for one in report.violations or () if one.mandatory}
    assert {"no-privileged", "ingress-targets-ip", "profile-subnets-private"} <= mandatory
    errors = {one.rule for one in report.findings if one.level is Level.ERROR}
    assert mandatory <= errors


@pytest.mark.parametrize("stack", STACKS)
def test_settings_that_are_refused_are_findings_and_the_others_go_on(tmp_path: Path, stack: str) -> None:
    folder = copy_of_the_project(tmp_path)
    file = folder / "stacks" / f"Pulumi.{stack}.yaml"
    text = file.read_text().replace("namespace: kube-system", "namespace: other")
    more = "".join(f"\n        - namespace: n{number}" for number in range(6))
    file.write_text(text.replace("        - namespace: app-*", f"        - namespace: app-*{more}"))
    others = [other for other in STACKS if other != stack]
    first, *rest = checked(Asked(folder, TODAY), [stack, others[0]])
    assert first.plan is None
    assert {"coredns-has-a-profile", "profile-has-selectors"} <= {one.rule for one in first.findings}
    (six,) = (one for one in first.findings if one.rule == "profile-has-selectors")
    selectors = text.count("- namespace: app-*") + 6 + (2 if stack == "dev" else 1)
    assert f"profiles.apps.selectors: profile apps has {selectors} selectors; EKS takes 5 a profile" in six.message
    assert (six.level, six.object, six.file) == (Level.ERROR, file.as_posix(), file.as_posix())
    assert [report.plan is None for report in rest] == [False]


def test_the_pack_alone_may_find_something(
    write_project: WriteProject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    pack = tmp_path_factory.mktemp("pack")
    (pack / "PulumiPolicy.yaml").write_text("runtime: python\n")
    (pack / "__main__.py").write_text(
        textwrap.dedent(
            """
            from pulumi_policy import EnforcementLevel, PolicyPack, StackValidationPolicy
            def named(args, report):
                report("[names] a stack has a better name")
                report("a sentence")
            PolicyPack("own", [StackValidationPolicy("named", "Names", named, EnforcementLevel.MANDATORY)])
            """
        )
    )
    (report,) = checked(Asked(write_project(""), TODAY), ["dev"], pack)
    assert [(one.rule, one.level, one.object, one.message) for one in report.findings] == [
        ("named", Level.ERROR, "stack dev", "a sentence"),
        ("names", Level.ERROR, "stack dev", "a stack has a better name"),
    ]


def test_strict_gives_an_undetermined_finding_the_level_it_would_have(shipped: dict[str, StackReport]) -> None:
    def as_strict(finding: Finding) -> Finding:
        return replace(finding, level=finding.would_be or finding.level)

    strict = previewed(Asked(ROOT, TODAY, strict=True), "dev")
    assert set(strict.findings) == {as_strict(finding) for finding in shipped["dev"].findings}
    assert Level.UNDETERMINED not in {finding.level for finding in strict.findings}


def test_a_level_that_is_asked_for_wins_over_the_settings(
    write_project: WriteProject,
) -> None:
    folder = write_project(
        "import pulumi_aws as aws\naws.ec2.Vpc('main')\n",
        dev="config:\n  aws:region: eu-west-1\n  eks-fargate:rules: {resources-are-tagged: warning}\n",
    )
    rule = "resources-are-tagged"
    levels = [
        [level for level, _, _ in found(previewed(Asked(folder, TODAY, levels=asked), "dev"), rule)]
        for asked in ({}, {rule: "off"}, {rule: "error"})
    ]
    assert levels == [["warning"], [], ["error"]]


def test_the_configuration_of_the_pack_is_that_of_the_settings() -> None:
    config = pack_config(Asked(ROOT, TODAY, levels={"no-node-port": "off"}, strict=True), "dev")
    assert sorted(config) == [
        f"{what}-{level}" for what in ("resource", "stack") for level in ("errors", "undetermined", "warnings")
    ]
    one = config["resource-errors"]
    assert all(other == one for other in config.values())
    assert {key: one[key] for key in ("dataPlane", "region", "podSecurity", "rules", "strict")} == {
        "dataPlane": "fargate",
        "region": "us-east-1",
        "podSecurity": "baseline",
        "rules": {"no-node-port": "off"},
        "strict": True,
    }
    assert [name.partition("--")[0] for name in one["profiles"]] == ["apps", "system"]


def test_manifests_are_explained_and_held_against_their_schema() -> None:
    manifest = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "a", "namespace": "app-x"},
        "spec": {"hostNetwork": True, "contaners": [], "containers": [{"name": "a", "image": "a:1"}]},
    }
    report = previewed(Asked(ROOT, TODAY, manifests=[Located(manifest, "web.yaml", 3)]), "dev")
    assert report.manifests is not None
    on_manifests = [one for one in report.all_findings if one.object == "Pod/app-x/a"]
    assert {("kubernetes-schema", "web.yaml", 3), ("no-host-namespaces", "web.yaml", 3)} <= {
        (one.rule, one.file, one.line) for one in on_manifests
    }
    assert not {one.object for one in report.findings} & {"Pod/app-x/a"}


def test_every_environment_has_a_cost_of_its_control_plane_and_its_pods(shipped: dict[str, StackReport]) -> None:
    for report in shipped.values():
        items = {item.what: item.quantity for item in report.cost}
        assert items["EKS control plane cluster-control-plane"] == 1
        assert items["Fargate pods of Deployment kube-system/coredns"] == 2
        assert items["Fargate pods of Deployment kube-system/aws-load-balancer-controller"] == 2


def test_a_region_without_schemas_is_told_as_not_checked(write_project: WriteProject) -> None:
    folder = write_project("import pulumi_aws as aws\naws.ec2.Vpc('main')\n", dev="config: {}\n")
    report = previewed(Asked(folder, TODAY), "dev")
    assert [one.object for one in report.not_checked] == ["stack dev"]


def test_a_stack_that_is_not_there_is_refused() -> None:
    with pytest.raises(ProjectError):
        previewed(Asked(ROOT, TODAY), "qa")


def test_settings_of_the_rules_that_are_no_configuration_are_refused(write_project: WriteProject) -> None:
    folder = write_project("", dev="config:\n  eks-fargate:rules: {no-such-rule: off}\n")
    with pytest.raises(SettingsError) as caught:
        previewed(Asked(folder, TODAY), "dev")
    assert caught.value.problems == ("eks-fargate:rules.no-such-rule: no such rule",)
