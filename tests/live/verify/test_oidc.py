"""The OIDC provider."""

from __future__ import annotations

from eks_fargate.live.checks import State
from eks_fargate.live.demand import Demand
from eks_fargate.live.verify.oidc import oidc
from tests.live.conftest import Live


def test_the_provider_of_the_clusters_issuer_is_well(live: Live, demand: Demand) -> None:
    (check,) = oidc(live.account, demand)
    assert (check.state, check.planned) == (State.OK, "sts.amazonaws.com")


def test_audiences_that_drifted_are_a_problem(live: Live, demand: Demand) -> None:
    live.documented.answers("iam", "GetOpenIDConnectProvider", {"ClientIDList": ["other"]})
    (check,) = oidc(live.account, demand)
    assert (check.state, check.actual) == (State.PROBLEM, "other")


def test_a_provider_that_is_gone_is_a_problem(live: Live, demand: Demand) -> None:
    live.documented.fails("iam", "GetOpenIDConnectProvider", "NoSuchEntity")
    (check,) = oidc(live.account, demand)
    assert check.why.startswith("without it no service account gets its role")
