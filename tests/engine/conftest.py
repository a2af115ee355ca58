"""Tests that drive the real Pulumi CLI; they are skipped, and the run says so, where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.engine.engine import ROOT, Engine, project_copy
from tests.engine.moto_calls import Calls
from tests.engine.moto_server import moto_server
from tests.engine.whole import Whole, make_whole
from tools.pulumi.build import find_cli

NO_CLI = "no Pulumi CLI: run `python tools/pulumi/build.py`"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it where the engine was not driven."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if NO_CLI in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line(f"{len(skipped)} tests of tests/engine skipped: {NO_CLI}", yellow=True)


@pytest.fixture
def whole(tmp_path: Path) -> Whole:
    """A cloud with all that a Fargate profile needs."""
    return make_whole(tmp_path)


@pytest.fixture(scope="session")
def cli() -> Path:
    found = find_cli()
    if found is None:
        pytest.skip(NO_CLI)
    return found


@pytest.fixture(scope="session")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all stacks keep what they read off the SDKs."""
    return tmp_path_factory.mktemp("schemas")


@pytest.fixture
def demo(cli: Path, tmp_path: Path, schemas: Path) -> Engine:
    """A new stack of the demo program."""
    engine = Engine(cli, ROOT / "tests" / "engine" / "programs" / "demo", tmp_path, schemas)
    assert engine.run("stack", "init", "dev", "--secrets-provider", "passphrase").code == 0
    return engine


@pytest.fixture(scope="session")
def aws_endpoint() -> Iterator[str]:
    with moto_server() as endpoint:
        yield endpoint


@pytest.fixture
def aws(aws_endpoint: str) -> Calls:
    """An AWS account in which nothing was made yet."""
    calls = Calls(aws_endpoint)
    calls.reset()
    return calls


@pytest.fixture
def platform(cli: Path, tmp_path: Path, schemas: Path) -> Callable[[str], Engine]:
    """Makes a new stack of this project, from its own settings: dev, staging or prod. Its cloud is a file."""
    return lambda name: _stack(Engine(cli, project_copy(tmp_path), tmp_path, schemas), name)


@pytest.fixture
def deployed(cli: Path, tmp_path: Path, schemas: Path, aws: Calls) -> Callable[[str], Engine]:
    """Makes a new stack of this project whose AWS objects live in `aws`."""
    return lambda name: _stack(Engine(cli, project_copy(tmp_path), tmp_path, schemas, aws.endpoint), name)


def _stack(engine: Engine, name: str) -> Engine:
    made = engine.run("stack", "init", name, "--secrets-provider", "passphrase")
    assert made.code == 0, made.output
    return engine
