"""profile-subnets-private: no subnet of a profile has a route to an internet gateway."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.routes import is_public
from eks_fargate.fargate.rules.aws import PROFILE, PlannedRule
from eks_fargate.fargate.rules.base import Fail, Undetermined, Verdict
from eks_fargate.fargate.rules.planned_profiles import has_given_subnets, planned_subnets
from eks_fargate.fargate.stack import Planned
from eks_fargate.fargate.unknown import UNKNOWN

_PATH = "subnetIds"
_LATER = "Run `eks-fargate preflight`, which reads the routes from AWS."


def _check(planned: Planned) -> Iterator[Verdict]:
    subnets, count = planned_subnets(planned.resource, planned.stack)
    answers = [(subnet, is_public(subnet, planned.stack)) for subnet in subnets]
    maybe_public = [subnet.name for subnet, public in answers if public is not False]
    only_some = count is None or count < len(subnets)
    if only_some and maybe_public and not all(public is True for _, public in answers):
        message = f"whether the profile has one of these subnets is not known: {', '.join(maybe_public)}"
        yield Undetermined(_PATH, message, _LATER)
        return
    for subnet, public in answers:
        if public is UNKNOWN:
            yield Undetermined(
                _PATH, f"whether subnet {subnet.name} has a route to an internet gateway is not known", _LATER
            )
        elif public:
            yield Fail(
                _PATH,
                f"subnet {subnet.name} has a route to an internet gateway; EKS takes private subnets only",
                "Use a subnet whose routes lead out by a NAT gateway, a transit gateway or not at all.",
            )
    if has_given_subnets(planned.resource, planned.stack):
        yield Undetermined(_PATH, "the plan does not make all of the subnets, and their routes are not known", _LATER)


rule = PlannedRule(
    id="profile-subnets-private",
    group="B",
    level=Level.ERROR,
    statement="No subnet of a profile has a route to an internet gateway.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html",
    check=_check,
    types=(PROFILE,),
)
