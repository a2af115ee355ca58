"""Why a question to AWS or to a Kubernetes API has no answer, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
    NoCredentialsError,
    PartialCredentialsError,
    ReadTimeoutError,
    SSOError,
)
from botocore.parsers import ResponseParserError

BOTOCORE_ERRORS: Final = (BotoCoreError, ClientError, ResponseParserError)
"""What botocore raises for a call that fails."""


class Kind(StrEnum):
    """What kept a question from being answered. MISSING is an answer too: there is no such thing."""

    MISSING = "missing"
    DENIED = "denied"
    CREDENTIALS = "credentials"
    THROTTLED = "throttled"
    TIMED_OUT = "timed out"
    UNREACHABLE = "unreachable"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Failure:
    """A question without an answer. asked: `eks:DescribeCluster`. code: AWS's own word, empty where it has none."""

    kind: Kind
    asked: str
    code: str = ""

    def __str__(self) -> str:
        code = f" ({self.code})" if self.code else ""
        return f"{self.asked} {_WORDS[self.kind]}{code}"


_WORDS: Final = {
    Kind.MISSING: "found nothing of that name",
    Kind.DENIED: "is not allowed to these credentials",
    Kind.CREDENTIALS: "was refused because the credentials are missing, expired or invalid",
    Kind.THROTTLED: "was throttled until its retries were used up",
    Kind.TIMED_OUT: "did not answer in time",
    Kind.UNREACHABLE: "could not be reached",
    Kind.OTHER: "failed",
}

_DENIED: Final = (
    "AccessDenied",
    "AccessDeniedException",
    "UnauthorizedOperation",
    "AuthorizationError",
    "OptInRequired",
)
_CREDENTIALS: Final = (
    "AuthFailure",
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "RequestExpired",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
)
_THROTTLED: Final = (
    "LimitExceededException",
    "RequestLimitExceeded",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
)
_MISSING_MARKS: Final = ("NotFound", "NoSuch")


class LiveError(Exception):
    """AWS cannot be asked at all. `problems`: one sentence or more each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def failure_of(asked: str, error: Exception) -> Failure:
    """What an error of botocore means. AWS's message is left out: it may quote what is not for every eye."""
    if isinstance(error, ClientError):
        response: Any = error.response
        code = str(response.get("Error", {}).get("Code", ""))
        return Failure(_kind_of_code(code), asked, code)
    if isinstance(error, (NoCredentialsError, PartialCredentialsError, SSOError)):
        return Failure(Kind.CREDENTIALS, asked)
    if isinstance(error, (ConnectTimeoutError, ReadTimeoutError)):
        return Failure(Kind.TIMED_OUT, asked)
    if isinstance(error, (EndpointConnectionError, HTTPClientError)):
        return Failure(Kind.UNREACHABLE, asked)
    return Failure(Kind.OTHER, asked, type(error).__name__)


def _kind_of_code(code: str) -> Kind:
    for kind, codes in ((Kind.DENIED, _DENIED), (Kind.CREDENTIALS, _CREDENTIALS), (Kind.THROTTLED, _THROTTLED)):
        if code in codes:
            return kind
    return Kind.MISSING if any(mark in code for mark in _MISSING_MARKS) else Kind.OTHER
