"""No call that writes, ever: the list of operations, and that the code keeps to it."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import botocore.session
import pytest

from eks_fargate.live.account import Account
from eks_fargate.live.operations import READ_ONLY, READING_VERBS, WritingRefusedError

LIVE = Path(__file__).parents[2] / "eks_fargate" / "live"
NAME = re.compile(r"[A-Z][a-z]+([A-Z][A-Za-z]+)+")
ALL = {operation for operations in READ_ONLY.values() for operation in operations}


def texts_in_code() -> Iterator[str]:
    for path in LIVE.rglob("*.py"):
        if path.name != "operations.py":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value
    for row in json.loads((LIVE / "data" / "quotas.json").read_text(encoding="utf-8"))["rows"]:
        yield row["used"]["operation"]


def operations_of_botocore() -> set[str]:
    session = botocore.session.get_session()
    return {name for service in READ_ONLY for name in session.get_service_model(service).operation_names}


def test_every_operation_on_the_list_only_reads_by_its_name() -> None:
    assert [name for name in sorted(ALL) if not name.startswith(READING_VERBS)] == []


@pytest.mark.parametrize("service", READ_ONLY)
def test_every_operation_on_the_list_is_one_of_its_service(service: str) -> None:
    model = botocore.session.get_session().get_service_model(service)
    assert READ_ONLY[service] - set(model.operation_names) == frozenset()


def test_every_operation_that_the_code_names_is_on_the_list_and_none_is_there_in_vain() -> None:
    named = {text for text in texts_in_code() if NAME.fullmatch(text)} & operations_of_botocore()
    assert named == ALL


def test_a_client_refuses_to_write_even_where_it_is_called_directly(account: Account) -> None:
    with pytest.raises(WritingRefusedError, match=r"^ec2:CreateVpc is not among the operations that only read$"):
        account.client("ec2").create_vpc(CidrBlock="10.0.0.0/16")


def test_a_question_that_would_write_is_refused(account: Account) -> None:
    with pytest.raises(WritingRefusedError, match=r"^eks:DeleteCluster is not among the operations that only read$"):
        account.ask("eks", "DeleteCluster", name="demo")
    assert account.calls == 0
