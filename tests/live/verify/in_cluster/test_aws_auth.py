"""The ConfigMap aws-auth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eks_fargate.live.checks import State
from eks_fargate.live.verify.in_cluster.aws_auth import aws_auth
from eks_fargate.live.verify.in_cluster.inside import Inside
from tests.live.api_server import ApiServer

ROLE = "arn:aws:iam::123456789012:role/pods"
PATH = "/api/v1/namespaces/kube-system/configmaps"


@pytest.mark.parametrize(("roles", "state"), [(f"- rolearn: {ROLE}", State.OK), ("- rolearn: x", State.PROBLEM)])
def test_the_config_map_names_the_execution_role(
    inside: Inside, api_server: ApiServer, roles: str, state: State
) -> None:
    metadata = {"name": "aws-auth", "namespace": "kube-system"}
    api_server.objects[PATH] = [{"metadata": metadata, "data": {"mapRoles": roles}}]
    (check,) = aws_auth(replace(inside, cluster={}), (ROLE,))
    assert (check.state, check.subject) == (state, ROLE)


def test_a_cluster_with_access_entries_needs_none(inside: Inside) -> None:
    assert aws_auth(inside, (ROLE,)) == []


def test_a_config_map_that_may_not_be_read_is_not_checked(inside: Inside, api_server: ApiServer) -> None:
    api_server.statuses[PATH] = 403
    (check,) = aws_auth(replace(inside, cluster={}), (ROLE,))
    assert check.state is State.NOT_CHECKED
