"""EKS's own token for the Kubernetes API: a presigned request to STS, as the AWS CLI and SDKs make it.

Source: https://github.com/kubernetes-sigs/aws-iam-authenticator#api-authorization-from-outside-a-cluster
"""

from __future__ import annotations

import base64
from typing import Final

from botocore.signers import RequestSigner

from eks_fargate.live.account import Account

_SECONDS: Final = 60
_PREFIX: Final = "k8s-aws-v1."
_HEADER: Final = "x-k8s-aws-id"


def token(account: Account, cluster: str) -> str:
    """A bearer token for the API server of `cluster`, good for 15 minutes. Nothing is sent to make it."""
    client = account.client("sts")
    signer = RequestSigner(
        client.meta.service_model.service_id,
        account.region,
        "sts",
        "v4",
        account.session.get_credentials(),
        account.session.events,
    )
    endpoint = client.meta.endpoint_url.rstrip("/")
    request = {
        "method": "GET",
        "url": f"{endpoint}/?Action=GetCallerIdentity&Version=2011-06-15",
        "body": {},
        "headers": {_HEADER: cluster},
        "context": {},
    }
    url = signer.generate_presigned_url(
        request, region_name=account.region, expires_in=_SECONDS, operation_name="GetCallerIdentity"
    )
    return _PREFIX + base64.urlsafe_b64encode(url.encode()).decode().rstrip("=")
