"""Tests that drive the real Pulumi CLI; they are skipped, and the run says so, where there is none."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.engine import ROOT, Engine
from tests.engine.whole import Whole, make_whole
from tools.pulumi.build import find_cli

# What makes up the project; it is copied, since the CLI writes into the stack's file.
PROJECT = ("Pulumi.yaml", "__main__.py", "components", "policies", "stacks")
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


@pytest.fixture
def platform(cli: Path, tmp_path: Path, schemas: Path) -> Callable[[str], Engine]:
    """Makes a new stack of this project, from its own settings: dev, staging or prod."""

    def stack(name: str) -> Engine:
        project = tmp_path / "project"
        project.mkdir()
        for part in PROJECT:
            copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
            copy(ROOT / part, project / part)
        (project / ".venv").symlink_to(sys.prefix)
        engine = Engine(cli, project, tmp_path, schemas)
        assert engine.run("stack", "init", name, "--secrets-provider", "passphrase").code == 0
        return engine

    return stack
