"""The cloud's memory: one JSON file, locked, that several processes share, and a log of what was done to it."""

from __future__ import annotations

import fcntl
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.engine.cloud import CloudObject


@dataclass(frozen=True, slots=True)
class Fault:
    """What is to go wrong, `times` times, when `operation` meets an object of `type` whose Pulumi name is `name`.

    effect: `error` (the API answers `message` and does nothing), `failed` (a creation ends in failure and leaves the
    object behind), `slow` (it takes two seconds longer), `crash before` or `crash after` (the provider's process ends
    before, or after, it was done).
    """

    operation: str
    type: str
    name: str
    effect: str
    message: str = "ThrottlingException: Rate exceeded"
    times: int = 1


class State:
    """The objects, as they are while the file is locked."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content

    def all(self, type_: str) -> list[CloudObject]:
        """The objects of `type_`, in order of creation."""
        return [CloudObject(**row) for row in self.content["objects"].values() if row["type"] == type_]

    def get(self, type_: str, id_: str, scope: str) -> CloudObject | None:
        """One object, or None."""
        row = self.content["objects"].get(_key(type_, id_, scope))
        return None if row is None else CloudObject(**row)

    def find(self, type_: str, by: str, value: Any) -> CloudObject | None:
        """The first object of `type_` whose output `by` (or `id`) is `value`, or None."""
        return next((item for item in self.all(type_) if value == {**item.outputs, "id": item.id}.get(by)), None)

    def put(self, made: CloudObject, scope: str) -> None:
        self.content["objects"][_key(made.type, made.id, scope)] = asdict(made)

    def remove(self, type_: str, id_: str, scope: str) -> None:
        self.content["objects"].pop(_key(type_, id_, scope), None)

    def remove_scope(self, scope: str) -> None:
        """Forget everything that lives in `scope`."""
        objects = self.content["objects"]
        for key in [key for key in objects if key.startswith(f"{scope}|")]:
            del objects[key]

    def new_hash(self, type_: str, name: str) -> str:
        """Seventeen hexadecimal digits, the same whenever the same objects are made, another for each object."""
        made = self.content["made"]
        made[f"{type_}|{name}"] = number = made.get(f"{type_}|{name}", 0) + 1
        return sha256(f"{type_}|{name}|{number}".encode()).hexdigest()[:17]

    def counts(self) -> dict[str, int]:
        """How many objects of each type there are."""
        return dict(sorted(Counter(row["type"] for row in self.content["objects"].values()).items()))

    def add_fault(self, fault: Fault) -> None:
        self.content["faults"].append(asdict(fault))

    def take_fault(self, operation: str, type_: str, name: str) -> Fault | None:
        """The fault that this operation meets, counted down; None where none is waiting."""
        for row in self.content["faults"]:
            fault = Fault(**row)
            if fault.times > 0 and (fault.operation, fault.type, fault.name) == (operation, type_, name):
                row["times"] -= 1
                return fault
        return None


class Store:
    """The file `cloud.json` in `folder`, with `operations.jsonl` beside it.

    folder: must exist. The file is made when first written.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "cloud.json"
        self._log = folder / "operations.jsonl"

    @contextmanager
    def locked(self) -> Iterator[State]:
        """The state, alone in all processes; written back at the end, also where the block raises."""
        with self._path.open("a+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            text = file.read()
            state = State(json.loads(text) if text else {"objects": {}, "made": {}, "faults": []})
            try:
                yield state
            finally:
                file.truncate(0)
                file.write(json.dumps(state.content, indent=1))
                file.flush()

    def log(self, entry: Mapping[str, Any]) -> None:
        """Append to the log of operations."""
        with self._log.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")

    def operations(self) -> list[dict[str, Any]]:
        """The log: `event` (start or end), `operation`, `type`, `name`, and `error` where it failed."""
        if not self._log.exists():
            return []
        return [json.loads(line) for line in self._log.read_text(encoding="utf-8").splitlines()]


def _key(type_: str, id_: str, scope: str) -> str:
    return f"{scope}|{type_}|{id_}"
