"""Small projects to run offline, written into a temporary folder."""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eks_fargate.offline.engine import run
from eks_fargate.offline.plan import Plan

PULUMI_YAML = "name: demo\nruntime: python\n"
DEV_YAML = "config:\n  aws:region: eu-west-1\n"

WriteProject = Callable[..., Path]
RunProgram = Callable[..., Plan]


@pytest.fixture
def write_project(tmp_path: Path) -> WriteProject:
    """Write a compliant project whose parts the arguments replace, and give its folder."""

    def write(program: str = "", *, project: str = PULUMI_YAML, dev: str = DEV_YAML, **files: str) -> Path:
        (tmp_path / "Pulumi.yaml").write_text(textwrap.dedent(project))
        (tmp_path / "Pulumi.dev.yaml").write_text(textwrap.dedent(dev))
        (tmp_path / "__main__.py").write_text(textwrap.dedent(program))
        for name, text in files.items():
            (tmp_path / f"{name}.py").write_text(textwrap.dedent(text))
        return tmp_path

    return write


@pytest.fixture
def run_program(write_project: WriteProject) -> RunProgram:
    """Run a program on stack dev of a project of its own."""

    def go(program: str, *, dry_run: bool = True, timeout_seconds: float = 30, **parts: Any) -> Plan:
        folder = write_project(program, **parts)
        return run(folder, "dev", today=datetime.date(2026, 11, 21), dry_run=dry_run, timeout_seconds=timeout_seconds)

    return go
