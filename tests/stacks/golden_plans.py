"""The plan of every environment as text for a reviewer, and the files that hold it.

`python -m tests.stacks.golden_plans` writes them anew.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.engine import run
from eks_fargate.offline.plan import Plan, masked
from tests.stacks.configured import EXISTING_CLUSTER, EXISTING_VPC, NO_NAT, NODES, TODAY, changed

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "golden"
SHIPPED = ("dev", "staging", "prod")
_IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/lbc:v3.5.0"
VARIANTS: dict[str, dict[str, Any]] = {
    "no-nat": changed(
        NO_NAT, {"account": "123456789012", "albIngress": {"enabled": True, "image": _IMAGE}, "logging.enabled": True}
    ),
    "existing-vpc": changed(
        EXISTING_VPC,
        {
            "albIngress.enabled": True,
            "cluster.endpoint": {"public": False},
            "cluster.admins": ["arn:aws:iam::123456789012:role/platform"],
            "cluster.encryption": "customerManagedKey",
            "profiles.apps": {
                "selectors": [{"namespace": "shop-*", "labels": {"tier": "web"}}],
                "subnets": ["subnet-0aaaaaaaaaaaaaaa2"],
                "fixedName": True,
                "tags": {"team": "shop"},
            },
        },
    ),
    "existing-cluster": changed(
        EXISTING_CLUSTER,
        {"cluster.oidcProvider": "create", "albIngress.enabled": True, "logging.enabled": True},
    ),
    "nodes": changed(
        NODES,
        {
            "albIngress.enabled": True,
            "nodeGroups.general": {
                "instanceTypes": ["m6i.large", "m6a.large"],
                "capacityType": "SPOT",
                "labels": {"pool": "general"},
                "taints": [{"key": "spot", "effect": "PREFER_NO_SCHEDULE"}],
            },
        },
    ),
}
NAMES = (*SHIPPED, *VARIANTS)

_WIDTH = 140
_LONGEST = 240
# What every resource has, or no reviewer reads.
_LEFT_OUT = ("description", "tags", "tagSpecifications", "compat")
_OPTIONS = ("protect", "retainOnDelete", "deleteBeforeReplace", "customTimeouts", "ignoreChanges")


@cache
def plan_of(name: str, *, dry_run: bool = True) -> Plan:
    """The plan of a shipped environment or of a variant, as of `TODAY`."""
    today = date.fromisoformat(TODAY)
    if name in SHIPPED:
        return run(ROOT, name, today=today, dry_run=dry_run)
    with tempfile.TemporaryDirectory() as folder:
        # JSON is YAML.
        Path(folder, f"Pulumi.{name}.yaml").write_text(json.dumps({"config": VARIANTS[name]}), encoding="utf-8")
        return run(ROOT, name, today=today, stack_dir=Path(folder), dry_run=dry_run)


def rendered(plan: Plan) -> str:
    """The plan as text: the tree of resources, what goes into each, and what else it waits for.

    `<NAME>` stands for a value that comes from the resource NAME (`TYPE NAME` where several have the name), `?` for
    another that is not known, the beginning of a hash for a text that is too long to read.
    """
    (stack,) = plan.of_type("pulumi:pulumi:Stack")
    names = _names(plan)
    lines = [f"{stack.name} in {plan.region}"]
    for child in _children(plan, stack):
        lines += ["", *_tree(plan, names, child, "")]
    lines += ["", "outputs"]
    lines += [f"  {key}={_text(value)}" for key, value in masked(plan.outputs, plan.secret_outputs).items()]
    lines += [f"{log.severity}: {log.message}" for log in plan.logs] + [f"note: {note}" for note in plan.notes]
    return "\n".join(lines) + "\n"


def _children(plan: Plan, parent: Resource) -> list[Resource]:
    return sorted(plan.children_of(parent.urn), key=lambda child: (child.type, child.name))


def _names(plan: Plan) -> dict[str, str]:
    """What each resource is called by others, by URN."""
    shared = Counter(resource.name for resource in plan.resources)
    return {
        resource.urn: resource.name if shared[resource.name] == 1 else f"{resource.type.split(':')[-1]} {resource.name}"
        for resource in plan.resources
    }


def _tree(plan: Plan, names: Mapping[str, str], resource: Resource, indent: str) -> Iterator[str]:
    options = [f"{key}={_text(resource.options[key])}" for key in _OPTIONS if key in resource.options]
    options += [f"via {names[resource.provider]}"] if resource.provider else []
    yield f"{indent}{resource.type} {resource.name}" + (f"  [{', '.join(options)}]" if options else "")
    inner = f"{indent}    "
    known = masked(resource.inputs, resource.secret_paths)
    sources = {key: urns for key, urns in resource.property_dependencies.items() if _is_unknown(resource.inputs[key])}
    inputs = [
        f"{key}=<{', '.join(names[urn] for urn in sources[key])}>" if sources.get(key) else f"{key}={_text(value)}"
        for key, value in known.items()
        if key not in _LEFT_OUT
    ]
    yield from _wrapped(inner, "", inputs)
    told = {urn for urns in sources.values() for urn in urns}
    yield from _wrapped(inner, "after ", sorted(names[urn] for urn in resource.dependencies if urn not in told))
    for child in _children(plan, resource):
        yield from _tree(plan, names, child, f"{indent}  ")


def _wrapped(indent: str, before: str, entries: list[str]) -> Iterator[str]:
    line = ""
    for entry in entries:
        if line and len(indent) + len(before) + len(line) + len(entry) > _WIDTH:
            yield f"{indent}{before}{line}"
            line = ""
        line += (", " if line and before else "  " if line else "") + entry
    if line:
        yield f"{indent}{before}{line}"


def _is_unknown(value: Any) -> bool:
    """Whether nothing of the value is known."""
    return value is UNKNOWN or (isinstance(value, list) and bool(value) and all(map(_is_unknown, value)))


def _text(value: Any) -> str:
    if isinstance(value, str):
        return _shortened(_document(value))
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_text(part)}" for key, part in sorted(value.items())) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_text, value)) + "]"
    return json.dumps(value)


def _document(text: str) -> str:
    """A document within a value, without the marks of its format."""
    if text == "<unknown>":
        return "?"
    if text.startswith("{"):
        loaded = json.loads(text)
        loaded.pop("Version", None)
        return _text(loaded)
    return " | ".join(line.strip() for line in text.strip().splitlines())


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return f"{len(text)} characters, sha256 {hashlib.sha256(text.encode()).hexdigest()[:12]}"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for golden in NAMES:
        (FOLDER / f"{golden}.txt").write_text(rendered(plan_of(golden)), encoding="utf-8")
