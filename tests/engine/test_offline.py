"""The offline preview against the real one, resource by resource: what is asked for and what the engine makes of it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from google.protobuf import json_format
from pulumi.runtime.proto import resource_pb2

from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import is_unknown
from eks_fargate.offline.engine import run
from eks_fargate.offline.registration import registered
from tests.engine.engine import Engine, project_copy

pytestmark = pytest.mark.engine

UNKNOWN_WORD = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
SIGNATURE_KEY = "4dabf18193072939515e22adb298388d"
NODE_GROUP_COMPONENT = "$eks:index:ManagedNodeGroup::"
# What must differ: (part of the URN, aspect) -> why.
DIFFERENCES: Mapping[tuple[str, str], str] = {
    (NODE_GROUP_COMPONENT, "property_dependencies"): "A remote component registers itself anew, without the inputs.",
}
ASKED = ("type", "name", "parent", "provider", "custom", "dependencies", "property_dependencies", "options", "inputs")
PLANNED = ("type", "parent", "provider", "custom", "dependencies", "property_dependencies", "options")
# Options that a state holds, with what it has where none is given.
STATE_OPTIONS: Mapping[str, Any] = {"protect": False, "retainOnDelete": False, "customTimeouts": {}, "aliases": []}


@pytest.fixture(scope="module", params=["dev", "staging", "prod"])
def both(request: pytest.FixtureRequest, cli: Path, schemas: Path, tmp_path_factory: pytest.TempPathFactory) -> Both:
    folder = tmp_path_factory.mktemp("both")
    engine = Engine(cli, project_copy(folder), folder, schemas)
    assert engine.run("stack", "init", request.param, "--secrets-provider", "passphrase").code == 0
    return Both(engine, request.param, folder / "calls.json")


class Both:
    """One stack previewed by the CLI, with all its calls kept, and offline."""

    def __init__(self, engine: Engine, stack: str, calls: Path) -> None:
        preview = engine.run("preview", "--json", environment={"PULUMI_DEBUG_GRPC": str(calls)}).output
        self.states = {step["urn"]: step["newState"] for step in json.loads(preview[preview.index("{") :])["steps"]}
        inputs = [state.get("inputs", {}) for state in self.states.values()]
        self.made_up = {item[key] for item in inputs for key in item.get("__defaults", ())}
        self.asked = asked(calls)
        plan = run(engine.project, stack, today=datetime.date.today())
        self.offline = {resource.urn: resource for resource in plan.resources}


def asked(calls: Path) -> dict[str, Resource]:
    """What was registered with the real engine, by URN: of a remote component what the program said of it."""
    found: dict[str, Resource] = {}
    for line in calls.read_text(encoding="utf-8").splitlines():
        call = json.loads(line)
        if call["method"].endswith("/RegisterResource") and call.get("response"):
            request = json_format.ParseDict(call["request"], resource_pb2.RegisterResourceRequest())
            urn = call["response"]["urn"]
            if urn not in found or request.remote:
                found[urn], _ = registered(request, urn)
    return found


def test_the_program_asks_both_engines_for_the_same(both: Both) -> None:
    assert sorted(both.asked) == sorted(both.offline)
    assert [
        told
        for urn, real in sorted(both.asked.items())
        for aspect in ASKED
        for told in differences(
            getattr(real, aspect), getattr(both.offline[urn], aspect), f"{urn} {aspect}", both.made_up
        )
    ] == []


def test_the_real_engine_plans_what_the_offline_one_tells(both: Both) -> None:
    assert sorted(both.states) == sorted(both.offline)
    assert [
        told
        for urn, state in sorted(both.states.items())
        for aspect in PLANNED
        if not any(part in urn and aspect == which for part, which in DIFFERENCES)
        for told in differences(of_state(state)[aspect], of_plan(both.offline[urn])[aspect], f"{urn} {aspect}")
    ] == []
    assert [
        told
        for urn, state in sorted(both.states.items())
        if state["custom"] and "pulumi:providers:" not in urn
        for told in differences(state["inputs"], both.offline[urn].inputs, urn, both.made_up)
    ] == []


def of_state(state: Mapping[str, Any]) -> dict[str, Any]:
    """A resource as the engine's own preview shows it."""
    provider = state.get("provider", "").rpartition("::")[0]
    by_property = state.get("propertyDependencies") or {}
    return {
        "type": state["type"],
        "parent": state.get("parent", ""),
        # The default providers are the engine's own.
        "provider": "" if "::default" in provider else provider,
        "custom": state["custom"],
        "dependencies": sorted(state.get("dependencies") or ()),
        "property_dependencies": {key: sorted(urns) for key, urns in by_property.items() if urns},
        "options": {key: state.get(key) or none for key, none in STATE_OPTIONS.items()},
    }


def of_plan(resource: Resource) -> dict[str, Any]:
    """A resource of the offline plan in the same form."""
    options = {key: resource.options.get(key) or none for key, none in STATE_OPTIONS.items()}
    timeouts = {key: seconds(value) for key, value in options["customTimeouts"].items()}
    return {
        "type": resource.type,
        "parent": resource.parent,
        "provider": resource.provider,
        "custom": resource.custom,
        "dependencies": list(resource.dependencies),
        "property_dependencies": resource.property_dependencies,
        "options": options | {"customTimeouts": timeouts},
    }


def seconds(duration: str) -> int:
    """`30m` as a state holds it."""
    return int(duration[:-1]) * {"s": 1, "m": 60, "h": 3600}[duration[-1]]


def differences(real: Any, offline: Any, path: str, made_up: Container[str] = ()) -> Iterator[str]:
    """Where both differ, but for what only the provider knows: the names that it makes up, which are unknown offline,
    and what it lays beside the inputs; and for secrets, which the CLI does not show.
    """
    if isinstance(real, Mapping) and SIGNATURE_KEY in real:
        return
    if is_unknown(offline):
        if not (is_unknown(real) or real == UNKNOWN_WORD or real in made_up):
            yield f"{path}: {real!r} is unknown offline"
    elif isinstance(real, Mapping) and isinstance(offline, Mapping):
        for key in sorted({*real, *offline} - {"__defaults", *real.get("__defaults", ())}):
            yield from differences(real.get(key), offline.get(key), f"{path}.{key}", made_up)
    elif isinstance(real, list | tuple) and isinstance(offline, list | tuple) and len(real) == len(offline):
        for index, pair in enumerate(zip(real, offline, strict=True)):
            yield from differences(*pair, f"{path}[{index}]", made_up)
    elif real != offline:
        yield f"{path}: {real!r} is not {offline!r}"
