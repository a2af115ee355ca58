"""The real Pulumi CLI on a project: a home, a state and a cloud of its own in one folder, no account, no network."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.engine.store import Fault, Store

PACKAGES = ("aws", "eks", "kubernetes")
POLL_SECONDS = 0.05
# What makes up the project.
PROJECT = ("Pulumi.yaml", "__main__.py", "components", "policies", "stacks")
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
    schemas: for what is read off the SDKs; may be shared. aws: endpoint of the AWS API in which AWS objects live; by
    default they live in the cloud's file.
    """

    def __init__(self, cli: Path, project: Path, folder: Path, schemas: Path, aws: str | None = None) -> None:
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
            **({} if aws is None else {"ENGINE_AWS": aws}),
        }

    def run(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Outcome:
        """Run `pulumi ARGUMENTS` to its end, in the project."""
        with self.start(*arguments, environment=environment) as process:
            output, _ = process.communicate()
        return Outcome(process.returncode, output)

    def start(self, *arguments: str, environment: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
        """Start `pulumi ARGUMENTS` in the project; both its streams are in the process's standard output."""
        return subprocess.Popen(
            [str(self._cli), "-C", str(self.project), "--non-interactive", "--color", "never", *arguments],
            env=self._environment | dict(environment or {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
        )

    def kill_while_making(self, type_: str, name: str) -> None:
        """Start an update, end the CLI by SIGKILL while it makes the object of that Pulumi name, and let the cloud
        finish what was under way.
        """
        self.add_fault(Fault("create", type_, name, "slow"))
        with self.start("up", "--yes", "--skip-preview") as process:
            while ("start", "create", type_, name) not in self._events():
                if process.poll() is not None:
                    raise RuntimeError(process.communicate()[0])
                time.sleep(POLL_SECONDS)
            process.kill()
        while len(self._events()) % 2:
            time.sleep(POLL_SECONDS)

    def _events(self) -> list[tuple[str, str, str, str]]:
        return [(entry["event"], entry["operation"], entry["type"], entry["name"]) for entry in self.store.operations()]

    def adopt_pending(self) -> list[str]:
        """Release the lock of an update that was killed, and take what it was making into the state; the Pulumi names.

        A pending operation holds all of the object's state but its id, which is looked up in the cloud; one that the
        cloud does not have is dropped. `pulumi refresh --import-pending-creates` (3.259) would lose both.
        """
        self.run("cancel", "--yes")
        exported = json.loads(self.run("stack", "export").output)
        deployment = exported["deployment"]
        with self.store.locked() as state:
            ids = {(item["type"], item["name"]): item["id"] for item in state.content["objects"].values()}
        pending = [item["resource"] for item in deployment.pop("pending_operations", ())]
        named = {(item["type"], item["urn"].rpartition("::")[2]): item for item in pending}
        deployment["resources"] += [{**item, "id": ids[key]} for key, item in named.items() if key in ids]
        file = self._folder / "adopted.json"
        file.write_text(json.dumps(exported), encoding="utf-8")
        for command in (("stack", "import", "--file", str(file)), ("refresh", "--yes", "--skip-preview")):
            done = self.run(*command)
            if done.failed:
                raise RuntimeError(done.output)
        return sorted(name for _, name in named)

    def up(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Outcome:
        """`pulumi up`, without its preview."""
        return self.run("up", "--yes", "--skip-preview", *arguments, environment=environment)

    def destroy(self, *arguments: str) -> Outcome:
        """`pulumi destroy`, without its preview."""
        return self.run("destroy", "--yes", "--skip-preview", *arguments)

    def pack(self, stack: str = "dev") -> tuple[str, ...]:
        """The arguments that attach the project's policy pack, configured for `stack`.

        The CLI tells a pack nothing of the stack's settings, so its region and rules come in a file.
        """
        file = self._folder / f"policy-{stack}.json"
        if not file.exists():
            command = [str(Path(sys.prefix, "bin", "eks-fargate")), "policy-config", stack]
            told = subprocess.run(command, cwd=self.project, stdout=subprocess.PIPE, text=True, check=True)
            file.write_text(told.stdout, encoding="utf-8")
        return "--policy-pack", str(self.project / "policies"), "--policy-pack-config", str(file)

    def configure(self, path: str, value: str, *, whole: bool = False) -> None:
        """Set what `path` names in the stack's settings, such as `eks-fargate:cluster.version`; whole: the whole key.

        A text that looks like a number stays a text.
        """
        done = self.run("config", "set", *([] if whole else ["--path"]), "--type", "string", path, value)
        if done.failed:
            raise ValueError(done.output)

    def output(self, name: str) -> Any:
        """One output of the stack."""
        return json.loads(self.run("stack", "output", name, "--json").output)

    def operations(self) -> list[tuple[str, str, str]]:
        """What was done in the cloud so far, in order of completion: (operation, type, Pulumi name)."""
        ended = [entry for entry in self.store.operations() if entry["event"] == "end"]
        return [(entry["operation"], entry["type"], entry["name"]) for entry in ended]

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


def project_copy(folder: Path) -> Path:
    """Copy this project into `folder`, since the CLI writes into the stack's file; the copy's path."""
    project = folder / "project"
    project.mkdir()
    for part in PROJECT:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, project / part)
    (project / ".venv").symlink_to(sys.prefix)
    return project
