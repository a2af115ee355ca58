"""What comes from an input as it may be written: text on one line, without control characters, and JSON."""

from __future__ import annotations

import json
from typing import Any, Final

MOST_CHARACTERS: Final = 1000


def one_line(text: str) -> str:
    """The text with what cannot be printed as escapes, `\\x1b`, and cut where it is longer than anyone reads."""
    if len(text) > MOST_CHARACTERS:
        text = f"{text[:MOST_CHARACTERS]}..."
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)


def json_text(data: Any) -> str:
    """The data as JSON, ending in a newline. A lone surrogate, which UTF-8 cannot hold, goes back to its escape."""
    text = json.dumps(data, indent=2, ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace").decode() + "\n"
