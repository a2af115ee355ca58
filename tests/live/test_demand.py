"""What a plan asks of AWS."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eks_fargate.fargate.given import given_of
from eks_fargate.live.demand import Demand, demand_of
from eks_fargate.live.failures import LiveError
from eks_fargate.offline.plan import Plan
from eks_fargate.offline.stack_given import given_config
from tests.live.conftest import TODAY

WORKLOAD = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "web", "namespace": "app-shop"},
    "spec": {
        "replicas": 3,
        "template": {
            "spec": {"containers": [{"name": "web", "resources": {"requests": {"cpu": "1", "memory": "1Gi"}}}]}
        },
    },
}


def test_a_plan_names_its_cluster_its_version_and_its_pods(demand: Demand) -> None:
    assert (demand.cluster_name, demand.version, demand.partition) == ("eks-fargate-whole", "1.35", "aws")
    assert sorted(placed.pod.name for placed in demand.on_fargate) == ["aws-load-balancer-controller", "coredns"]


def test_manifests_are_placed_by_the_planned_profiles(plan: Plan) -> None:
    demand = demand_of(plan, given_of(given_config(plan), TODAY), [WORKLOAD])
    (web,) = [placed for placed in demand.on_fargate if placed.pod.name == "web"]
    assert web.placement.profile is not None
    assert web.placement.profile.name.startswith("apps--")


def test_a_stack_without_a_region_cannot_be_looked_for(plan: Plan) -> None:
    expected = "^stack 'whole' sets no aws:region: set it, so that it is known where to look$"
    with pytest.raises(LiveError, match=expected):
        demand_of(replace(plan, region=""), given_of({}, TODAY))
