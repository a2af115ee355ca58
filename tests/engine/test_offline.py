"""The offline preview against the real one: the same resources, dependencies and inputs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.engine.engine import Engine

pytestmark = pytest.mark.engine

UNKNOWN_WORDS = ("04da6b54-80e4-46f7-96ec-b56ff0331ba9", "<unknown>")
SIGNATURE_KEY = "4dabf18193072939515e22adb298388d"


@pytest.mark.parametrize("stack", ["dev", "staging", "prod"])
def test_the_offline_preview_is_the_real_one(platform: Callable[[str], Engine], stack: str) -> None:
    engine = platform(stack)
    preview = engine.run("preview", "--json").output
    real = {step["urn"]: step["newState"] for step in json.loads(preview[preview.index("{") :])["steps"]}
    offline = {resource["urn"]: resource for resource in offline_resources(engine.project, stack)}
    assert sorted(offline) == sorted(real)
    assert {urn: sorted(resource["dependencies"]) for urn, resource in offline.items()} == {
        urn: sorted(state.get("dependencies", [])) for urn, state in real.items()
    }
    provided = [urn for urn, state in real.items() if state["custom"] and "pulumi:providers:" not in urn]
    found = [
        f"{urn} {told}" for urn in provided for told in contradictions(real[urn]["inputs"], offline[urn]["inputs"], "")
    ]
    assert found == []


def offline_resources(project: Path, stack: str) -> list[dict[str, Any]]:
    command = [str(Path(sys.prefix, "bin", "eks-fargate")), "preview", stack, "--format", "json"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    resources: list[dict[str, Any]] = json.loads(done.stdout)["resources"]
    return resources


def contradictions(real: Any, offline: Any, path: str) -> Iterator[str]:
    """Where both know a value and differ, but for secrets and for what the provider makes up itself, such as a name."""
    secret = isinstance(real, dict) and SIGNATURE_KEY in real
    if secret or real in UNKNOWN_WORDS or offline in UNKNOWN_WORDS:
        return
    if isinstance(real, dict) and isinstance(offline, dict):
        made_up = {"__defaults", *real.get("__defaults", ())}
        for key in sorted({*real, *offline} - made_up):
            yield from contradictions(real.get(key), offline.get(key), f"{path}.{key}")
    elif isinstance(real, list) and isinstance(offline, list) and len(real) == len(offline):
        for index, pair in enumerate(zip(real, offline, strict=True)):
            yield from contradictions(*pair, f"{path}[{index}]")
    elif real != offline:
        yield f"{path}: {real!r} is not {offline!r}"
