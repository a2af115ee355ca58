"""Nothing is passed over in silence."""

from __future__ import annotations

from dataclasses import replace

from eks_fargate.live.checks import State
from eks_fargate.live.demand import Demand
from eks_fargate.live.verify.not_looked_at import LOOKED_AT, not_looked_at
from eks_fargate.live.verify.run import verify
from tests.live.conftest import Live
from tests.live.telling import told
from tests.live.verify.test_run import NOW


def test_a_type_that_no_look_has_is_told_with_how_many_there_are(live: Live, demand: Demand) -> None:
    queue = replace(demand.stack.resources[-1], type="aws:sqs/queue:Queue", custom=True)
    stack = replace(demand.stack, resources=[*demand.stack.resources, queue, queue])
    check = told(not_looked_at(live.account, replace(demand, stack=stack)), "2 x aws:sqs/queue:Queue")
    assert (check.state, check.why) == (State.NOT_CHECKED, "run `pulumi refresh`")


def test_every_look_that_is_named_is_one_of_verifys(live: Live, demand: Demand) -> None:
    inside = {"logging", "load balancer controller"}
    areas = {check.area for check in verify(live.account, demand, NOW).checks}
    assert set(LOOKED_AT.values()) <= areas | inside
