"""Environment against the tables of facts, and against the rules about clusters and profiles."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.cluster import Cluster
from eks_fargate.fargate.findings import Finding, Level
from eks_fargate.fargate.rules import all_rules
from eks_fargate.fargate.rules.aws import judge_cluster
from eks_fargate.fargate.rules.base import LEVELS, Levels
from eks_fargate.fargate.rules.cluster_version import rule as cluster_version
from eks_fargate.fargate.versions import Status, support
from stacks.environment import Environment
from stacks.problems import unknown_key


def known_rules(settings: Environment) -> Iterator[str]:
    """Every entry of `rules` is a rule's id."""
    ids = {rule.id for rule in all_rules()}
    for key in sorted(set(settings.rules) - ids):
        yield unknown_key(f"rules.{key}", key, ids)


def cluster_of(settings: Environment) -> Cluster:
    """The cluster that the settings describe, as the rules see it."""
    return Cluster(
        name=settings.cluster_name,
        # Empty where the section has not the right shape, see `settings.load`.
        version=settings.cluster.version or None,
        region=settings.region,
        data_plane=settings.data_plane,
        profiles=settings.fargate_profiles,
        today=settings.today,
        existing=settings.cluster.existing is not None,
        account=settings.account,
        zone_ids=settings.network.zones or (),
        facts=settings.facts,
    )


def judged(settings: Environment) -> tuple[list[str], list[str]]:
    """What the rules find, at the levels of `rules`: what is refused, and what is only warned about."""
    found = judge_cluster(cluster_of(settings), f"Pulumi.{settings.stack}.yaml", _levels(settings))
    # A name that EKS refuses is refused by `data_plane.profile_names` already, in the user's own words.
    refused = [finding for finding in found if finding.level is Level.ERROR and finding.rule != "profile-name"]
    return list(map(_sentence, refused)), [_sentence(finding) for finding in found if finding.level is not Level.ERROR]


def version_is_refused(settings: Environment) -> bool:
    """Whether the rule about versions refuses the cluster's, so that nothing more need be said of it."""
    version = support(settings.cluster.version, settings.today, settings.facts)
    level = _levels(settings).of(cluster_version)
    return level is Level.ERROR and version.status in {Status.NEVER, Status.ENDED}


def _levels(settings: Environment) -> Levels:
    return Levels({key: LEVELS[rule.level] for key, rule in settings.rules.items() if rule.level is not None})


def _sentence(finding: Finding) -> str:
    return f"{finding.path}: {finding.message}. {finding.fix} [{finding.rule}]"
