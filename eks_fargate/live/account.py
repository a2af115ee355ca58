"""An AWS account in one region, asked and never changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final, NamedTuple, TypeVar

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import BotoCoreError

from eks_fargate.live.failures import BOTOCORE_ERRORS, Failure, LiveError, failure_of
from eks_fargate.live.once import Once
from eks_fargate.live.operations import refuse_others

_CONNECT_TIMEOUT_SECONDS: Final = 5
_READ_TIMEOUT_SECONDS: Final = 20
_AT_ONCE: Final = 16

Answer = Mapping[str, Any] | Failure
"""What AWS says, all pages joined; or why it says nothing."""

T = TypeVar("T")


class Question(NamedTuple):
    """One operation of one service, with its parameters."""

    service: str
    operation: str
    parameters: Mapping[str, Any] = {}

    def __str__(self) -> str:
        return f"{self.service}:{self.operation}"


class Account:
    """Asks questions, many at once, each question only once, and refuses whatever could write.

    region: where. Credentials come from the standard chain (environment, profile, instance).
    endpoint_url: of a local stand-in for AWS; where omitted, AWS itself.
    attempts: how often a question is asked at most, with standard back-off between; where omitted, as
    AWS_MAX_ATTEMPTS says, or 3 times.
    Raises LiveError where there are no credentials to ask with.
    """

    def __init__(self, region: str, endpoint_url: str | None = None, attempts: int | None = None) -> None:
        self.region = region
        try:
            self.session = boto3.Session(region_name=region)
            found = self.session.get_credentials()
        except BotoCoreError as error:
            raise LiveError([f"AWS credentials: {error}"]) from error
        if found is None:
            problem = "AWS credentials: none were found: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and its secret"
            raise LiveError([problem])
        self.session.events.register("before-parameter-build", _refuse)
        self.session.events.register_first("before-call", self._count)
        self._endpoint_url = endpoint_url
        self._config = Config(
            connect_timeout=_CONNECT_TIMEOUT_SECONDS,
            read_timeout=_READ_TIMEOUT_SECONDS,
            retries={"mode": "standard"} | ({} if attempts is None else {"total_max_attempts": attempts}),
            max_pool_connections=_AT_ONCE,
        )
        self._lock = threading.Lock()
        self._slots = threading.Semaphore(_AT_ONCE)
        self._clients: dict[tuple[str, str], Any] = {}
        self._asked: Once[Answer] = Once()
        self._calls = 0

    @property
    def calls(self) -> int:
        """How many calls were made: each page is one, its retries are not counted."""
        return self._calls

    def forget(self) -> None:
        """Forget all answers, so that every question is asked anew, and counted from the first."""
        self._asked = Once()
        self._calls = 0

    def client(self, service: str, region: str | None = None) -> Any:
        """The client of a service, made once; in another region where one is given."""
        key = (service, region or self.region)
        with self._lock:  # making clients is not safe across threads
            if key not in self._clients:
                self._clients[key] = self.session.client(
                    service, region_name=key[1], endpoint_url=self._endpoint_url, config=self._config
                )
            return self._clients[key]

    def ask(self, service: str, operation: str, **parameters: Any) -> Answer:
        """The answer to a question; all pages of it. A question asked before is not asked again."""
        question = Question(service, operation, parameters)
        key = f"{question} {sorted(parameters.items())}"
        return self._asked.get(key, partial(self._answer, question))

    def ask_all(self, questions: Iterable[Question]) -> Sequence[Answer]:
        """The answers to several questions, asked at the same time, in the order of the questions."""
        return at_once([partial(self.ask, one.service, one.operation, **one.parameters) for one in questions])

    def _answer(self, question: Question) -> Answer:
        refuse_others(question.service, question.operation)
        try:
            with self._slots:
                client = self.client(question.service)
                method = xform_name(question.operation)
                if client.can_paginate(method):
                    pages = client.get_paginator(method).paginate(**question.parameters)
                    answer: Mapping[str, Any] = pages.build_full_result()
                else:
                    answer = getattr(client, method)(**question.parameters)
        except BOTOCORE_ERRORS as error:
            return failure_of(str(question), error)
        return answer

    def _count(self, **_request: Any) -> None:
        with self._lock:
            self._calls += 1


def at_once(calls: Sequence[Callable[[], T]]) -> list[T]:
    """The results of several calls, made at the same time, in the order of the calls."""
    if not calls:
        return []
    with ThreadPoolExecutor(max_workers=min(_AT_ONCE, len(calls))) as pool:
        return list(pool.map(lambda call: call(), calls))


def _refuse(model: Any, **_request: Any) -> None:
    refuse_others(model.service_model.service_name, model.name)
