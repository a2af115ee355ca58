"""The real Pulumi CLI on a project: a home, a state and a cloud of its own in one folder, no account, no network."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.engine.store import Fault, Store

PACKAGES = ("aws", "eks", "kubernetes")
ROOT = Path(__file__).resolve().parents[2]
# What of our own environment the CLI and what it starts need; nothing of any account, cluster or proxy.
KEPT = ("HOME", "LANG", "PATH", "TMPDIR")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended. output: everything it printed, both streams in order of arrival."""

    code: int
    output: str

    @property
    def failed(self) -> bool:
        return self.code != 0


class Engine:
    """One project under the CLI.

    cli: path of `pulumi`. project: the folder with Pulumi.yaml. folder: for all that is written.
    schemas: for what is read off the SDKs; may be shared.
    """

    def __init__(self, cli: Path, project: Path, folder: Path, schemas: Path) -> None:
        self.project = project
        self.cloud_folder = folder / "cloud"
        self.store = Store(self.cloud_folder)
        self._cli = cli
        self._folder = folder
        for name in ("home", "state", "cloud"):
            (folder / name).mkdir(parents=True)
        for package in PACKAGES:
            self._install_plugin(package)
        self._environment = {key: os.environ[key] for key in KEPT if key in os.environ} | {
            "ENGINE_CLOUD": str(self.cloud_folder),
            "ENGINE_SCHEMAS": str(schemas),
            "PULUMI_BACKEND_URL": f"file://{folder / 'state'}",
            "PULUMI_CONFIG_PASSPHRASE": "test",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PULUMI_DISABLE_REGISTRY_RESOLVE": "true",
            "PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS": "true",
            "PULUMI_IGNORE_AMBIENT_PLUGINS": "true",
            "PULUMI_HOME": str(folder / "home"),
            "PULUMI_PYTHON_CMD": sys.executable,
            "PULUMI_SKIP_UPDATE_CHECK": "true",
        }

    def run(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Outcome:
        """Run `pulumi ARGUMENTS` to its end, in the project."""
        done = subprocess.run(
            [str(self._cli), "-C", str(self.project), "--non-interactive", "--color", "never", *arguments],
            env=self._environment | dict(environment or {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            check=False,
        )
        return Outcome(done.returncode, done.stdout)

    def up(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Outcome:
        """`pulumi up`, without its preview."""
        return self.run("up", "--yes", "--skip-preview", *arguments, environment=environment)

    def destroy(self, *arguments: str) -> Outcome:
        """`pulumi destroy`, without its preview."""
        return self.run("destroy", "--yes", "--skip-preview", *arguments)

    def resources(self) -> list[dict[str, Any]]:
        """The resources in the state of the selected stack."""
        exported = self.run("stack", "export")
        found: list[dict[str, Any]] = json.loads(exported.output)["deployment"].get("resources", [])
        return found

    def plan(self, environment: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
        """What a preview would do, in its order: (URN, operation), without what stays the same."""
        preview = self.run("preview", "--json", environment=environment)
        steps = json.loads(preview.output[preview.output.index("{") :])["steps"]
        return [(step["urn"], step["op"]) for step in steps if step["op"] != "same"]

    def overlaps(self, type_: str) -> list[tuple[str, str]]:
        """The pairs of objects of `type_` that were made or deleted at the same time, by their Pulumi names."""
        running: list[str] = []
        found = []
        for entry in [entry for entry in self.store.operations() if entry["type"] == type_]:
            if entry["event"] == "end":
                running.remove(entry["name"])
                continue
            found += [(other, entry["name"]) for other in running]
            running.append(entry["name"])
        return found

    def add_fault(self, fault: Fault) -> None:
        """Make something go wrong in the cloud from now on."""
        with self.store.locked() as state:
            state.add_fault(fault)

    def cloud_objects(self) -> dict[str, int]:
        """How many objects of each type the cloud holds."""
        with self.store.locked() as state:
            return state.counts()

    def _install_plugin(self, package: str) -> None:
        folder = self._folder / "home" / "plugins" / f"resource-{package}-v{version(f'pulumi-{package}')}"
        folder.mkdir(parents=True)
        plugin = folder / f"pulumi-resource-{package}"
        python = f"PYTHONPATH={shlex.quote(str(ROOT))} exec {shlex.quote(sys.executable)}"
        plugin.write_text(f'#!/bin/sh\n{python} -m tests.engine.plugin {package} "$@"\n')
        plugin.chmod(0o755)
