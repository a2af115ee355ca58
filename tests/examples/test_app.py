"""An application's stack on the platform: previewed by itself, judged with what the platform says of its cluster."""

from __future__ import annotations

import ast
import datetime
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eks_fargate.fargate.given import given_of
from eks_fargate.fargate.placement import Lands
from eks_fargate.fargate.planned import planned_stack
from eks_fargate.fargate.resources import Resource
from eks_fargate.offline.gate import PACK, Asked, pack_config, previewed
from eks_fargate.offline.pack.analyzer import Pack, started
from eks_fargate.offline.pack.process import Run
from eks_fargate.offline.testing import JudgeStack, Plan, Preview

ROOT = Path(__file__).parents[2]
APP = ROOT / "examples" / "app"
TODAY = datetime.date(2026, 11, 21)
DEPLOYMENT = "kubernetes:apps/v1:Deployment"

Config = Mapping[str, Any]


@pytest.fixture
def pulumi_project() -> Path:
    return APP


@pytest.fixture
def today() -> datetime.date:
    return TODAY


@pytest.fixture
def plan(preview: Preview) -> Plan:
    """The application as it ships."""
    return preview("dev")


@pytest.fixture(scope="module")
def platform() -> Config:
    """What `eks-fargate policy-config dev` prints for the platform: policy -> what it is told of the cluster."""
    return pack_config(Asked(ROOT, TODAY), "dev")


@pytest.fixture
def cluster(platform: Config) -> Config:
    """The same to one policy; all are told the same."""
    config: Config = platform["stack-errors"]
    return config


@pytest.fixture(scope="module")
def pack(platform: Config) -> Iterator[Pack]:
    """The pack of the project, started for the application and configured by the platform."""
    environment = {**os.environ, "EKS_FARGATE_TODAY": TODAY.isoformat()}
    with started(PACK, Run("eks-fargate-app", "dev", environment=environment)) as running:
        running.configure(platform)
        yield running


def without_the_label(plan: Plan) -> list[Resource]:
    """The application whose pods bear no `environment: fargate`."""
    deployment = plan.named(DEPLOYMENT, "nginx")
    spec = deployment.inputs["spec"]
    template = {**spec["template"], "metadata": {"labels": {"app": "nginx"}}}
    changed = replace(deployment, inputs={**deployment.inputs, "spec": {**spec, "template": template}})
    return [changed if one is deployment else one for one in plan.resources]


def placements(resources: list[Resource] | tuple[Resource, ...], config: Config) -> list[tuple[str, Lands, str | None]]:
    """Each pod's object, where it lands, and the profile that takes it."""
    world = planned_stack(resources, given_of(config, TODAY)).world
    return [
        (placed.pod.ref, placed.lands, placed.placement.profile.name if placed.placement.profile else None)
        for placed in world.pods
    ]


def test_it_is_deployed_by_the_kubeconfig_of_the_platforms_stack(plan: Plan) -> None:
    provider = plan.named("pulumi:providers:kubernetes", "cluster")
    platform = plan.named("pulumi:pulumi:StackReference", "organization/eks-fargate/dev")
    assert plan.depends_on(provider, platform)
    assert {one.provider for one in plan.resources if one.type.startswith("kubernetes:")} == {provider.urn}
    assert [(one.type, one.name) for one in plan.resources if one.type.startswith(("kubernetes:", "eks-fargate:"))] == [
        ("kubernetes:networking.k8s.io/v1:Ingress", "nginx-ingress"),
        ("eks-fargate:index:ApplicationIngress", "nginx"),
        (DEPLOYMENT, "nginx"),
        ("kubernetes:core/v1:Namespace", "namespace"),
        ("kubernetes:core/v1:Service", "nginx"),
    ]


def test_another_platform_is_a_setting(preview: Preview) -> None:
    plan = preview("dev", {"platform": "acme/eks-fargate/prod"})
    assert [one.name for one in plan.of_type("pulumi:pulumi:StackReference")] == ["acme/eks-fargate/prod"]


def test_by_itself_only_its_place_is_not_known() -> None:
    found = previewed(Asked(APP, TODAY), "dev").findings
    assert [(one.rule, one.level, one.object) for one in found] == [
        ("matches-a-profile", "undetermined", "Deployment/eks-fargate/nginx")
    ]


def test_with_the_platforms_profiles_it_lands_on_fargate_and_nothing_is_wrong(
    plan: Plan, cluster: Config, judge_stack: JudgeStack
) -> None:
    assert placements(plan.resources, cluster) == [("Deployment/eks-fargate/nginx", Lands.FARGATE, "apps--080ba6f3")]
    assert judge_stack(plan, cluster) == []


def test_it_meets_the_restricted_standard_too(plan: Plan, cluster: Config, judge_stack: JudgeStack) -> None:
    assert judge_stack(plan, {**cluster, "podSecurity": "restricted"}) == []


def test_without_the_label_it_stays_pending(plan: Plan, cluster: Config, judge_stack: JudgeStack) -> None:
    unlabelled = without_the_label(plan)
    assert placements(unlabelled, cluster) == [("Deployment/eks-fargate/nginx", Lands.PENDING, None)]
    assert [(one.rule, one.level) for one in judge_stack(unlabelled, cluster)] == [("matches-a-profile", "error")]


def test_the_pack_lets_it_pass(pack: Pack, plan: Plan) -> None:
    assert pack.analyze(plan.resources) == []


def test_the_pack_refuses_it_without_the_label(pack: Pack, plan: Plan) -> None:
    (found,) = pack.analyze(without_the_label(plan))
    assert (found.urn, found.policy, found.mandatory) == (
        plan.named(DEPLOYMENT, "nginx").urn,
        "stack-errors",
        True,
    )
    assert found.message.startswith("[matches-a-profile] Deployment/eks-fargate/nginx ")


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return ["." * node.level + (node.module or "")]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def test_the_component_that_applications_copy_needs_nothing_else_of_this_project() -> None:
    source = (ROOT / "components" / "application_ingress.py").read_text(encoding="utf-8")
    packages = {name.partition(".")[0] for node in ast.walk(ast.parse(source)) for name in imported(node)}
    assert packages - set(sys.stdlib_module_names) == {"pulumi", "pulumi_kubernetes"}
