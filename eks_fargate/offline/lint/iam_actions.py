"""Whether the actions that a policy names exist, by the list of services and actions that cfn-lint ships."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from eks_fargate.offline.lint.aws_schemas import bundled
from eks_fargate.offline.lint.paths import Place
from eks_fargate.offline.lint.words import Words


@cache
def _services() -> Mapping[str, Any]:
    path = bundled() / "AdditionalSpecs" / "Policies.json"
    services: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return services


def unknown_actions(document: Any) -> Iterator[tuple[Place, Words]]:
    """The place of every action in a policy document that no service has, and the words for it.

    What is not shaped as a policy is passed over, for the schema to refuse; `*` and `?` stand for characters.
    """
    statements = document.get("Statement") if isinstance(document, Mapping) else None
    listed = statements if isinstance(statements, list) else [statements]
    for index, statement in enumerate(listed):
        above: Place = ("Statement", index) if isinstance(statements, list) else ("Statement",)
        for name in ("Action", "NotAction"):
            actions = statement.get(name) if isinstance(statement, Mapping) else None
            for at, action in enumerate(actions if isinstance(actions, list) else [actions]):
                words = _unknown(action) if isinstance(action, str) and action != "*" else None
                if words is not None:
                    yield (*above, name, at) if isinstance(actions, list) else (*above, name), words


def _unknown(action: str) -> Words | None:
    service, colon, name = action.lower().partition(":")
    if not colon:
        return Words(f"{action} names no service", "Write SERVICE:ACTION")
    if service not in _services():
        close = get_close_matches(service, _services(), n=1)
        return Words(f"{action} is of no service known", f"Write {close[0]}:" if close else "Correct the service")
    actions = _services()[service].get("Actions", {})
    if name in actions or any(fnmatchcase(each, name) for each in (actions if {"*", "?"} & set(name) else ())):
        return None
    close = get_close_matches(name, actions, n=1)
    return Words(
        f"{action} is no action known of {service}",
        f"Write {service}:{close[0]} (IAM takes capitals as small letters)" if close else "Correct the action",
    )
