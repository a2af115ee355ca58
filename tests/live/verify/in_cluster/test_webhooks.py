"""Webhooks and what is behind them."""

from __future__ import annotations

from eks_fargate.live.checks import State
from eks_fargate.live.verify.in_cluster.inside import Inside
from eks_fargate.live.verify.in_cluster.webhooks import webhooks
from tests.live.api_server import ApiServer
from tests.live.in_cluster import WEBHOOK
from tests.live.telling import not_well, told

SLICES = "/apis/discovery.k8s.io/v1/endpointslices"
VALIDATING = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations"
SUBJECT = f"kube-system/{WEBHOOK}"


def test_a_webhook_with_ready_endpoints_is_well(inside: Inside) -> None:
    assert told(webhooks(inside), SUBJECT).state is State.OK


def test_a_webhook_without_ready_endpoints_is_a_problem(inside: Inside, api_server: ApiServer) -> None:
    api_server.objects[SLICES][0]["endpoints"] = [{"conditions": {"ready": False}}]
    check = told(webhooks(inside), SUBJECT)
    assert (check.state, check.actual) == (State.PROBLEM, "0")


def test_a_webhook_that_may_fail_is_of_no_matter(inside: Inside, api_server: ApiServer) -> None:
    api_server.objects[SLICES] = []
    api_server.objects[VALIDATING][0]["webhooks"][0]["failurePolicy"] = "Ignore"
    assert webhooks(inside) == []


def test_what_may_not_be_listed_is_not_checked(inside: Inside, api_server: ApiServer) -> None:
    api_server.statuses[VALIDATING] = 403
    assert not_well(webhooks(inside)) == [("not-checked", "validating webhooks")]
