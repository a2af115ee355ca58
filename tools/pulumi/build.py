"""Build the Pulumi CLI that tests/engine drives, from the versions pinned in go.mod, into tools/pulumi/bin.

Does nothing when they are there already, or when a `pulumi` of at least that version is on the path.
Needs Go (the version that go.mod names) and its module proxy; no Pulumi account, no download of a binary.

    python tools/pulumi/build.py
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
BIN = HERE / "bin"
STAMP = BIN / "built-from"
CLI = "github.com/pulumi/pulumi/pkg/v3"
SDK = "github.com/pulumi/pulumi/sdk/v3"
GO_FALLBACK = "/usr/local/go/bin/go"


class BuildError(Exception):
    """Why the CLI cannot be had, and what to do."""


def pinned_version() -> str:
    """The CLI's version in go.mod, such as `3.259.0`."""
    found = re.search(rf"^\s*{re.escape(CLI)} v(\S+)", (HERE / "go.mod").read_text(), re.MULTILINE)
    if found is None:
        msg = f"{HERE / 'go.mod'} does not require {CLI}: restore it"
        raise BuildError(msg)
    return found.group(1)


def find_cli() -> Path | None:
    """The `pulumi` to use: one on the path, of at least the pinned version; else the one built here; else None."""
    on_path = shutil.which("pulumi")
    if on_path is not None and _version_of(on_path) >= _numbers(pinned_version()):
        return Path(on_path)
    built = BIN / "pulumi"
    return built if STAMP.exists() and STAMP.read_text() == _inputs_digest() and built.exists() else None


def build() -> Path:
    """Build the CLI and its Python language host; return the CLI's path.

    Raises BuildError where Go is missing or a step of it fails.
    """
    BIN.mkdir(exist_ok=True)
    version = pinned_version()
    flags = f"-s -w -X {SDK}/go/common/version.Version=v{version}"
    command = ["build", "-trimpath", "-mod=readonly", "-tags", "osusergo,grpcnotrace", "-ldflags", flags]
    _go(*command, "-o", str(BIN / "pulumi"), f"{CLI}/cmd/pulumi")
    sdk_folder = Path(_go("list", "-mod=readonly", "-m", "-f", "{{.Dir}}", SDK).strip())
    executor = BIN / "pulumi-language-python-exec"
    shutil.copyfile(sdk_folder / "python" / "cmd" / executor.name, executor)
    host = BIN / "pulumi-language-python"
    host.write_text(
        "#!/bin/sh\n"
        f"export PULUMI_LANGUAGE_PYTHON_EXEC={shlex.quote(str(executor))}\n"
        f'exec {shlex.quote(sys.prefix)}/bin/python {shlex.quote(str(HERE / "language_host.py"))} "$@"\n'
    )
    host.chmod(0o755)
    STAMP.write_text(_inputs_digest())
    return BIN / "pulumi"


def _go(*arguments: str) -> str:
    go = shutil.which("go") or GO_FALLBACK
    environment = os.environ | {"CGO_ENABLED": "0", "GOTOOLCHAIN": "local"}
    try:
        done = subprocess.run([go, *arguments], cwd=HERE, env=environment, capture_output=True, text=True, check=True)
    except FileNotFoundError as error:
        msg = f"Go is not installed: install the version that {HERE / 'go.mod'} names, or put a pulumi on the path"
        raise BuildError(msg) from error
    except subprocess.CalledProcessError as error:
        msg = f"{shlex.join([go, *arguments])} failed:\n{error.stderr}"
        raise BuildError(msg) from error
    return done.stdout


def _inputs_digest() -> str:
    """Changes whenever something changes that the build reads: pinned versions, this file, the environment's path."""
    contents = [(HERE / name).read_bytes() for name in ("go.mod", "go.sum", "build.py")]
    return hashlib.sha256(b"\0".join([*contents, sys.prefix.encode()])).hexdigest()


def _version_of(cli: str) -> tuple[int, ...]:
    return _numbers(subprocess.run([cli, "version"], capture_output=True, text=True, check=False).stdout)


def _numbers(version: str) -> tuple[int, ...]:
    found = re.search(r"(\d+)\.(\d+)\.(\d+)", version)
    return tuple(int(number) for number in found.groups()) if found else ()


def main() -> int:
    """Build where needed and say what there is: path, version, size, time."""
    cli = find_cli()
    if cli is not None:
        print(f"{cli} is up to date")
        return 0
    print(f"building pulumi {pinned_version()}: minutes the first time, seconds after", flush=True)
    began = time.monotonic()
    try:
        cli = build()
    except BuildError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{cli}: {cli.stat().st_size / 1e6:.0f} MB in {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
