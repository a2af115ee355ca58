"""The plan of every environment: against the golden one, twice over, and as an update.

`python -m tests.stacks.golden_plans` writes the golden plans anew; review the difference.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from eks_fargate.offline.plan import Plan
from tests.offline.update_check import lost_inputs
from tests.stacks.golden_plans import FOLDER, NAMES, plan_of, rendered

CLUSTER = "aws:eks/cluster:Cluster"
PROFILE = "aws:eks/fargateProfile:FargateProfile"
CORE_DNS = ("aws:eks/addon:Addon", "core-dns-addon"), ("kubernetes:apps/v1:DeploymentPatch", "core-dns-compute-type")


@pytest.mark.parametrize("name", NAMES)
def test_the_plan_is_the_golden_one(name: str) -> None:
    golden = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert rendered(plan_of(name)) == golden, "if this is meant: python -m tests.stacks.golden_plans"


def test_every_golden_plan_belongs_to_an_environment() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_two_runs_make_the_same_plan(name: str) -> None:
    first, second = plan_of(name), plan_of.__wrapped__(name)
    assert first is not second
    assert first.to_json() == second.to_json()


@pytest.mark.parametrize("name", NAMES)
def test_an_update_sends_all_that_a_preview_leaves_open(name: str) -> None:
    assert lost_inputs(plan_of(name), plan_of(name, dry_run=False)) == []


def _first(plan: Plan) -> Iterator[tuple[str, str]]:
    """Pairs of a resource and one that has to stand before it, both by URN."""
    clusters, profiles = plan.of_type(CLUSTER), plan.of_type(PROFILE)
    egress = plan.of_type("aws:ec2/natGateway:NatGateway", "aws:ec2/vpcEndpoint:VpcEndpoint")
    access = plan.of_type("aws:eks/accessPolicyAssociation:AccessPolicyAssociation")
    in_cluster = [each for each in plan.resources if each.type.startswith("kubernetes:")]
    names = [each for each in plan.resources if (each.type, each.name) in CORE_DNS]
    nodes = plan.of_type("eks:index:ManagedNodeGroup")
    logging = plan.of_type("kubernetes:core/v1:ConfigMap")
    controllers = plan.of_type("kubernetes:helm.sh/v3:Release")
    for later, earlier in (
        (profiles, clusters),
        (profiles, egress),
        (profiles, plan.of_type("aws:iam/rolePolicyAttachment:RolePolicyAttachment") if not nodes else ()),
        (nodes, (*profiles, *egress)),
        (names, (*profiles, *nodes, *logging)),
        (controllers, (*names, *plan.of_type("aws:iam/rolePolicy:RolePolicy"))),
        (in_cluster, (*clusters, *access)),
    ):
        yield from ((each.urn, other.urn) for each in later for other in earlier)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_made_before_what_it_needs(name: str) -> None:
    plan = plan_of(name)
    by_urn = {resource.urn: resource for resource in plan.resources}
    pairs = list(_first(plan))
    assert pairs
    assert [pair for pair in pairs if not plan.depends_on(by_urn[pair[0]], by_urn[pair[1]])] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_resource_is_in_the_tree_and_every_dependency_in_the_plan(name: str) -> None:
    plan = plan_of(name)
    urns = {resource.urn for resource in plan.resources}
    orphans = [each.name for each in plan.resources if each.parent not in urns and each.type != "pulumi:pulumi:Stack"]
    lost = [each.name for each in plan.resources if not {*each.dependencies} <= urns]
    assert (orphans, lost) == ([], [])


def test_only_production_is_protected() -> None:
    protected = {name: sum(bool(each.options.get("protect")) for each in plan_of(name).resources) for name in NAMES}
    assert {name for name, count in protected.items() if count} == {"prod"}
    guarded = ("aws:ec2/vpc:Vpc", CLUSTER, "aws:kms/key:Key", "aws:cloudwatch/logGroup:LogGroup")
    assert [each.name for each in plan_of("prod").of_type(*guarded) if each.options.get("protect")] == [
        "cluster-logs",
        "cluster-control-plane",
        "cluster-secrets",
        "network-vpc",
    ]
