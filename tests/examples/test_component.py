"""The example tests of a team's own component: they pass outside this project, and fail when the component is wrong."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "component"


def outcome(folder: Path) -> str:
    """What pytest reports last when it runs in `folder`, which is no part of this project."""
    options = ["-p", "eks_fargate.offline.testing", "-p", "no:cacheprovider", "-q", "--tb=no", "--no-header"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHONPATH"))}
    result = subprocess.run(
        [sys.executable, "-B", "-m", "pytest", *options],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return result.stdout.strip().splitlines()[-1].partition(" in ")[0]


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the example in a folder of its own."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "team", ignore=shutil.ignore_patterns("__pycache__")))


def test_the_example_passes_in_a_folder_of_its_own(example: Path) -> None:
    assert outcome(example) == "4 passed"


def test_a_component_that_fargate_would_refuse_fails_them(example: Path) -> None:
    worker = example / "worker.py"
    worker.write_text(worker.read_text().replace('"allow_privilege_escalation": False', '"privileged": True'))
    assert outcome(example) == "2 failed, 2 passed"


def test_the_page_about_testing_shows_code_that_runs() -> None:
    page = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")
    sources = [
        path.read_text(encoding="utf-8")
        for path in (EXAMPLE / "test_worker.py", Path(__file__).with_name("test_app.py"))
    ]
    shown = [part for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL) for part in block.split("\n\n\n")]
    assert len(shown) == 8
    assert [part for part in shown if not any(part.strip() in source for source in sources)] == []
