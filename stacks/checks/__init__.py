"""What settings have to hold together, beyond each section's own shape.

Every check names the sections it looks at, and is left out where one of them has not the right shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set

from stacks.checks import data_plane, facts, features, naming, network
from stacks.environment import Environment

Check = Callable[["Environment"], Iterator[str]]

CHECKS: tuple[tuple[Check, frozenset[str]], ...] = (
    (naming.names, frozenset({"cluster"})),
    (naming.arns, frozenset({"cluster", "region", "overrides"})),
    (naming.tags, frozenset({"tags", "profiles"})),
    (facts.known_rules, frozenset({"rules"})),
    (network.zones, frozenset({"network", "region"})),
    (network.existing, frozenset({"network", "cluster", "nodeGroups"})),
    (network.endpoints, frozenset({"network", "albIngress", "logging", "dataPlane", "region"})),
    (network.api_server, frozenset({"network", "cluster"})),
    (data_plane.what_runs, frozenset({"dataPlane", "profiles", "nodeGroups", "cluster"})),
    (data_plane.profile_names, frozenset({"profiles"})),
    (data_plane.profile_subnets, frozenset({"network", "profiles"})),
    (data_plane.node_addons, frozenset({"dataPlane", "cluster", "rules", "overrides", "today"})),
    (features.support_type, frozenset({"cluster", "overrides", "today"})),
    (features.core_dns, frozenset({"coreDns", "dataPlane", "cluster", "profiles", "rules", "overrides", "today"})),
    (
        features.alb_ingress,
        frozenset({"albIngress", "tags", "network", "cluster", "dataPlane", "profiles", "overrides"}),
    ),
    (features.logging, frozenset({"logging", "dataPlane", "cluster", "region", "overrides"})),
)
# Where the network, the region or the version has not the right shape, the rules about them find nothing.
_JUDGED = frozenset({"dataPlane", "profiles", "rules", "overrides", "today"})


def problems_and_warnings(settings: Environment, failed: Set[str]) -> tuple[list[str], list[str]]:
    """All problems and all warnings; `failed` names the settings that have not the right shape."""
    problems = [problem for check, needs in CHECKS if not needs & failed for problem in check(settings)]
    if _JUDGED & failed:
        return problems, []
    refused, warnings = facts.judged(settings)
    return [*problems, *refused], warnings
