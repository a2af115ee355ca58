"""A bar on standard error that shows how far a long piece of work is; on a terminal only."""

from __future__ import annotations

import time
from typing import TextIO

_WIDTH = 30
_QUIET_SECONDS = 0.5
_BETWEEN_SECONDS = 0.1


class ProgressBar:
    """Drawn once the work has taken half a second, and wiped away at the end."""

    def __init__(self, what: str, stream: TextIO) -> None:
        self.what = what
        self.stream = stream
        self.next_draw = time.monotonic() + _QUIET_SECONDS if stream.isatty() else float("inf")
        self.drawn = False

    def update(self, done: int, total: int) -> None:
        """Show that `done` of `total` is done."""
        now = time.monotonic()
        if now >= self.next_draw:
            self.next_draw = now + _BETWEEN_SECONDS
            self.drawn = True
            share = min(1.0, done / total) if total else 1.0
            bar = "#" * int(share * _WIDTH)
            self.stream.write(f"\r{self.what} [{bar:{_WIDTH}}] {share:4.0%}")
            self.stream.flush()

    def go_on(self, what: str) -> None:
        """Show what comes next, of which it is not known how far it is; only where the bar was drawn before."""
        if self.drawn:
            self.stream.write(f"\r\x1b[K{what} ...")
            self.stream.flush()

    def close(self) -> None:
        """Wipe the bar away."""
        if self.drawn:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
