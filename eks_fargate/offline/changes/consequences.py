"""What a change means for what runs, and what Pulumi or AWS refuses of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eks_fargate.fargate.resource_types import CLUSTER, SUBNET
from eks_fargate.fargate.versions import version_key
from eks_fargate.offline.changes.change import Change, Op, Why
from eks_fargate.offline.changes.replacing import is_tabled, table


def meanings(change: Change) -> list[str]:
    """What the change means, a sentence or more each; nothing where there is nothing to add to the change itself."""
    return list(_meanings(change))


def refusals(change: Change) -> list[str]:
    """What of the change is refused, by whom, and what to do; a sentence or more each.

    Sources: https://www.pulumi.com/docs/iac/concepts/resources/options/protect/,
    https://docs.aws.amazon.com/eks/latest/userguide/deletion-protection.html,
    https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html,
    https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html
    """
    return [*_protected(change), *_refused_version(change), *_overlapping(change)]


def _meanings(change: Change) -> Iterator[str]:
    row = table("changes")["meanings"].get(change.resource.type, {})
    key: str = change.op.value
    if change.op is Op.REPLACE and change.deletes_first and "replaceDeletingFirst" in row:
        key = "replaceDeletingFirst"
    if key in row:
        yield row[key]
    if change.op is Op.DELETE and change.resource.options.get("retainOnDelete"):
        yield "It stays where it is: Pulumi only forgets it (retainOnDelete)."
    if change.op is Op.UPDATE and not is_tabled(change.resource.type):
        yield f"Whether the provider replaces it is not known here: {change.resource.type} is not in the table."
    versions = _versions(change)
    if versions is not None and versions[1] > versions[0]:
        yield "Fargate pods keep the kubelet that they started with: restart them once the cluster is upgraded."


def _protected(change: Change) -> Iterator[str]:
    old, new = change.old, change.new
    if old is None or change.op not in {Op.DELETE, Op.REPLACE}:
        return
    verb = change.op.value
    # Pulumi lets a resource be unprotected and replaced in one update, but not be unprotected and deleted.
    if old.options.get("protect") and (new is None or new.options.get("protect")):
        yield f"Pulumi refuses to {verb} it: it is protected. Deploy it without `protect` first, if this is wanted."
    if old.type == CLUSTER and old.inputs.get("deletionProtection") is True:
        yield f"EKS refuses to {verb} it: its deletion protection is on. Turn that off first, if this is wanted."


def _refused_version(change: Change) -> Iterator[str]:
    versions = _versions(change)
    if versions is None:
        return
    (major, old), (_, new) = versions
    if new - old > 1:
        yield f"EKS upgrades one minor version at a time: from {major}.{old} go to {major}.{old + 1} first."
    elif new - old == -1:
        yield (
            f"EKS refuses to go back from {major}.{old} to {major}.{new}, except as a rollback of an upgrade of this "
            "cluster within seven days of it."
        )
    elif new < old:
        yield f"EKS refuses to go back from {major}.{old} to {major}.{new}: it rolls back one minor version at most."


def _versions(change: Change) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The Kubernetes versions that a cluster goes from and to; None where it keeps its own, or either is not known."""
    if change.op is not Op.UPDATE or change.resource.type != CLUSTER:
        return None
    found = next((one for one in change.properties if one.path == "version"), None)
    if found is None or not (_is_version(found.old) and _is_version(found.new)):
        return None
    return version_key(found.old), version_key(found.new)


def _is_version(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(version_key(value))
    except ValueError:
        return False


def _overlapping(change: Change) -> Iterator[str]:
    """A subnet made before the old one goes needs a range of its own, unless its VPC is another too."""
    if change.op is not Op.REPLACE or change.deletes_first or change.resource.type != SUBNET:
        return
    if any(one.path in {"cidrBlock", "vpcId"} for one in change.properties):
        return
    if not any(why is Why.REPLACED for why in change.because.values()):
        yield (
            f"AWS refuses the new subnet: it is made before the old one goes, and both have the range "
            f"{change.resource.inputs.get('cidrBlock')}. Give it another range, or another name to Pulumi in two steps."
        )
