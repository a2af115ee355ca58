"""EKS's token."""

from __future__ import annotations

import base64
from urllib.parse import parse_qs, urlsplit

from eks_fargate.live.account import Account
from eks_fargate.live.kubernetes_token import token


def test_the_token_is_a_presigned_question_to_sts_that_names_the_cluster(aws: str) -> None:
    made = token(Account("eu-west-1"), "demo")
    assert made.startswith("k8s-aws-v1.")
    assert "=" not in made
    text = made.removeprefix("k8s-aws-v1.")
    url = urlsplit(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode())
    query = parse_qs(url.query)
    assert (url.scheme, url.netloc) == ("https", "sts.eu-west-1.amazonaws.com")
    assert query["Action"] == ["GetCallerIdentity"]
    assert query["X-Amz-SignedHeaders"] == ["host;x-k8s-aws-id"]
    assert query["X-Amz-Expires"] == ["60"]
    assert query["X-Amz-Credential"][0].endswith("/eu-west-1/sts/aws4_request")


def test_nothing_is_sent_to_make_it(aws: str) -> None:
    account = Account("eu-west-1")
    token(account, "demo")
    assert account.calls == 0
