"""AWS's answers as documented, for what the stand-in server lacks, and faults on any single call.

Each answer is validated by botocore's own model of the operation before it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from botocore import xform_name
from botocore.awsrequest import AWSResponse
from botocore.stub import Stubber

from eks_fargate.live.account import Account

Given = Mapping[str, Any] | Callable[[Mapping[str, Any]], Mapping[str, Any]]


class Documented:
    """Stands before an account: answers the operations that it was given an answer for, lets the others through."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.asked: list[tuple[str, str]] = []
        self._answers: dict[tuple[str, str], Given | str | Exception] = {}
        account.session.events.register("before-parameter-build", self._remember)
        account.session.events.register("before-call", self._answer)

    def forget(self) -> None:
        """Answer nothing any more."""
        self.asked.clear()
        self._answers.clear()

    def answers(self, service: str, operation: str, answer: Given) -> None:
        """Answer with this, or with what it returns for the parameters."""
        self._answers[service, operation] = answer

    def fails(self, service: str, operation: str, code: str | Exception) -> None:
        """Fail with an error code of AWS, or with an exception of botocore."""
        self._answers[service, operation] = code

    def _remember(self, params: Mapping[str, Any], context: dict[str, Any], **_event: Any) -> None:
        context["asked_with"] = params

    def _answer(self, model: Any, context: Mapping[str, Any], **_event: Any) -> tuple[Any, Mapping[str, Any]] | None:
        service, operation = model.service_model.service_name, model.name
        self.asked.append((service, operation))
        given = self._answers.get((service, operation))
        if given is None:
            return None
        if isinstance(given, Exception):
            raise given
        if callable(given):
            given = given(context["asked_with"])
        if isinstance(given, str):
            error = {"Error": {"Code": given, "Message": "secret detail"}, "ResponseMetadata": {"HTTPStatusCode": 400}}
            return AWSResponse(None, 400, {}, None), error
        Stubber(self.account.client(service)).add_response(xform_name(operation), dict(given))
        return AWSResponse(None, 200, {}, None), {**given, "ResponseMetadata": {"HTTPStatusCode": 200}}
