from __future__ import annotations

from dataclasses import replace

import pytest

from eks_fargate.fargate.rules.base import Fail, not_known
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.compliant import CONTROL_PLANE, changed, on_plan, plan, resource, stack_of

RULE = "cluster-endpoint-restricted"
CIDRS = "vpcConfig.publicAccessCidrs"
FIX = "List the CIDRs that need it, or turn public access off."
QUESTION = "whether the public endpoint answers every address"


def access(**vpc_config: object) -> dict[str, object]:
    return {"vpcConfig": {**CONTROL_PLANE["vpcConfig"], **vpc_config}}


def test_an_endpoint_limited_by_cidr_passes() -> None:
    assert on_plan(RULE, stack_of(plan(), production=True)) == []


def test_no_public_endpoint_passes() -> None:
    resources = changed("cluster", **access(endpointPublicAccess=False, publicAccessCidrs=["0.0.0.0/0"]))
    assert on_plan(RULE, stack_of(resources, production=True)) == []


@pytest.mark.parametrize("cidrs", [["0.0.0.0/0"], ["203.0.113.0/24", "::/0"], ["0.0.0.0/0", UNKNOWN], [], None])
def test_an_open_endpoint_fails_in_production(cidrs: object) -> None:
    resources = changed("cluster", **access(publicAccessCidrs=cidrs))
    message = "the public endpoint answers every address, in production"
    assert on_plan(RULE, stack_of(resources, production=True)) == [("cluster", Fail(CIDRS, message, FIX))]


def test_an_open_endpoint_elsewhere_is_a_milder_case() -> None:
    resources = changed("cluster", **access(publicAccessCidrs=["0.0.0.0/0"]))
    message = "the public endpoint answers every address"
    assert on_plan(RULE, stack_of(resources)) == [("cluster", Fail(CIDRS, message, FIX, soft=True))]


@pytest.mark.parametrize(
    ("given", "path"),
    [
        (access(publicAccessCidrs=[UNKNOWN]), CIDRS),
        (access(publicAccessCidrs=UNKNOWN), CIDRS),
        (access(publicAccessCidrs=["0.0.0.0/0"], endpointPublicAccess=UNKNOWN), "vpcConfig.endpointPublicAccess"),
        ({"vpcConfig": UNKNOWN}, "vpcConfig.endpointPublicAccess"),
    ],
)
def test_what_is_not_known_leaves_it_undetermined(given: dict[str, object], path: str) -> None:
    resources = changed("cluster", **given)
    assert on_plan(RULE, stack_of(resources, production=True)) == [("cluster", not_known(path, QUESTION))]
    assert on_plan(RULE, stack_of(resources)) == [("cluster", replace(not_known(path, QUESTION), soft=True))]


def test_a_component_is_judged_by_its_own_inputs() -> None:
    component = resource("eks", "eks:index:Cluster", {"publicAccessCidrs": ["0.0.0.0/0"]})
    assert [(urn, verdict.path) for urn, verdict in on_plan(RULE, stack_of({"eks": component}))] == [
        ("eks", "publicAccessCidrs")
    ]


def test_a_component_whose_cluster_is_in_the_plan_is_left_to_that() -> None:
    component = resource("eks", "eks:index:Cluster", {"publicAccessCidrs": ["0.0.0.0/0"]})
    cluster = replace(plan()["cluster"], parent="eks")
    assert on_plan(RULE, stack_of({**plan(), "eks": component, "cluster": cluster})) == []
