"""Kubernetes quantities ("250m", "1.5Gi", 2, 1e3) in exact integer arithmetic, and how messages show amounts.

Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from eks_fargate.fargate.shape import in_words

NANO: Final = 10**9
MAX_UNITS: Final = 2**63 - 1

_POWERS_OF_TEN: Final = {"n": -9, "u": -6, "m": -3, "": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
_POWERS_OF_TWO: Final = {"Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40, "Pi": 50, "Ei": 60}
_QUANTITY: Final = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?")
_BYTE_UNITS: Final = (("GiB", 2**30), ("MiB", 2**20), ("KiB", 2**10))

# The least step, a nano-unit of the largest binary suffix, has 69 decimal places and the largest value 19 digits
# before the point: digits beyond this many can only mean "a little more".
_SIGNIFICANT_DIGITS: Final = 128
_MAX_EXPONENT: Final = 2**31 - 1


class QuantityError(ValueError):
    """The value is no Kubernetes quantity; the message says what it is instead."""


def parse(value: object) -> int:
    """A quantity, as YAML or JSON gives it, in nano-units (10^-9 of a core, of a byte).

    As Kubernetes reads it: what is finer than a nano-unit rounds up, away from zero. Anything above 2^63-1 units is
    2^63-1 units (Kubernetes caps so too, for binary suffixes). Negative values are read; no resource may be negative.
    Raises QuantityError for anything else, and for an exponent beyond 32 bits.
    """
    if isinstance(value, str):
        return _parse_text(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return max(-MAX_UNITS, min(MAX_UNITS, value)) * NANO
    if isinstance(value, float):
        return _parse_text(repr(value))
    msg = f"{in_words(value)} is no quantity: write a number such as 0.25, or text such as 250m or 512Mi"
    raise QuantityError(msg)


@lru_cache(maxsize=4096)
def _parse_text(text: str) -> int:
    stripped = text.strip()
    found = _QUANTITY.fullmatch(stripped)
    if found is None or not stripped:
        msg = f"{_shortened(text)} is no quantity: write a number such as 0.25, or text such as 250m or 512Mi"
        raise QuantityError(msg)
    sign, whole, fraction, suffix = found.group(1), found.group(2), found.group(3) or "", found.group(4) or ""
    nanos = _nanos(whole.lstrip("0"), fraction, _power_of_ten(suffix, text), _POWERS_OF_TWO.get(suffix, 0))
    return -nanos if sign == "-" else nanos


def _power_of_ten(suffix: str, text: str) -> int:
    if suffix in _POWERS_OF_TWO:
        return 0
    if suffix in _POWERS_OF_TEN:
        return _POWERS_OF_TEN[suffix]
    digits = suffix[1:].lstrip("+-").lstrip("0")
    if len(digits) > 10 or int(digits or "0") > _MAX_EXPONENT:
        msg = f"{_shortened(text)} is no quantity: its exponent is too large"
        raise QuantityError(msg)
    return -int(digits or "0") if suffix[1] == "-" else int(digits or "0")


def _nanos(whole: str, fraction: str, power_of_ten: int, power_of_two: int) -> int:
    """`whole.fraction` x 10^power_of_ten x 2^power_of_two in nano-units, rounded up and capped."""
    digits = (whole + fraction).lstrip("0")
    if not digits.strip("0"):
        return 0
    # The value lies in [10^(magnitude - 1), 10^magnitude), so that neither end needs a long number.
    magnitude = len(whole) + power_of_ten - (0 if whole else len(fraction) - len(digits))
    if magnitude > 20:
        return MAX_UNITS * NANO
    if magnitude < -40:
        return 1
    kept, rest = digits[:_SIGNIFICANT_DIGITS], digits[_SIGNIFICANT_DIGITS:].strip("0")
    if rest:
        kept += "1"
    scale = magnitude - len(kept) + 9
    numerator = (int(kept) << power_of_two) * _ten_to(scale)
    return min(-(-numerator // _ten_to(-scale)), MAX_UNITS * NANO)


def _ten_to(power: int) -> int:
    return int("1" + "0" * power)


def quoted(value: str | float) -> str:
    """A quantity for messages, as it is written but no longer than a line."""
    if isinstance(value, str):
        return _shortened(value)
    return str(max(-MAX_UNITS, min(MAX_UNITS, value)))


def _shortened(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}...")


def format_cpu(nanocores: int) -> str:
    """CPU for messages, exact: "0.25 vCPU"."""
    whole, fraction = divmod(nanocores, NANO)
    decimals = f"{fraction:09d}".rstrip("0")
    return f"{whole}.{decimals} vCPU" if decimals else f"{whole} vCPU"


def format_bytes(count: int) -> str:
    """Bytes for messages, in the largest binary unit that fits: "1.5 GiB", "about 244.141 MiB", "1 byte"."""
    for unit, size in _BYTE_UNITS:
        if count >= size:
            thousandths, rest = divmod(count * 1000, size)
            rounded = thousandths + (2 * rest >= size)
            decimals = f".{rounded % 1000:03d}".rstrip("0").rstrip(".")
            return f"{'about ' if rest else ''}{rounded // 1000}{decimals} {unit}"
    return "1 byte" if count == 1 else f"{count} bytes"
