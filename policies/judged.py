"""What the rules find on what CrossGuard hands over: read around unknown values, judged once for all policies."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from pulumi_policy import PolicyProviderResource, PolicyResource, ResourceValidationArgs, StackValidationArgs
from pulumi_policy import proxy as sdk

from eks_fargate.fargate.findings import Finding
from eks_fargate.fargate.given import Given, given_of
from eks_fargate.fargate.planned import alone_findings, planned_stack
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.fargate.versions import TODAY_VARIABLE

_AWS_PROVIDER = "pulumi:providers:aws"
# How the wire writes a value of each type that is not known before deployment.
_UNKNOWNS = frozenset(value for name, value in vars(sdk).items() if name.startswith("UNKNOWN_"))

# The SDK asks one policy after the other about the same thing, in the thread that serves the request.
_last = threading.local()


def resource_findings(args: ResourceValidationArgs) -> Sequence[Finding]:
    """The findings on one resource, by the rules that need no other; the same for each policy that asks.

    Raises GivenError where the policy's configuration cannot be used.
    """
    config = _configuration(args.get_config(), [args.provider])
    inputs = _plain(args.props)
    asked = (args.urn, inputs, config)
    if getattr(_last, "resource", None) != asked:
        resource = Resource(args.urn, args.resource_type, args.name, args.opts.parent or "", inputs)
        _last.found_on_resource = alone_findings(resource, given(config))
        _last.resource = asked
    found: Sequence[Finding] = _last.found_on_resource
    return found


def stack_findings(args: StackValidationArgs) -> tuple[Sequence[Finding], Mapping[str, str]]:
    """The findings that take the whole stack, and the URN of every object that findings name; judged once.

    Raises GivenError where the policy's configuration cannot be used.
    """
    config = _configuration(args.get_config(), [one.provider for one in args.resources])
    # The engine hands them over in no order.
    resources = sorted(map(_planned, args.resources), key=lambda resource: resource.urn)
    asked = ([(one.urn, one.inputs, one.dependencies, one.property_dependencies) for one in resources], config)
    if getattr(_last, "stack", None) != asked:
        planned = planned_stack(resources, given(config))
        _last.found_on_stack = planned.findings_together(), planned.urns
        _last.stack = asked
    found: tuple[Sequence[Finding], Mapping[str, str]] = _last.found_on_stack
    return found


def is_strict(args: ResourceValidationArgs | StackValidationArgs) -> bool:
    """Whether what cannot be judged before deployment fails. Raises GivenError as the findings do."""
    return given(_configuration(args.get_config())).strict


@lru_cache(maxsize=8)
def given(configuration: str) -> Given:
    """What a configuration, as JSON text, says. Raises GivenError with every problem."""
    day = os.environ.get(TODAY_VARIABLE)
    return given_of(json.loads(configuration), date.fromisoformat(day) if day else date.today(), ours=False)


def _configuration(config: Mapping[str, Any], providers: Iterable[PolicyProviderResource | None] = ()) -> str:
    """A policy's configuration as text, by which what follows from it is kept.

    The region is, where none is configured, that of an AWS provider: the CLI does not hand a pack the stack's settings.
    """
    regions = [_plain(one.props).get("region") for one in providers if one and one.resource_type == _AWS_PROVIDER]
    known = sorted({region for region in regions if isinstance(region, str)})
    return json.dumps({**({"region": known[0]} if len(known) == 1 else {}), **_plain(config)}, sort_keys=True)


def _planned(resource: PolicyResource) -> Resource:
    return Resource(
        urn=resource.urn,
        type=resource.resource_type,
        name=resource.name,
        parent=resource.parent.urn if resource.parent else "",
        inputs=_plain(resource.props),
        dependencies=sorted(dependency.urn for dependency in resource.dependencies),
        property_dependencies={
            key: sorted(dependency.urn for dependency in dependencies)
            for key, dependencies in resource.property_dependencies.items()
        },
    )


def _plain(value: Any) -> Any:
    """Plain mappings and lists, unknown values as the rules know them, and whole numbers, which the wire makes floats.

    The SDK's proxies raise where they are asked for an unknown value, and then the whole policy is given up as
    advisory; what they guard stands behind `__target`.
    """
    if isinstance(value, str):
        return UNKNOWN if value in _UNKNOWNS else value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, Mapping):
        fields = value if isinstance(value, dict) else value["__target"]
        return {key: _plain(part) for key, part in fields.items()}
    if isinstance(value, Sequence):
        parts: Any = value if isinstance(value, list) else value["__target"]  # type: ignore[call-overload]
        return [_plain(part) for part in parts]
    return value
