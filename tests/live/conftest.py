"""Stand-ins for AWS in processes of their own, one planned stack, and one deployed environment for all tests."""

from __future__ import annotations

import datetime
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from eks_fargate.fargate.given import given_of
from eks_fargate.live.account import Account
from eks_fargate.live.demand import Demand, demand_of
from eks_fargate.offline.engine import run
from eks_fargate.offline.plan import Plan
from eks_fargate.offline.stack_given import given_config
from tests.live.api_server import ApiServer, serving
from tests.live.documented import Documented
from tests.live.environment import Environment, answered, deployed

ROOT = Path(__file__).parents[2]
STACKS = Path(__file__).parent / "stacks"
TODAY = datetime.date(2026, 11, 21)
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_MAX_ATTEMPTS": "1",
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
}


@contextmanager
def stand_in() -> Iterator[str]:
    """The URL of a moto server that stands in for AWS until the block ends."""
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
    environment = {**os.environ, "MOTO_IAM_LOAD_MANAGED_POLICIES": "true"}
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment
    ) as process:
        assert process.stderr is not None
        try:
            url = next(found[1] for line in process.stderr if (found := re.search(r"Running on (http://\S+)", line)))
            # It writes a line for each request, and would wait for ever on a pipe that nobody reads.
            threading.Thread(target=process.stderr.read, daemon=True).start()
            yield url
        finally:
            process.kill()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a stand-in for AWS."""
    with stand_in() as url:
        yield url


@pytest.fixture
def aws(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of an empty stand-in for AWS, with credentials for it in the environment."""
    for key, value in CREDENTIALS.items():
        monkeypatch.setenv(key, value)
    return server


@pytest.fixture(scope="session")
def _documented(server: str) -> Documented:
    with pytest.MonkeyPatch.context() as patch:
        for key, value in CREDENTIALS.items():
            patch.setenv(key, value)
        return Documented(Account("us-east-1", endpoint_url=server, attempts=1))


@pytest.fixture
def documented(_documented: Documented) -> Documented:
    """What answers for the empty stand-in, or fails, before it is asked."""
    _documented.forget()
    _documented.account.forget()
    return _documented


@pytest.fixture
def account(documented: Documented) -> Account:
    """The account of the empty stand-in, in the region of the planned stack."""
    return documented.account


@pytest.fixture(scope="session")
def plan() -> Plan:
    """The plan of a whole stack of this project: mixed data plane, CoreDNS, ingress and logging."""
    return run(ROOT, "whole", today=TODAY, stack_dir=STACKS)


@pytest.fixture(scope="session")
def demand(plan: Plan) -> Demand:
    """What that plan asks of AWS."""
    return demand_of(plan, given_of(given_config(plan), TODAY))


@pytest.fixture(scope="session")
def attached() -> Demand:
    """What a plan asks for that attaches a profile to a cluster and a VPC which stand already."""
    plan = run(ROOT, "attached", today=TODAY, stack_dir=STACKS)
    return demand_of(plan, given_of(given_config(plan), TODAY))


@dataclass
class Live:
    """A deployed environment. cluster: what DescribeCluster says of it, to be changed."""

    account: Account
    documented: Documented
    environment: Environment
    cluster: dict[str, Any]


@pytest.fixture(scope="session")
def _live(demand: Demand) -> Iterator[Live]:
    with pytest.MonkeyPatch.context() as patch, stand_in() as url:
        for key, value in CREDENTIALS.items():
            patch.setenv(key, value)
        environment = deployed(url, demand)
        account = Account("us-east-1", endpoint_url=url, attempts=1)
        yield Live(account, Documented(account), environment, {})


@pytest.fixture
def live(_live: Live) -> Live:
    """The environment as it was deployed, whatever tests before have made AWS say of it."""
    _live.account.forget()
    _live.documented.forget()
    _live.cluster = answered(_live.documented, _live.environment)
    return _live


@pytest.fixture(scope="session")
def _api_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiServer]:
    with serving(tmp_path_factory.mktemp("api")) as state:
        yield state


@pytest.fixture
def api_server(_api_server: ApiServer) -> ApiServer:
    """An API server that holds nothing."""
    for kept in (_api_server.objects, _api_server.statuses, _api_server.asked, _api_server.tokens):
        kept.clear()
    _api_server.page = 500
    return _api_server
