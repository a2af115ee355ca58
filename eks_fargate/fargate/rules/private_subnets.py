"""Whether the planned subnets that a resource uses are private."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.routes import is_public
from eks_fargate.fargate.rules.base import Fail, Undetermined, Verdict
from eks_fargate.fargate.rules.planned_profiles import has_given_subnets, planned_subnets
from eks_fargate.fargate.stack import Planned
from eks_fargate.fargate.unknown import UNKNOWN

_LATER = "Run `eks-fargate preflight`, which reads the routes from AWS."


def public_subnets(planned: Planned, what: str, so: str, key: str = "subnetIds") -> Iterator[Verdict]:
    """A verdict for every subnet that is public or may be.

    what: the resource in words, `the profile`. so: what follows from a public subnet. key: the input that has the ids.
    """
    subnets, count = planned_subnets(planned.resource, planned.stack, key)
    answers = [(subnet, is_public(subnet, planned.stack)) for subnet in subnets]
    maybe_public = [subnet.name for subnet, public in answers if public is not False]
    only_some = count is None or count < len(subnets)
    if only_some and maybe_public and not all(public is True for _, public in answers):
        message = f"whether {what} has one of these subnets is not known: {', '.join(maybe_public)}"
        yield Undetermined(key, message, _LATER)
        return
    for subnet, public in answers:
        if public is UNKNOWN:
            yield Undetermined(
                key, f"whether subnet {subnet.name} has a route to an internet gateway is not known", _LATER
            )
        elif public:
            yield Fail(
                key,
                f"subnet {subnet.name} has a route to an internet gateway; {so}",
                "Use a subnet whose routes lead out by a NAT gateway, a transit gateway or not at all.",
            )
    if has_given_subnets(planned.resource, planned.stack, key):
        yield Undetermined(key, "the plan does not make all of the subnets, and their routes are not known", _LATER)
