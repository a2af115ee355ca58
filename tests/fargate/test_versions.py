from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eks_fargate.fargate.facts import Facts
from eks_fargate.fargate.versions import (
    Status,
    Support,
    UnknownAddonVersionError,
    addon_version,
    can_create,
    creatable_versions,
    known_versions,
    support,
    version_key,
)

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("1.13", Support("1.13", Status.NEVER)),
        ("1.14", Support("1.14", Status.ENDED, date(2020, 12, 8), date(2020, 12, 8))),
        ("1.30", Support("1.30", Status.ENDED, date(2025, 7, 23), date(2026, 7, 23))),
        ("1.31", Support("1.31", Status.EXTENDED, date(2025, 11, 26), date(2026, 11, 26), 5)),
        ("1.34", Support("1.34", Status.STANDARD, date(2026, 12, 2), date(2027, 12, 2), 11)),
        ("1.35", Support("1.35", Status.STANDARD, date(2027, 3, 27), date(2028, 3, 27), 126)),
        ("1.37", Support("1.37", Status.NEWER)),
        ("2.0", Support("2.0", Status.NEWER)),
    ],
)
def test_support_on_a_day(version: str, expected: Support) -> None:
    assert support(version, TODAY) == expected


@pytest.mark.parametrize(
    ("today", "status"),
    [
        (date(2025, 10, 1), Status.NEWER),
        (date(2025, 10, 2), Status.STANDARD),
        (date(2026, 12, 2), Status.STANDARD),
        (date(2026, 12, 3), Status.EXTENDED),
        (date(2027, 12, 2), Status.EXTENDED),
        (date(2027, 12, 3), Status.ENDED),
    ],
)
def test_the_last_day_of_a_support_still_belongs_to_it(today: date, status: Status) -> None:
    assert support("1.34", today).status is status


def test_versions_that_aws_creates_are_those_in_support() -> None:
    assert creatable_versions(TODAY) == ["1.31", "1.32", "1.33", "1.34", "1.35", "1.36"]
    assert can_create("1.30", TODAY) is False
    assert can_create("1.13", TODAY) is False
    assert can_create("1.37", TODAY) is None


def test_versions_sort_as_numbers() -> None:
    versions = known_versions()
    assert versions[0] == "1.14"
    assert versions[-1] == "1.36"
    assert sorted(["1.10", "1.9", "2.0"], key=version_key) == ["1.9", "1.10", "2.0"]


@given(st.integers(0, 999), st.integers(0, 999))
def test_a_version_key_is_its_two_numbers(major: int, minor: int) -> None:
    assert version_key(f"{major}.{minor}") == (major, minor)


@pytest.mark.parametrize("text", ["1", "1.35.2", "v1.35", "latest", "", "1.35 "])
def test_what_is_no_version_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no Kubernetes version: write it as MAJOR\.MINOR, such as '1\.35'"):
        version_key(text)


def test_each_row_of_the_table_is_in_order() -> None:
    table = Facts().table("versions")["versions"]
    for version in known_versions():
        row = table[version]
        assert row["released"] < row["standardEnds"] <= row["extendedEnds"], version
        assert row["source"].startswith("https://"), version
        assert date.fromisoformat(row["date"]), version


def test_a_version_can_be_added_by_overrides() -> None:
    row = {"released": "2026-11-01", "standardEnds": "2028-01-01", "extendedEnds": "2029-01-01"}
    facts = Facts({"versions": {"versions": {"1.37": row}}})
    assert support("1.37", TODAY, facts).status is Status.STANDARD


def test_the_default_version_of_an_addon() -> None:
    assert addon_version("coredns", "1.35") == "v1.14.2-eksbuild.4"
    assert addon_version("kube-proxy", "1.35") == "v1.35.3-eksbuild.13"
    assert addon_version("vpc-cni", "1.35") == "v1.21.1-eksbuild.8"


def test_every_addon_has_a_default_for_every_version_that_aws_creates() -> None:
    for addon in ("coredns", "kube-proxy", "vpc-cni"):
        assert all(addon_version(addon, version) for version in creatable_versions(TODAY))


def test_an_addon_version_that_is_not_known_says_what_to_set() -> None:
    with pytest.raises(UnknownAddonVersionError) as core_dns:
        addon_version("coredns", "1.30")
    assert str(core_dns.value) == (
        "the version of add-on coredns for Kubernetes 1.30 is not known: set coreDns.version to one that "
        "`aws eks describe-addon-versions --addon-name coredns --kubernetes-version 1.30` lists"
    )
    with pytest.raises(
        UnknownAddonVersionError, match=r'set overrides\.addons\.versions\.vpc-cni\."1\.37"\.version to'
    ):
        addon_version("vpc-cni", "1.37")
