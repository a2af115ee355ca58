"""The states of releases, recorded, so that a later one can be held against stacks that people have.

    python -m tests.engine.recorded

writes `data/state-VERSION-STACK.json` for this version and every stack that ships: what `pulumi stack export` tells
after an update of the emulated cloud, without times, paths and random parts. Secrets are encrypted, with `PASSPHRASE`.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import uuid
from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.engine.checks import DEFAULTS_KEY
from tests.engine.engine import Engine, project_copy
from tests.engine.naming import AWS_DIGITS
from tools.pulumi.build import build, find_cli

DATA = Path(__file__).parent / "data"
STACKS = ("dev", "prod", "staging")
# What tells of one machine and one moment.
LEFT_OUT = frozenset(["created", "modified", "sourcePosition", "stackTrace"])


def recorded_states() -> list[Path]:
    """Every recorded state, by name."""
    return sorted(DATA.glob("state-*-*.json"))


def normalized(exported: Mapping[str, Any]) -> dict[str, Any]:
    """An exported state without what differs from one recording to the next, but for the encryption of secrets."""
    resources = exported["deployment"]["resources"]
    text = json.dumps(_without(exported, LEFT_OUT))
    for item in resources:
        digest = sha256(item["urn"].encode()).hexdigest()
        if item["type"].startswith("pulumi:providers:"):
            text = text.replace(item["id"], str(uuid.UUID(digest[:32])))
        for key in item.get("inputs", {}).get(DEFAULTS_KEY, ()):
            made_up = item["inputs"][key]
            text = re.sub(rf"\b{re.escape(made_up)}\b", f"{made_up[:-AWS_DIGITS]}{digest[:AWS_DIGITS]}", text)
    state: dict[str, Any] = json.loads(text)
    del state["deployment"]["manifest"], state["deployment"]["metadata"]
    state["deployment"]["manifest"] = {"time": "2000-01-01T00:00:00Z", "magic": "", "version": ""}
    state["deployment"]["resources"] = _sorted(state["deployment"]["resources"])
    return state


def _without(value: Any, keys: frozenset[str]) -> Any:
    if isinstance(value, Mapping):
        return {key: _without(item, keys) for key, item in value.items() if key not in keys}
    return [_without(item, keys) for item in value] if isinstance(value, list) else value


def _sorted(resources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By URN, but each after what it needs, as a state must be; dependencies by URN too."""
    for item in resources:
        by_property = item.get("propertyDependencies") or {}
        for urns in (item.get("dependencies"), *by_property.values()):
            if urns:
                urns.sort()
    waiting = sorted(resources, key=lambda item: str(item["urn"]))
    done: list[dict[str, Any]] = []
    while waiting:
        known = {item["urn"] for item in done}
        ready = next(item for item in waiting if _needs(item) <= known)
        waiting.remove(ready)
        done.append(ready)
    return done


def _needs(item: Mapping[str, Any]) -> set[str]:
    provider = item.get("provider", "").rpartition("::")[0]
    return {urn for urn in (*item.get("dependencies", ()), item.get("parent"), provider) if urn}


def record(stack: str, folder: Path, cli: Path) -> Path:
    """Deploy `stack` in `folder` and write its state; where that is."""
    engine = Engine(cli, project_copy(folder), folder, folder)
    for command in (("stack", "init", stack, "--secrets-provider", "passphrase"), ("up", "--yes", "--skip-preview")):
        done = engine.run(*command)
        if done.failed:
            raise RuntimeError(done.output)
    state = normalized(json.loads(engine.run("stack", "export").output))
    file = DATA / f"state-{version('eks-fargate')}-{stack}.json"
    file.write_text(json.dumps(state, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return file


def main() -> None:
    """Record every stack."""
    cli = find_cli() or build()
    for stack in STACKS:
        folder = Path(tempfile.mkdtemp())
        try:
            print(record(stack, folder, cli))
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
