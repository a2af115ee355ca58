"""Whether an update would send what a preview could not know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.plan import Plan, child_path

_NONE = re.compile(r"\bNone\b")


def lost_inputs(preview: Plan, update: Plan) -> list[str]:
    """The inputs unknown in `preview` that are missing, null or still unknown in `update`, as `TYPE NAME: PATH`.

    A computed output that is missing from the tables, or misspelt in the program, shows here and nowhere else: the SDK
    drops it without a word, and a text made of it holds `None`. A secret of the configuration stays unknown in both.
    """
    after = {resource.urn: resource for resource in update.resources}
    return [
        f"{resource.type} {resource.name}: {path}"
        for resource in preview.resources
        for path in _lost(resource.inputs, after[resource.urn].inputs, "", resource.secret_paths)
    ]


def _lost(before: Any, after: Any, path: str, secrets: Sequence[str]) -> Iterator[str]:
    if before is UNKNOWN:
        still_unknown = after is UNKNOWN and path not in secrets
        if after is None or still_unknown or (isinstance(after, str) and _NONE.search(after)):
            yield path
    elif isinstance(before, Mapping):
        for key, value in before.items():
            yield from _lost(value, after.get(key), child_path(path, key), secrets)
    elif isinstance(before, list):
        for index, value in enumerate(before):
            yield from _lost(value, after[index], child_path(path, index), secrets)
