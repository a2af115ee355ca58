"""Markdown that shows a text as it is, whatever stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from eks_fargate.cli.shown import one_line

_ESCAPED: Final = str.maketrans({one: f"\\{one}" for one in "\\|*_[]<>#~"})


def text(shown: str) -> str:
    """Text on one line, cut where it is longer than anyone reads; else as `escaped`."""
    return escaped(one_line(shown))


def escaped(line: str) -> str:
    """A line whole. Words between backquotes stay code; an @ is parted from what follows, so that nobody is called."""
    parts = line.split("`")
    paired = len(parts) % 2 == 1
    return ("`" if paired else "\\`").join(
        part.replace("|", "\\|") if paired and index % 2 else part.translate(_ESCAPED).replace("@", "@\u200b")
        for index, part in enumerate(parts)
    )


def code(shown: str) -> str:
    """A name or a path, as code."""
    return f"`{one_line(shown).replace('`', chr(39)).replace('|', chr(92) + '|')}`"


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table; the cells are Markdown."""
    for cells in (titles, ["---"] * len(titles), *rows):
        yield f"| {' | '.join(cells)} |"
