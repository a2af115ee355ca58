"""Which `pulumi` the tests take."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.pulumi import build


def on_path(folder: Path, version: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a `pulumi` of `version` on the path."""
    cli = folder / "pulumi"
    cli.write_text(f"#!/bin/sh\necho v{version}\n")
    cli.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    return cli


def test_a_newer_cli_on_the_path_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cli = on_path(tmp_path, "99.0.0", monkeypatch)
    assert build.find_cli() == cli


def test_an_older_cli_on_the_path_is_left_for_the_one_that_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_path(tmp_path, "3.0.0", monkeypatch)
    monkeypatch.setattr(build, "STAMP", tmp_path / "built-from")
    assert build.find_cli() is None


def test_without_go_the_build_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(build, "GO_FALLBACK", str(tmp_path / "go"))
    monkeypatch.setattr(build, "BIN", tmp_path / "bin")
    with pytest.raises(build.BuildError, match=r"Go is not installed: install the version that .*go\.mod names"):
        build.build()
