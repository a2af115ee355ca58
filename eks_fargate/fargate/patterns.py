"""Patterns of `*` and `?`: whether a text matches one, and whether one matches all that another does.

`*` stands for none, one or many characters, `?` for exactly one; nothing else is special.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

# Far beyond what patterns that people write need; one built to exceed them is only not proven to be included.
_MAX_STATES: Final = 5000
_MAX_LENGTH: Final = 1000

_ANY: Final = "?"


def matches(pattern: str, text: str) -> bool:
    """Whether `text` as a whole matches `pattern`, in time bounded by the product of their lengths."""
    if "*" not in pattern and "?" not in pattern:
        return pattern == text
    return _compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    first, *rest = ("".join("." if c == "?" else re.escape(c) for c in part) for part in re.split(r"\*+", pattern))
    if not rest:
        return re.compile(first, re.DOTALL)
    *middle, last = rest
    # The leftmost place is as good as any for each part between two stars: an atomic group never looks for another.
    return re.compile(first + "".join(f"(?>.*?{part})" for part in middle) + f".*{last}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Automaton:
    """A pattern as steps: `steps[i]` leads from position i to i + 1, by that character or by any where it is `?`.

    stays: positions at which any character may be passed over, as a bit mask. takes: for each character of the
    pattern, the positions whose step it can make, as a bit mask. takes_any: those whose step any character can make.
    """

    steps: str
    stays: int
    takes: dict[str, int]
    takes_any: int

    def after(self, positions: int, character: str) -> int:
        """The positions reached from `positions` by `character`; `?` is a character that no pattern names."""
        return (positions & self.takes.get(character, self.takes_any)) << 1 | positions & self.stays


@lru_cache(maxsize=4096)
def _automaton(pattern: str) -> _Automaton:
    steps = pattern.replace("*", "")
    stays = position = 0
    for character in pattern:
        if character == "*":
            stays |= 1 << position
        else:
            position += 1
    takes_any = sum(1 << i for i, c in enumerate(steps) if c == _ANY)
    takes = {c: takes_any | sum(1 << i for i, s in enumerate(steps) if s == c) for c in set(steps) - {_ANY}}
    return _Automaton(steps, stays, takes, takes_any)


@lru_cache(maxsize=16384)
def includes(wider: str, narrower: str) -> bool:
    """Whether every text that `narrower` matches is provably one that `wider` matches.

    Exact, but for patterns so long or contrived that the search would exceed its bound: those count as not included.
    """
    if wider == narrower:
        return True
    if len(wider) + len(narrower) > _MAX_LENGTH:
        return False
    wide, narrow = _automaton(wider), _automaton(narrower)
    end = len(narrow.steps)
    # Whatever `narrower` leaves open may be a character that `wider` does not name. None is harder to match, so it is
    # enough to follow that one.
    seen = {(0, 1)}
    waiting = [(0, 1)]
    while waiting:
        at, positions = waiting.pop()
        if at == end and not positions >> len(wide.steps) & 1:
            return False
        reached = [(at, wide.after(positions, _ANY))] if narrow.stays >> at & 1 else []
        if at < end:
            reached.append((at + 1, wide.after(positions, narrow.steps[at])))
        waiting += [state for state in reached if state not in seen]
        seen.update(reached)
        if len(seen) > _MAX_STATES:
            return False
    return True
