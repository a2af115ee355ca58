"""A finding: one place where a rule's statement does not hold, or cannot be told before deployment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """How much a finding weighs. Only `ERROR` makes a command exit 1."""

    ERROR = "error"
    WARNING = "warning"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    rule: the rule's id. level: as configured. object: `Kind/namespace/name`, a URN, or a settings file's name.
    path: dotted path of the field within the object, `spec.containers[0].image`; empty for the object as a whole.
    message: what is so, and the value got. fix: what to do. source: URL of the fact.
    would_be: for an undetermined finding, the level it has should the statement not hold.
    event: the event text that Kubernetes would show, where one is known.
    suppressed: let off by an annotation; such a finding fails nothing.
    file, line: where the object was read from, if from a file.
    """

    rule: str
    level: Level
    object: str
    path: str
    message: str
    fix: str
    source: str
    would_be: Level | None = None
    event: str | None = None
    suppressed: bool = False
    file: str | None = None
    line: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The finding under its JSON keys; keys that do not apply are left out."""
        out: dict[str, Any] = {"rule": self.rule, "level": self.level.value}
        if self.would_be is not None:
            out["wouldBe"] = self.would_be.value
        out |= {
            "object": self.object,
            "path": self.path,
            "message": self.message,
            "fix": self.fix,
            "source": self.source,
        }
        if self.event is not None:
            out["event"] = self.event
        if self.suppressed:
            out["suppressed"] = True
        if self.file is not None:
            out["file"] = self.file
        if self.line is not None:
            out["line"] = self.line
        return out


_WEIGHT = {Level.ERROR: 0, Level.WARNING: 1, Level.UNDETERMINED: 2}


def sort_key(finding: Finding) -> tuple[int, str, str, str, str]:
    """Order of findings in every output: errors first, then by rule, object, path and message."""
    return (_WEIGHT[finding.level], finding.rule, finding.object, finding.path, finding.message)
