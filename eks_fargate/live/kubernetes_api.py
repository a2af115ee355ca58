"""The Kubernetes API of a cluster, listed and never changed."""

from __future__ import annotations

import base64
import json
import ssl
from collections.abc import Mapping, Sequence
from typing import Any, Final

from kubernetes import client
from kubernetes.client.exceptions import ApiException
from urllib3.exceptions import HTTPError, MaxRetryError, NewConnectionError
from urllib3.exceptions import TimeoutError as UrllibTimeoutError

from eks_fargate.live.account import Account
from eks_fargate.live.failures import Failure, Kind
from eks_fargate.live.kubernetes_token import token
from eks_fargate.live.once import Once

_TIMEOUT_SECONDS: Final = (5.0, 20.0)
_PAGE: Final = 500

Objects = Sequence[Mapping[str, Any]] | Failure
"""What a list holds, all pages of it, or why that is not known."""


class KubernetesApi:
    """Lists objects of one cluster, by path, each path only once; it has no way to send anything but GET.

    host: `https://...`. certificate_authority: PEM. bearer: the token.
    """

    def __init__(self, host: str, certificate_authority: str, bearer: str) -> None:
        configuration = client.Configuration()
        configuration.host = host
        configuration.ca_cert_data = certificate_authority
        configuration.api_key = {"authorization": f"Bearer {bearer}"}
        configuration.retries = 0
        self._client = client.ApiClient(configuration)
        self._listed: Once[Objects] = Once()
        self.calls = 0

    def list(self, path: str, **query: str) -> Objects:
        """All objects under a path, `/api/v1/pods`. query: selectors."""
        return self._listed.get(f"{path}?{sorted(query.items())}", lambda: self._pages(path, query))

    def _pages(self, path: str, query: Mapping[str, str]) -> Objects:
        found: list[Mapping[str, Any]] = []
        page: dict[str, str] = {"limit": str(_PAGE)}
        while True:
            answer = self._get(path, {**query, **page})
            if isinstance(answer, Failure):
                return answer
            found += answer.get("items") or []
            following = answer.get("metadata", {}).get("continue")
            if not following:
                return found
            page["continue"] = following

    def _get(self, path: str, query: Mapping[str, str]) -> Mapping[str, Any] | Failure:
        asked = f"GET {path}"
        self.calls += 1
        try:
            request = self._client.param_serialize(
                "GET", path, query_params=list(query.items()), auth_settings=["BearerToken"]
            )
            response = self._client.call_api(*request, _request_timeout=_TIMEOUT_SECONDS)
            body = response.read()  # type: ignore[no-untyped-call]
            if response.status >= 400:
                return Failure(_kind_of_status(response.status), asked, f"status {response.status}")
            answer: Mapping[str, Any] = json.loads(body)
        except ApiException as error:
            return Failure(_kind_of_status(error.status or 0), asked, f"status {error.status}")
        except MaxRetryError as error:
            timed_out = isinstance(error.reason, UrllibTimeoutError) and not isinstance(
                error.reason, NewConnectionError
            )
            return Failure(Kind.TIMED_OUT if timed_out else Kind.UNREACHABLE, asked)
        except (HTTPError, OSError):
            return Failure(Kind.UNREACHABLE, asked)
        except ValueError:
            return Failure(Kind.OTHER, asked, "no JSON")
        return answer


def _kind_of_status(status: int) -> Kind:
    kinds = {401: Kind.CREDENTIALS, 403: Kind.DENIED, 404: Kind.MISSING, 429: Kind.THROTTLED}
    return kinds.get(status, Kind.OTHER)


def api_of(account: Account, cluster: Mapping[str, Any]) -> KubernetesApi | Failure:
    """The API of a cluster as DescribeCluster tells of it."""
    endpoint, authority = cluster.get("endpoint"), cluster.get("certificateAuthority", {}).get("data")
    if not endpoint or not authority:
        return Failure(Kind.OTHER, "the Kubernetes API", "the cluster has no endpoint yet")
    try:
        pem = base64.b64decode(authority, validate=True).decode()
        # Without a certificate that can be read, the client would trust the system's own.
        ssl.create_default_context(cadata=pem)
        return KubernetesApi(str(endpoint), pem, token(account, str(cluster["name"])))
    except (ValueError, OSError):
        return Failure(Kind.OTHER, "the Kubernetes API", "the cluster's certificate authority cannot be read")
