"""Bad input of a command."""

from __future__ import annotations

from collections.abc import Sequence


class BadInputError(Exception):
    """What the user gave cannot be worked with. `problems`: one sentence or more each; the command exits 2."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)
