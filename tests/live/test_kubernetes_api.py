"""The Kubernetes API, listed over HTTPS."""

from __future__ import annotations

import pytest

from eks_fargate.live.failures import Failure, Kind
from eks_fargate.live.kubernetes_api import KubernetesApi, api_of
from tests.live.api_server import ApiServer, serving
from tests.live.conftest import Live

PODS = "/api/v1/pods"


@pytest.fixture
def api(api_server: ApiServer) -> KubernetesApi:
    return KubernetesApi(api_server.url, api_server.certificate, "k8s-aws-v1.test")


@pytest.mark.parametrize(("count", "calls"), [(0, 1), (1, 1), (100, 1), (1000, 10)])
def test_all_pages_are_joined(api: KubernetesApi, api_server: ApiServer, count: int, calls: int) -> None:
    api_server.objects[PODS] = [{"metadata": {"name": f"pod-{index}"}} for index in range(count)]
    api_server.page = 100
    assert api.list(PODS) == api_server.objects[PODS]
    assert len(api_server.asked) == calls


def test_a_path_is_listed_once(api: KubernetesApi, api_server: ApiServer) -> None:
    assert api.list(PODS) is api.list(PODS)
    assert api_server.asked == [("GET", PODS)]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, Kind.CREDENTIALS),
        (403, Kind.DENIED),
        (404, Kind.MISSING),
        (429, Kind.THROTTLED),
        (500, Kind.OTHER),
    ],
)
def test_a_status_is_told_without_the_servers_message(
    api: KubernetesApi, api_server: ApiServer, status: int, kind: Kind
) -> None:
    api_server.statuses[PODS] = status
    assert api.list(PODS) == Failure(kind, f"GET {PODS}", f"status {status}")


def test_a_token_that_is_not_ekss_is_refused(api_server: ApiServer) -> None:
    answer = KubernetesApi(api_server.url, api_server.certificate, "other").list(PODS)
    assert answer == Failure(Kind.CREDENTIALS, f"GET {PODS}", "status 401")


def test_a_server_with_another_certificate_is_not_spoken_to(
    api_server: ApiServer, tmp_path_factory: pytest.TempPathFactory
) -> None:

    with serving(tmp_path_factory.mktemp("other")) as other:
        answer = KubernetesApi(api_server.url, other.certificate, "k8s-aws-v1.test").list(PODS)
    assert answer == Failure(Kind.UNREACHABLE, f"GET {PODS}")
    assert api_server.asked == []


def test_a_clusters_own_token_opens_its_api(live: Live, api_server: ApiServer) -> None:
    live.cluster |= {"endpoint": api_server.url, "certificateAuthority": {"data": api_server.authority}}
    api = api_of(live.account, live.cluster)
    assert isinstance(api, KubernetesApi)
    assert api.list(PODS) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"endpoint": ""}, "the cluster has no endpoint yet"),
        ({"certificateAuthority": {"data": "!"}}, "the cluster's certificate authority cannot be read"),
        ({"certificateAuthority": {"data": "bm90IHBlbQ=="}}, "the cluster's certificate authority cannot be read"),
    ],
)
def test_a_cluster_without_an_api_is_told(live: Live, api_server: ApiServer, changes: object, code: str) -> None:
    assert isinstance(changes, dict)
    whole = {**live.cluster, "endpoint": api_server.url, "certificateAuthority": {"data": api_server.authority}}
    assert api_of(live.account, {**whole, **changes}) == Failure(Kind.OTHER, "the Kubernetes API", code)
