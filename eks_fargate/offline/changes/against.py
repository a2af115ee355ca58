"""The plan of a stack beside that of another git revision."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eks_fargate.offline.changes.change import REGION, Change, Op, is_managed
from eks_fargate.offline.changes.consequences import meanings, refusals
from eks_fargate.offline.changes.diff import changes, renames
from eks_fargate.offline.changes.revision import changed_lock_files, unpacked
from eks_fargate.offline.changes.separate import plan_at
from eks_fargate.offline.plan import Plan


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """What changes in a stack since a revision.

    revision: as asked for. commit: its full id. before: its plan, None where it has no such stack.
    resources: sorted by URN. renamed: URN -> former URN of resources that an alias joins. unchanged: how many managed
    resources stay as they are. notes: what else there is to know, in sentences.
    """

    revision: str
    commit: str
    before: Plan | None
    resources: tuple[Change, ...]
    renamed: Mapping[str, str]
    unchanged: int
    notes: tuple[str, ...]

    def count(self, op: Op) -> int:
        """How many resources that happens to."""
        return sum(change.op is op for change in self.resources)

    def to_json(self) -> list[dict[str, Any]]:
        """The changed resources under their JSON keys; keys that do not apply are left out."""
        return [self._json(change) for change in self.resources]

    def _json(self, change: Change) -> dict[str, Any]:
        out: dict[str, Any] = {
            "urn": change.resource.urn,
            "op": change.op.value,
            "properties": [one.to_json() for one in change.properties],
        }
        if change.op is Op.REPLACE:
            out["deletesFirst"] = change.deletes_first
        if change.resource.urn in self.renamed:
            out["formerUrn"] = self.renamed[change.resource.urn]
        further: dict[str, Any] = {
            "because": {urn: why.value for urn, why in change.because.items()},
            "means": meanings(change),
            "refused": refusals(change),
        }
        return out | {key: value for key, value in further.items() if value}


def changes_against(  # noqa: PLR0913 - the arguments of the run to compare with, and of the one that was
    project_dir: Path, stack: str, rev: str, plan: Plan, today: datetime.date, *, stack_dir: Path | None
) -> Changes:
    """What `plan`, that of `stack` now, changes beside the plan of the revision `rev`.

    The revision's program runs in a process of its own, with the packages that are installed now. stack_dir: the folder
    of the stack files, that of the revision where it lies in the repository; where omitted, the project's own.
    Raises RevisionError, with the problems of the revision's program where it fails.
    """
    with unpacked(project_dir, rev) as revision:
        stacks = None if stack_dir is None else revision.here(stack_dir)
        before = plan_at(revision, stack, today, stacks)
        locks = changed_lock_files(project_dir, revision)
    found = changes(before, plan)
    return Changes(
        revision=rev,
        commit=revision.commit,
        before=before,
        resources=found,
        renamed={} if before is None else renames(before, plan),
        unchanged=sum(map(is_managed, plan.resources)) - sum(change.op is not Op.DELETE for change in found),
        notes=tuple(_notes(before, plan, rev, locks)),
    )


def _notes(before: Plan | None, after: Plan, rev: str, locks: Sequence[str]) -> list[str]:
    notes = [
        f"{path} differs: both programs ran with the packages that are installed now, so what other packages change is "
        "not shown"
        for path in locks
    ]
    if before is None:
        return [f"{rev} does not have the stack '{after.stack}': everything is created", *notes]
    if before.project != after.project:
        notes.insert(0, f"the project was called '{before.project}': to Pulumi this is another stack")
    if before.region and after.region and before.region != after.region:
        moved = f"{REGION} goes from {before.region} to {after.region}: what is in the region is made anew in the other"
        notes.insert(0, moved)
    return notes
