"""Settings against the tables of facts, and against the rules about clusters and profiles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from eks_fargate.fargate.cluster import Cluster
from eks_fargate.fargate.facts import table_names
from eks_fargate.fargate.findings import Finding, Level
from eks_fargate.fargate.rules import all_rules
from eks_fargate.fargate.rules.aws import judge_cluster
from eks_fargate.fargate.rules.base import Levels
from stacks.problems import unknown_key

if TYPE_CHECKING:
    from stacks.settings import Settings


def known_rules(settings: Settings) -> Iterator[str]:
    """Every entry of `rules` is a rule's id."""
    ids = {rule.id for rule in all_rules()}
    for key in sorted(set(settings.rules) - ids):
        yield unknown_key(f"rules.{key}", key, ids)


def known_tables(settings: Settings) -> Iterator[str]:
    """Every entry of `overrides` is a table of facts."""
    for key in sorted(set(settings.facts.overrides) - set(table_names())):
        yield unknown_key(f"overrides.{key}", key, table_names())


def cluster_of(settings: Settings) -> Cluster:
    """The cluster that the settings describe, as the rules see it."""
    return Cluster(
        name=settings.cluster_name,
        version=settings.cluster.version,
        region=settings.region,
        data_plane=settings.data_plane,
        profiles=settings.fargate_profiles,
        today=settings.today,
        existing=settings.cluster.existing is not None,
        account=settings.account,
        zone_ids=settings.network.zones or (),
        facts=settings.facts,
    )


def judged(settings: Settings) -> tuple[list[str], list[str]]:
    """What the rules find, at the levels of `rules`: what is refused, and what is only warned about."""
    off = {"off": None, "warning": Level.WARNING, "error": Level.ERROR}
    levels = Levels({key: off[rule.level] for key, rule in settings.rules.items() if rule.level is not None})
    found = judge_cluster(cluster_of(settings), f"Pulumi.{settings.stack}.yaml", levels)
    refused = [_sentence(finding) for finding in found if finding.level is Level.ERROR]
    return refused, [_sentence(finding) for finding in found if finding.level is not Level.ERROR]


def _sentence(finding: Finding) -> str:
    return f"{finding.path}: {finding.message}. {finding.fix} [{finding.rule}]"
