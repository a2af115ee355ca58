"""The tables of facts under `data/`: each with its source and date, each overridable by settings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data"


@cache
def _shipped(table: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((_DATA / f"{table}.json").read_text(encoding="utf-8"))
    return loaded


@cache
def table_names() -> tuple[str, ...]:
    """The names of all tables, sorted: what `overrides` in settings may name."""
    return tuple(sorted(path.stem for path in _DATA.glob("*.json")))


def _merged(base: Any, over: Any) -> Any:
    if isinstance(base, dict) and isinstance(over, Mapping):
        return {**base, **{key: _merged(base.get(key), value) for key, value in over.items()}}
    return over


@dataclass(frozen=True, eq=False)
class Facts:
    """The facts in force: the shipped tables, with `overrides` (table name -> partial table) laid over them.

    A mapping is merged key by key, anything else is replaced whole.
    """

    overrides: Mapping[str, Any] = field(default_factory=dict)
    _tables: dict[str, dict[str, Any]] = field(default_factory=dict, init=False, repr=False)

    def table(self, name: str) -> Mapping[str, Any]:
        """The table `name`. Raises KeyError where there is none of that name."""
        if name not in self._tables:
            if name not in table_names():
                raise KeyError(name)
            self._tables[name] = _merged(_shipped(name), self.overrides.get(name, {}))
        return self._tables[name]


DEFAULT_FACTS = Facts()
