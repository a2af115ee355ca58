"""IAM policy documents as a plan has them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from eks_fargate.fargate.unknown import UNKNOWN


def parsed(document: Any) -> Any:
    """The document of a policy given as JSON text; one given otherwise as it is; None for what is no JSON."""
    if not isinstance(document, str):
        return document
    try:
        return json.loads(document)
    except ValueError:
        return None


def listed(value: Any, key: str) -> list[Any]:
    """A field of a document or statement that holds one entry or a list of them; an unknown one is one entry."""
    found = UNKNOWN if value is UNKNOWN else value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, list) else [] if found is None else [found]
