"""A stack's file with other settings, written elsewhere, as `pulumi config set --path` would change it in place.

Source: https://www.pulumi.com/docs/iac/concepts/config/#structured-configuration
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eks_fargate.offline import pulumi_yaml
from eks_fargate.offline.project import load, stack_file

_STEP = re.compile(r'\.?(?P<key>[^.\[\]"]+)|\[(?P<place>[0-9]+)\]|\["(?P<quoted>(?:[^"\\]|\\.)*)"\]')


def write_changed_stack(project_dir: Path, stack: str, changes: Mapping[str, Any], folder: Path) -> None:
    """Write the file of `stack` into `folder`, with `changes` laid over its settings.

    changes: path -> value, in order. A path has Pulumi's form, `key.field`, `key[0]`, `key["a.b"]`; a key without a
    namespace is the project's own. Mappings on the way are made where there are none.
    Raises ProjectError where the stack cannot be read as it is, and ValueError, naming every path that leads nowhere.
    """
    project = load(project_dir, stack)
    path = stack_file(project_dir, stack)
    content = pulumi_yaml.read(path, path.name).value or {}
    config: Any = {_full(key, project.name): value for key, value in (content.get("config") or {}).items()}
    problems = []
    for at, value in changes.items():
        try:
            key, *steps = _steps(at)
            config = _changed(config, [_full(key, project.name), *steps], value)
        except ValueError as error:
            problems.append(f"change {at!r}: {error}")
    if problems:
        raise ValueError("\n".join(problems))
    # JSON is YAML whose texts, numbers and booleans no reader confuses.
    changed = json.dumps({**content, "config": config}, ensure_ascii=False, indent=2)
    (folder / path.name).write_text(changed, encoding="utf-8")


def _full(key: object, project: str) -> str:
    return str(key) if ":" in str(key) else f"{project}:{key}"


def _steps(path: str) -> list[str | int]:
    steps: list[str | int] = []
    end = 0
    while end < len(path) or not steps:
        step = _STEP.match(path, end)
        if step is None or (step["key"] is None and not steps):
            msg = 'it is no path: write key.field, key[0] or key["a.b"]'
            raise ValueError(msg)
        quoted = step["quoted"]
        steps.append(int(step["place"]) if step["place"] else step["key"] or re.sub(r"\\(.)", r"\1", quoted))
        end = step.end()
    return steps


def _changed(at: Any, steps: Sequence[str | int], value: Any) -> Any:
    """`at` with `value` in the place that `steps` lead to."""
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(step, int):
        entries = [] if at is None else at
        if not isinstance(entries, list) or step > len(entries):
            has = f"has {len(entries)} entries" if isinstance(entries, list) else "is no list"
            msg = f"what should hold [{step}] {has}"
            raise ValueError(msg)
        before = entries[step] if step < len(entries) else None
        return [*entries[:step], _changed(before, rest, value), *entries[step + 1 :]]
    fields = {} if at is None else at
    if not isinstance(fields, Mapping):
        msg = f"what should hold {step!r} is no mapping"
        raise ValueError(msg)
    return {**fields, step: _changed(fields.get(step), rest, value)}
