"""The tables of what replaces a resource."""

from __future__ import annotations

import pytest

from eks_fargate.offline.changes.replacing import covered, deletes_first, is_tabled, plain
from tests.offline.planned_resources import CONFIG_MAP, PROFILE_APPS, VPC_MAIN, changed, resource


def test_a_path_loses_its_indices() -> None:
    assert plain('selectors[0].labels["a.b"]') == 'selectors.labels["a.b"]'


@pytest.mark.parametrize(
    ("path", "is_covered"), [("a", True), ("a.b", True), ("a[0].b", True), ("ab", False), ("b.a", False)]
)
def test_a_name_covers_what_lies_under_it(path: str, *, is_covered: bool) -> None:
    assert covered(path, ["a"]) is is_covered


@pytest.mark.parametrize(
    ("type_", "old", "new", "first"),
    [
        (CONFIG_MAP, {"metadata": {"name": "a"}}, {"metadata": {"name": "a"}}, True),
        (CONFIG_MAP, {"metadata": {"name": "a"}}, {"metadata": {"name": "b"}}, False),
        (CONFIG_MAP, {"metadata": {"name": "a"}}, {"metadata": {"name": "a", "namespace": "b"}}, False),
        (CONFIG_MAP, {}, {}, False),
        ("kubernetes:helm.sh/v3:Release", {"name": "a"}, {"name": "a"}, False),
        ("aws:iam/role:Role", {}, {"name": "a"}, True),
        ("aws:iam/role:Role", {"name": "a"}, {}, False),
    ],
)
def test_who_has_a_name_of_its_own_goes_first(
    type_: str, old: dict[str, object], new: dict[str, object], *, first: bool
) -> None:
    assert deletes_first(resource(type_, "it", inputs=old), resource(type_, "it", inputs=new)) is first


def test_the_program_has_the_last_word() -> None:
    assert deletes_first(PROFILE_APPS, PROFILE_APPS) is False
    assert deletes_first(VPC_MAIN, changed(VPC_MAIN, {}, options={"deleteBeforeReplace": True})) is True


def test_only_a_type_in_the_tables_is_told_about() -> None:
    assert is_tabled("aws:ec2/internetGateway:InternetGateway")
    assert is_tabled("kubernetes:core/v1:Pod")
    assert not is_tabled("aws:sqs/queue:Queue")
