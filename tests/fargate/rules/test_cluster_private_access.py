from __future__ import annotations

import pytest

from eks_fargate.fargate.rules.base import Fail, not_known
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.compliant import CONTROL_PLANE, changed, on_plan, plan, resource, stack_of

RULE = "cluster-private-access"
PRIVATE = "vpcConfig.endpointPrivateAccess"
MESSAGE = (
    "public access is limited by CIDR and private access is off, so pods and nodes reach the control plane only if the "
    "CIDRs hold their NAT addresses, which are not known before deployment"
)
FIX = "Turn private access on."
OFF = {"endpointPrivateAccess": False}


def verdicts(**vpc_config: object) -> list[tuple[str, object]]:
    given = {key: value for key, value in {**CONTROL_PLANE["vpcConfig"], **vpc_config}.items() if value is not None}
    return [*on_plan(RULE, stack_of(changed("cluster", vpcConfig=given)))]


def test_private_access_beside_a_limited_public_one_passes() -> None:
    assert on_plan(RULE, stack_of(plan())) == []


@pytest.mark.parametrize("private", [False, None])
def test_limited_public_access_without_private_access_fails(private: object) -> None:
    assert verdicts(endpointPrivateAccess=private) == [("cluster", Fail(PRIVATE, MESSAGE, FIX))]


def test_an_open_endpoint_needs_no_private_access() -> None:
    assert verdicts(**OFF, publicAccessCidrs=["0.0.0.0/0"]) == []
    assert verdicts(**OFF, publicAccessCidrs=None) == []


def test_without_public_access_there_is_nothing_to_limit() -> None:
    assert verdicts(**OFF, endpointPublicAccess=False) == []


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"endpointPrivateAccess": UNKNOWN}, PRIVATE),
        ({**OFF, "endpointPublicAccess": UNKNOWN}, "vpcConfig.endpointPublicAccess"),
        ({**OFF, "publicAccessCidrs": [UNKNOWN]}, "vpcConfig.publicAccessCidrs"),
    ],
)
def test_what_is_not_known_leaves_it_undetermined(given: dict[str, object], path: str) -> None:
    expected = not_known(path, "whether pods and nodes can reach the control plane")
    assert verdicts(**given) == [("cluster", expected)]


def test_a_component_is_judged_by_its_own_inputs() -> None:
    component = resource("eks", "eks:index:Cluster", {"publicAccessCidrs": ["203.0.113.0/24"]})
    assert on_plan(RULE, stack_of({"eks": component})) == [("eks", Fail("endpointPrivateAccess", MESSAGE, FIX))]
