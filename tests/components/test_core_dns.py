from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from components.core_dns import CoreDns, CoreDnsArgs, addon_configuration
from eks_fargate.fargate.quantity import parse
from tests.components.mocks import Built, Registered, build, kubernetes_provider, stand_in

ADDON = "aws:eks/addon:Addon"
PATCH = "kubernetes:apps/v1:DeploymentPatch"


def built(**changes: Any) -> Built:
    def program() -> dict[str, Any]:
        compliant = CoreDnsArgs(
            cluster_name="shop",
            manage="addon",
            run_on="fargate",
            kubernetes_provider=kubernetes_provider(),
            version="v1.14.2-eksbuild.4",
            after=[stand_in("profile")],
            tags={"team": "shop"},
        )
        core_dns = CoreDns("core-dns", replace(compliant, **changes))
        return {"ready": core_dns.ready.urn}

    return build(program)


def patch() -> Registered:
    return built(manage="patch", version=None).one(PATCH, "core-dns-compute-type")


def test_on_fargate_the_addon_is_told_the_compute_type_and_a_size() -> None:
    resources = {"cpu": "0.25", "memory": "256M"}
    assert json.loads(addon_configuration("fargate")) == {
        "computeType": "Fargate",
        "replicaCount": 2,
        "resources": {"limits": resources, "requests": resources},
    }


def test_the_size_with_what_fargate_adds_is_the_smallest_there_is() -> None:
    requests = json.loads(addon_configuration("fargate"))["resources"]["requests"]
    assert parse(requests["cpu"]) == parse("0.25")
    assert parse(requests["memory"]) + parse("256Mi") <= parse("0.5Gi")


def test_on_nodes_the_addon_is_told_the_number_of_replicas_alone() -> None:
    assert addon_configuration("nodes") == '{"replicaCount": 2}'


def test_the_addon_takes_over_what_eks_left_and_leaves_it_there() -> None:
    addon = built().one(ADDON, "core-dns-addon")
    assert addon.parent == "core-dns"
    assert addon.inputs == {
        "clusterName": "shop",
        "addonName": "coredns",
        "addonVersion": "v1.14.2-eksbuild.4",
        "configurationValues": addon_configuration("fargate"),
        "resolveConflictsOnCreate": "OVERWRITE",
        "resolveConflictsOnUpdate": "OVERWRITE",
        "preserve": True,
        "tags": {"team": "shop"},
    }


def test_the_addon_waits_for_the_profiles_and_may_take_half_an_hour() -> None:
    addon = built().one(ADDON, "core-dns-addon")
    assert addon.depends_on == ["StandIn profile"]
    assert addon.request.customTimeouts.create == "30m"


def test_with_the_addon_nothing_is_patched() -> None:
    assert built().of_type(PATCH) == []


def test_a_patch_sets_the_compute_type_by_force_and_touches_nothing_else() -> None:
    inputs = patch().inputs
    assert inputs["metadata"] == {
        "name": "coredns",
        "namespace": "kube-system",
        "annotations": {"pulumi.com/patchForce": "true"},
    }
    assert inputs["spec"] == {"template": {"metadata": {"annotations": {"eks.amazonaws.com/compute-type": "fargate"}}}}


def test_a_patch_waits_for_the_profiles_and_goes_through_the_given_provider() -> None:
    made = patch()
    assert "StandIn profile" in made.depends_on
    assert made.provider == "in-cluster"


def test_a_patch_is_not_taken_back() -> None:
    assert patch().request.retainOnDelete is True


def test_with_a_patch_there_is_no_addon() -> None:
    assert built(manage="patch", version=None).of_type(ADDON) == []


@pytest.mark.parametrize(("manage", "ready"), [("addon", "core-dns-addon"), ("patch", "core-dns-compute-type")])
def test_names_resolve_once_the_one_resource_stands(manage: str, ready: str) -> None:
    assert built(manage=manage).outputs["ready"].endswith(f"::{ready}")
