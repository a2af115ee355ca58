"""Short words for what checks say."""

from __future__ import annotations

from collections.abc import Iterable

from eks_fargate.live.checks import Check, State


def told(checks: Iterable[Check], subject: str) -> Check:
    """The one check on a subject."""
    found = [check for check in checks if check.subject == subject]
    assert len(found) == 1, f"{len(found)} checks on {subject}"
    return found[0]


def not_well(checks: Iterable[Check]) -> list[tuple[str, str]]:
    """State and subject of every check that is not ok."""
    return [(check.state.value, check.subject) for check in checks if check.state is not State.OK]
