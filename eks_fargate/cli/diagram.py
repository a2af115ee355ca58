"""What a plan builds, as a Mermaid diagram: its components, what is in them, and which waits for which.

Source: https://mermaid.js.org/syntax/flowchart.html
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from eks_fargate.cli.plan_text import top_of, type_name
from eks_fargate.fargate.resource_types import STACK
from eks_fargate.fargate.resources import Resource
from eks_fargate.offline.plan import Plan, masked

# Type -> the inputs that a diagram names.
_NAMED: Final[Mapping[str, tuple[str, ...]]] = {
    "aws:ec2/vpc:Vpc": ("cidrBlock",),
    "aws:eks/addon:Addon": ("addonName", "addonVersion"),
    "aws:eks/cluster:Cluster": ("name", "version"),
    "aws:eks/fargateProfile:FargateProfile": ("fargateProfileName",),
    "aws:eks/nodeGroup:NodeGroup": ("instanceTypes",),
    "kubernetes:helm.sh/v3:Release": ("chart", "version"),
}
_COUNTED: Final = ("aws:ec2/natGateway:NatGateway", "aws:ec2/subnet:Subnet", "aws:ec2/vpcEndpoint:VpcEndpoint")
_MOST_NAMED: Final = 8


def diagram(plan: Plan) -> str:
    """The text of the diagram, ending in a newline. Resources in no component stand together by their type."""
    nodes: dict[str, list[Resource]] = {}
    node_of: dict[str, str] = {}
    by_urn = {resource.urn: resource for resource in plan.resources}
    for resource in plan.resources:
        if resource.type != STACK:
            node = _node(resource, by_urn)
            node_of[resource.urn] = node
            nodes.setdefault(node, []).append(resource)
    ids = {node: f"n{index}" for index, node in enumerate(sorted(nodes))}
    lines = ["flowchart LR"]
    lines += [f'  {ids[node]}["{"<br>".join(map(_escaped, _label(node, nodes[node])))}"]' for node in ids]
    lines += [f"  {ids[before]} --> {ids[after]}" for before, after in _edges(plan, node_of)]
    return "\n".join(lines) + "\n"


def _node(resource: Resource, by_urn: Mapping[str, Resource]) -> str:
    """What stands for a resource: the component at the top that it is in, or else its type."""
    top = top_of(resource, by_urn)
    return type_name(top.type) if top.custom else f"{type_name(top.type)} {top.name}"


def _label(node: str, resources: list[Resource]) -> Iterator[str]:
    count = sum(resource.custom for resource in resources)
    yield f"{node} ({count})"
    named = [resource for resource in resources if resource.type in _NAMED]
    for resource in named[:_MOST_NAMED]:
        inputs = masked(resource.inputs, resource.secret_paths)
        values = [inputs[key] for key in _NAMED[resource.type] if inputs.get(key) is not None]
        told = [", ".join(value) if isinstance(value, list) else str(value) for value in values]
        yield " ".join([type_name(resource.type), *told])
    if len(named) > _MOST_NAMED:
        yield f"and {len(named) - _MOST_NAMED} more"
    counts = Counter(resource.type for resource in resources)
    for type_ in _COUNTED:
        if counts[type_]:
            yield f"{type_name(type_)}: {counts[type_]}"


def _edges(plan: Plan, node_of: Mapping[str, str]) -> list[tuple[str, str]]:
    """Which node comes before which, without what follows from other edges."""
    after: dict[str, set[str]] = {}
    for resource in plan.resources:
        for urn in (*resource.dependencies, resource.provider):
            ends = node_of.get(urn), node_of.get(resource.urn)
            if ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
                after.setdefault(ends[0], set()).add(ends[1])
    for first in sorted(after):
        for last in sorted(after[first]):
            after[first].remove(last)
            if last not in _reached(first, after):
                after[first].add(last)
    return sorted((first, last) for first, lasts in after.items() for last in lasts)


def _reached(start: str, after: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        new = after.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += sorted(new)
    return reached


def _escaped(text: str) -> str:
    for character, entity in (("#", "#35;"), ('"', "#quot;"), ("<", "#lt;"), (">", "#gt;")):
        text = text.replace(character, entity)
    return text
