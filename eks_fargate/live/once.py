"""Answers that are fetched once, whoever asks first, and however many ask at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

T = TypeVar("T")


class Once(Generic[T]):
    """Keeps what was fetched by key."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[str, Future[T]] = {}

    def get(self, key: str, fetch: Callable[[], T]) -> T:
        """What `fetch` returned, or raised, when the key was first asked for."""
        with self._lock:
            kept = self._kept.get(key)
            future = kept or self._kept.setdefault(key, Future())
        if kept is None:
            try:
                future.set_result(fetch())
            except BaseException as error:
                future.set_exception(error)
        return future.result()
