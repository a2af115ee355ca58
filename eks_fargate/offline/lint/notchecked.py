"""What a linter could not look at, said aloud."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class NotChecked:
    """An object, or one property of it, that no schema was there for.

    object: a URN or `Kind/namespace/name`. path: dotted path of the property; empty for the object as a whole.
    """

    object: str
    path: str
    reason: str
