"""Quantities, against the notations that Kubernetes documents and an independent reading by fractions."""

from __future__ import annotations

import re
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from eks_fargate.fargate.quantity import MAX_UNITS, NANO, QuantityError, format_bytes, format_cpu, parse

SUFFIXES = {
    "": Fraction(1),
    "n": Fraction(1, 10**9),
    "u": Fraction(1, 10**6),
    "m": Fraction(1, 1000),
    "k": Fraction(10**3),
    "M": Fraction(10**6),
    "G": Fraction(10**9),
    "T": Fraction(10**12),
    "P": Fraction(10**15),
    "E": Fraction(10**18),
    "Ki": Fraction(2**10),
    "Mi": Fraction(2**20),
    "Gi": Fraction(2**30),
    "Ti": Fraction(2**40),
    "Pi": Fraction(2**50),
    "Ei": Fraction(2**60),
    "e3": Fraction(1000),
    "E+3": Fraction(1000),
    "e-3": Fraction(1, 1000),
    "E0": Fraction(1),
}


@pytest.mark.parametrize(
    ("written", "nanos"),
    [
        ("0", 0),
        ("250m", 250_000_000),
        ("0.25", 250_000_000),
        (0.25, 250_000_000),
        (2, 2 * NANO),
        (2.0, 2 * NANO),
        (1e-07, 100),
        ("1.5Gi", 3 * 2**29 * NANO),
        ("256M", 256_000_000 * NANO),
        ("1e3", 1000 * NANO),
        ("1E3", 1000 * NANO),
        ("1E", 10**18 * NANO),
        ("12e-1", 1_200_000_000),
        ("100n", 100),
        ("3u", 3000),
        ("+5", 5 * NANO),
        ("-5m", -5_000_000),
        (-1, -NANO),
        (".5", NANO // 2),
        ("1.", NANO),
        ("1.G", 10**9 * NANO),
        ("007", 7 * NANO),
        (" 1 ", NANO),
        ("0.0000000001", 1),
        ("-0.0000000001", -1),
        ("1.0000000001", NANO + 1),
        ("0.1Ki", 102_400_000_000),
        ("Mi", 0),
    ],
)
def test_every_notation_is_read_exactly(written: object, nanos: int) -> None:
    assert parse(written) == nanos


@pytest.mark.parametrize(
    "written",
    ["", " ", "abc", "1.1.M", "1+1.0M", "0.1mi", "0.1am", ".5i", "1i", "1e", "-3.01e-", "1 Gi", "1Gib", "٣", "--1"],
)
def test_what_kubernetes_refuses_is_refused(written: str) -> None:
    with pytest.raises(QuantityError, match=re.escape(f"{written!r} is no quantity: write a number such as 0.25")):
        parse(written)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (None, "null"),
        (True, "a boolean"),
        ([], "a list"),
        ({}, "a mapping"),
        (float("nan"), "'nan'"),
        (float("inf"), "'inf'"),
        (object(), "a value of type object"),
    ],
)
def test_a_value_of_another_type_is_refused(written: object, words: str) -> None:
    with pytest.raises(QuantityError, match=f"^{words} is no quantity"):
        parse(written)


def test_a_boolean_is_refused_though_it_equals_a_number_read_before() -> None:
    assert parse(1) == NANO
    equal: object = True
    with pytest.raises(QuantityError, match="a boolean is no quantity"):
        parse(equal)


@pytest.mark.parametrize("written", ["1e99999999999", "1e-99999999999", "1e2147483648"])
def test_an_exponent_beyond_32_bits_is_refused(written: str) -> None:
    with pytest.raises(QuantityError, match="its exponent is too large"):
        parse(written)


@pytest.mark.parametrize(
    "written", ["1e2000000000", "10E", "8Ei", "9" * 100_000, "1" + "0" * 5000 + "Ei", 10**400, 1e300]
)
def test_what_exceeds_the_largest_is_the_largest(written: object) -> None:
    assert parse(written) == MAX_UNITS * NANO


def test_what_exceeds_the_least_is_the_least() -> None:
    assert parse(-(10**400)) == -MAX_UNITS * NANO
    assert parse("-10E") == -MAX_UNITS * NANO


@pytest.mark.parametrize("written", ["1e-2000000000", "0." + "0" * 100_000 + "1", "0." + "0" * 5000 + "1Ei"])
def test_the_tiniest_amount_is_one_nano_unit(written: str) -> None:
    assert parse(written) == 1


def test_a_digit_beyond_those_kept_still_rounds_up() -> None:
    assert parse("1." + "0" * 500 + "1") == NANO + 1


def test_a_long_text_is_not_quoted_whole() -> None:
    with pytest.raises(QuantityError) as refused:
        parse("x" * 1000)
    assert str(refused.value).startswith(repr("x" * 40 + "..."))


@given(
    st.sampled_from(["", "+", "-"]),
    st.text("0123456789", max_size=25),
    st.one_of(st.none(), st.text("0123456789", max_size=25)),
    st.sampled_from(sorted(SUFFIXES)),
)
def test_quantities_agree_with_fractions(sign: str, whole: str, fraction: str | None, suffix: str) -> None:
    text = sign + whole + ("" if fraction is None else f".{fraction}") + suffix
    assume(text)
    exact = Fraction(int(whole or "0")) + Fraction(int(fraction or "0"), 10 ** len(fraction or ""))
    nanos = min(ceil(exact * SUFFIXES[suffix] * NANO), MAX_UNITS * NANO)
    assert parse(text) == (-nanos if sign == "-" else nanos)


@pytest.mark.parametrize(
    ("nanocores", "words"),
    [(0, "0 vCPU"), (250_000_000, "0.25 vCPU"), (16 * NANO, "16 vCPU"), (1, "0.000000001 vCPU")],
)
def test_cpu_is_shown_exactly(nanocores: int, words: str) -> None:
    assert format_cpu(nanocores) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (1023, "1023 bytes"),
        (1024, "1 KiB"),
        (256 * 2**20, "256 MiB"),
        (256_000_000, "about 244.141 MiB"),
        (3 * 2**29, "1.5 GiB"),
        (120 * 2**30, "120 GiB"),
        (2**30 + 1, "about 1 GiB"),
        (10 * 2**30, "10 GiB"),
    ],
)
def test_bytes_are_shown_in_the_largest_unit_that_fits(count: int, words: str) -> None:
    assert format_bytes(count) == words
