"""A plan as text, so that one process can hand it to another; or the problems for which there is none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.errors import ProgramError
from eks_fargate.offline.plan import Log, Plan
from eks_fargate.offline.wire import UNKNOWN_TEXT


def plan_text(plan: Plan) -> str:
    """The plan as JSON, unknown values as Pulumi's own sign for them. Secrets are in it: it is not to be shown."""
    return json.dumps({"plan": asdict(plan)}, default=_written)


def problems_text(problems: Sequence[str]) -> str:
    """The problems as JSON."""
    return json.dumps({"problems": list(problems)})


def read_plan(text: str) -> Plan:
    """The plan in a text of `plan_text`.

    Raises ProgramError with the problems of a `problems_text`, and ValueError for any other text.
    """
    handed = json.loads(text)
    if "problems" in handed:
        raise ProgramError(handed["problems"])
    fields = handed["plan"]
    fields["resources"] = tuple(Resource(**_restored(one)) for one in fields["resources"])
    fields["outputs"] = _restored(fields["outputs"])
    fields["logs"] = tuple(Log(**one) for one in fields["logs"])
    fields["notes"] = tuple(fields["notes"])
    return Plan(**fields)


def _written(value: object) -> str:
    if value is UNKNOWN:
        return UNKNOWN_TEXT
    msg = f"a plan cannot hold a {type(value).__name__}"
    raise TypeError(msg)


def _restored(value: Any) -> Any:
    if value == UNKNOWN_TEXT:
        return UNKNOWN
    if isinstance(value, dict):
        return {key: _restored(part) for key, part in value.items()}
    return [_restored(part) for part in value] if isinstance(value, list) else value
