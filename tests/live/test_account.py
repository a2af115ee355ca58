"""Questions to AWS: once, all pages, and every fault a line."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import botocore.endpoint
import pytest
from botocore.exceptions import (
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    ReadTimeoutError,
)

from eks_fargate.live.account import Account, Question, at_once
from eks_fargate.live.failures import Failure, Kind, LiveError
from tests.live.documented import Documented


def pages_of(count: int) -> Any:
    def answer(parameters: Mapping[str, Any]) -> dict[str, Any]:
        start = int(parameters.get("nextToken", "0"))
        names = [f"profile-{index:04}" for index in range(start, min(start + 100, count))]
        following = {"nextToken": str(start + 100)} if start + 100 < count else {}
        return {"fargateProfileNames": names, **following}

    return answer


@pytest.mark.parametrize(("count", "calls"), [(1, 1), (100, 1), (1000, 10)])
def test_all_pages_are_joined_and_each_is_one_call(
    account: Account, documented: Documented, count: int, calls: int
) -> None:
    documented.answers("eks", "ListFargateProfiles", pages_of(count))
    answer = account.ask("eks", "ListFargateProfiles", clusterName="demo")
    assert not isinstance(answer, Failure)
    assert answer["fargateProfileNames"] == [f"profile-{index:04}" for index in range(count)]
    assert account.calls == calls


def test_a_question_is_asked_once_however_many_ask_at_the_same_time(account: Account, documented: Documented) -> None:
    answers = at_once([lambda: account.ask("sts", "GetCallerIdentity")] * 20)
    assert len({id(answer) for answer in answers}) == 1
    assert documented.asked == [("sts", "GetCallerIdentity")]


def test_what_is_forgotten_is_asked_anew(account: Account, documented: Documented) -> None:
    account.ask("sts", "GetCallerIdentity")
    account.forget()
    account.ask("sts", "GetCallerIdentity")
    assert len(documented.asked) == 2
    assert account.calls == 1


def test_answers_come_in_the_order_of_the_questions(account: Account, documented: Documented) -> None:
    documented.answers("eks", "DescribeAddon", lambda given: {"addon": {"addonName": given["addonName"]}})
    names = [f"addon-{index}" for index in range(30)]
    answers = account.ask_all(
        Question("eks", "DescribeAddon", {"clusterName": "demo", "addonName": name}) for name in names
    )
    assert [answer["addon"]["addonName"] for answer in answers if not isinstance(answer, Failure)] == names


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        ("AccessDeniedException", Kind.DENIED, "is not allowed to these credentials (AccessDeniedException)"),
        ("ThrottlingException", Kind.THROTTLED, "was throttled until its retries were used up (ThrottlingException)"),
        (
            "ExpiredTokenException",
            Kind.CREDENTIALS,
            "was refused because the credentials are missing, expired or invalid (ExpiredTokenException)",
        ),
        ("ResourceNotFoundException", Kind.MISSING, "found nothing of that name (ResourceNotFoundException)"),
        ("ServerException", Kind.OTHER, "failed (ServerException)"),
        (NoCredentialsError(), Kind.CREDENTIALS, "was refused because the credentials are missing, expired or invalid"),
        (ReadTimeoutError(endpoint_url="x"), Kind.TIMED_OUT, "did not answer in time"),
        (ConnectTimeoutError(endpoint_url="x"), Kind.TIMED_OUT, "did not answer in time"),
        (EndpointConnectionError(endpoint_url="x"), Kind.UNREACHABLE, "could not be reached"),
    ],
)
def test_every_fault_is_told_in_a_line_without_awss_own_message(
    account: Account, documented: Documented, code: str | Exception, kind: Kind, words: str
) -> None:
    documented.fails("eks", "DescribeCluster", code)
    answer = account.ask("eks", "DescribeCluster", name="demo")
    assert isinstance(answer, Failure)
    assert (answer.kind, str(answer)) == (kind, f"eks:DescribeCluster {words}")


def test_an_endpoint_that_nobody_listens_at_is_unreachable(aws: str) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        answer = Account("us-east-1", endpoint_url=url, attempts=1).ask("sts", "GetCallerIdentity")
    assert answer == Failure(Kind.UNREACHABLE, "sts:GetCallerIdentity")


@pytest.fixture
def throttling() -> Iterator[tuple[str, list[str]]]:
    """The URL of a server that throttles every request, and the requests."""
    requests: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)
            body = b'{"message": "slow down"}'
            self.send_response(429)
            self.send_header("x-amzn-ErrorType", "ThrottlingException")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", requests
    server.shutdown()
    server.server_close()


def test_throttling_is_retried_with_back_off_and_then_told(
    aws: str, throttling: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, requests = throttling
    slept: list[float] = []
    monkeypatch.delenv("AWS_MAX_ATTEMPTS")
    monkeypatch.setattr(botocore.endpoint.time, "sleep", slept.append)
    answer = Account("us-east-1", endpoint_url=url).ask("eks", "DescribeCluster", name="demo")
    assert answer == Failure(Kind.THROTTLED, "eks:DescribeCluster", "ThrottlingException")
    assert len(requests) == 3
    assert len(slept) == 2


def test_without_credentials_the_error_says_what_to_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    for key in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(key, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    expected = "^AWS credentials: none were found: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and its secret$"
    with pytest.raises(LiveError, match=expected):
        Account("us-east-1")


def test_a_profile_that_does_not_exist_is_named(monkeypatch: pytest.MonkeyPatch, aws: str) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    with pytest.raises(LiveError, match=r"^AWS credentials: The config profile \(nobody\) could not be found$"):
        Account("us-east-1")
