"""A value that is not known before deployment."""

from __future__ import annotations

from typing import Any, Final, final


@final
class Unknown:
    """The one value that stands where a plan has an output that only a deployment will tell.

    It stands in any place of a Kubernetes object or of a resource's inputs: a scalar, a list, a mapping.
    It has no truth value, so that no rule mistakes it for "unset".
    """

    _instance: Unknown | None = None

    def __new__(cls) -> Unknown:
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __bool__(self) -> bool:
        msg = "an unknown value is neither true nor false: ask is_unknown() first"
        raise TypeError(msg)

    def __repr__(self) -> str:
        return "<unknown>"

    def __copy__(self) -> Unknown:
        return self

    def __deepcopy__(self, _memo: object) -> Unknown:
        return self


UNKNOWN: Final = Unknown()


def is_unknown(value: object) -> bool:
    """Whether `value` itself is the unknown value (its parts are not looked at)."""
    return value is UNKNOWN


def has_unknown(value: Any) -> bool:
    """Whether `value` is, or anywhere within holds, the unknown value."""
    if value is UNKNOWN:
        return True
    if isinstance(value, dict):
        return any(has_unknown(part) for part in value.values())
    if isinstance(value, (list, tuple)):
        return any(has_unknown(part) for part in value)
    return False
