"""What is fetched once."""

from __future__ import annotations

import pytest

from eks_fargate.live.once import Once


def test_it_is_fetched_when_first_asked_for() -> None:
    once: Once[int] = Once()
    assert [once.get("a", lambda: 1), once.get("a", lambda: 2), once.get("b", lambda: 3)] == [1, 1, 3]


def test_an_error_is_kept_too() -> None:
    once: Once[float] = Once()
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            once.get("a", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        once.get("a", lambda: 1.0)
