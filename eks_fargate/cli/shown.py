"""Text from an input as it may be written to a terminal or a page: on one line, without control characters."""

from __future__ import annotations

from typing import Final

MOST_CHARACTERS: Final = 1000


def one_line(text: str) -> str:
    """The text with what cannot be printed as escapes, `\\x1b`, and cut where it is longer than anyone reads."""
    if len(text) > MOST_CHARACTERS:
        text = f"{text[:MOST_CHARACTERS]}..."
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)
