"""Add-on versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eks_fargate.fargate.resource_types import ADDON
from eks_fargate.live.account import Account
from eks_fargate.live.checks import State
from eks_fargate.live.demand import Demand
from eks_fargate.live.preflight.addons import addons
from tests.live.documented import Documented
from tests.live.telling import not_well, told


def listed(documented: Documented, *versions: str) -> None:
    rows = [
        {"addonVersion": version, "compatibilities": [{"clusterVersion": "1.35", "defaultVersion": version == "v2"}]}
        for version in versions
    ]
    documented.answers("eks", "DescribeAddonVersions", {"addons": [{"addonVersions": rows}] if rows else []})


def test_planned_versions_that_aws_lists_are_well(account: Account, documented: Documented, demand: Demand) -> None:
    planned = {one.inputs["addonName"]: one.inputs["addonVersion"] for one in demand.stack.of_type(ADDON)}

    def answer(parameters: Mapping[str, Any]) -> dict[str, Any]:
        assert parameters["kubernetesVersion"] == "1.35"
        return {"addons": [{"addonVersions": [{"addonVersion": planned[parameters["addonName"]]}]}]}

    documented.answers("eks", "DescribeAddonVersions", answer)
    checks = addons(account, demand)
    assert not_well(checks) == []
    assert [check.subject for check in checks] == [
        "coredns on Kubernetes 1.35",
        "kube-proxy on Kubernetes 1.35",
        "vpc-cni on Kubernetes 1.35",
    ]


def test_a_version_that_aws_does_not_list_is_a_problem_that_names_the_default(
    account: Account, documented: Documented, demand: Demand
) -> None:
    listed(documented, "v1", "v2")
    check = told(addons(account, demand), "coredns on Kubernetes 1.35")
    assert (check.state, check.fix) == (State.PROBLEM, "set coreDns.version to v2")


def test_an_add_on_without_any_version_is_a_problem(account: Account, documented: Documented, demand: Demand) -> None:
    listed(documented)
    check = told(addons(account, demand), "coredns on Kubernetes 1.35")
    assert (check.state, check.why) == (State.PROBLEM, "AWS lists no version of it at all")


def test_a_listing_that_is_denied_is_not_checked(account: Account, documented: Documented, demand: Demand) -> None:
    documented.fails("eks", "DescribeAddonVersions", "AccessDeniedException")
    assert {check.state for check in addons(account, demand)} == {State.NOT_CHECKED}
