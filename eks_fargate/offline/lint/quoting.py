"""Which values a message may quote: those of the fields in `quoted.json`, and of no other."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from eks_fargate.offline.lint.paths import fields, is_under


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    loaded = json.loads((Path(__file__).parent / "quoted.json").read_text(encoding="utf-8"))
    return {name: frozenset(listed) for name, listed in loaded.items() if isinstance(listed, list)}


def may_be_quoted(cloud: Literal["aws", "kubernetes"], path: str, secret_paths: Sequence[str]) -> bool:
    """Whether a message may quote the value at `path` of a resource that has secrets at `secret_paths`."""
    steps = fields(path)
    return (
        steps[-1] in _lists()[cloud]
        and not _lists()["never"] & set(steps)
        and not any(is_under(path, secret) or is_under(secret, path) for secret in secret_paths)
    )
