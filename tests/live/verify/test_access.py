"""Access entries."""

from __future__ import annotations

from eks_fargate.live.checks import State
from eks_fargate.live.demand import Demand
from eks_fargate.live.verify.access import access
from tests.live.conftest import Live
from tests.live.environment import ADMIN
from tests.live.telling import not_well, told


def test_the_execution_roles_entry_is_of_fargates_type(live: Live, demand: Demand) -> None:
    (check,) = access(live.account, demand)
    assert (check.state, check.subject) == (State.OK, live.environment.execution_role)


def test_an_entry_that_was_deleted_is_a_problem_with_the_command_that_makes_it(live: Live, demand: Demand) -> None:
    live.documented.answers("eks", "ListAccessEntries", {"accessEntries": [ADMIN]})
    check = told(access(live.account, demand), live.environment.execution_role)
    assert (check.state, check.actual) == (State.PROBLEM, "no entry")
    assert check.fix == (
        "aws eks create-access-entry --cluster-name eks-fargate-whole --type FARGATE_LINUX "
        f"--principal-arn {live.environment.execution_role}"
    )


def test_an_entry_of_another_type_is_a_problem(live: Live, demand: Demand) -> None:
    live.documented.answers("eks", "DescribeAccessEntry", {"accessEntry": {"type": "STANDARD"}})
    check = told(access(live.account, demand), live.environment.execution_role)
    assert (check.state, check.actual) == (State.PROBLEM, "an entry of type STANDARD")


def test_a_cluster_that_uses_the_config_map_has_no_entries_to_check(live: Live, demand: Demand) -> None:
    live.cluster["accessConfig"] = {"authenticationMode": "CONFIG_MAP"}
    assert not_well(access(live.account, demand)) == [("not-checked", "access entries")]
