"""A healthy cluster from inside."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from eks_fargate.live.demand import Demand
from eks_fargate.live.kubernetes_api import KubernetesApi
from eks_fargate.live.verify.in_cluster.inside import Inside
from tests.live.api_server import ApiServer
from tests.live.in_cluster import healthy


@pytest.fixture
def inside(api_server: ApiServer, demand: Demand) -> Inside:
    """The cluster as a look sees it, at noon."""
    healthy(api_server, demand)
    api = KubernetesApi(api_server.url, api_server.certificate, "k8s-aws-v1.test")
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    cluster = {"version": "1.35", "accessConfig": {"authenticationMode": "API"}}
    return Inside(api, demand, demand.profiles, demand.data_plane, cluster, now)
