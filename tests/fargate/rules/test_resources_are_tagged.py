from __future__ import annotations

from dataclasses import replace

import pytest

from eks_fargate.fargate.rules.base import Fail, not_known
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.compliant import changed, on_plan, plan, resource, stack_of

RULE = "resources-are-tagged"
FAIL = Fail("tags", "the resource has no tag besides Name", "Add a tag, or give the AWS provider defaultTags.")
PROVIDER = "pulumi:providers:aws"


def test_a_compliant_stack_passes() -> None:
    assert on_plan(RULE, stack_of(plan())) == []


@pytest.mark.parametrize("tags", [None, {}, {"Name": "shop"}])
def test_a_resource_without_a_tag_besides_name_fails(tags: object) -> None:
    assert on_plan(RULE, stack_of(changed("vpc", tags=tags))) == [("vpc", FAIL)]


def test_tags_not_known_leave_it_undetermined() -> None:
    expected = not_known("tags", "whether the resource says whose it is")
    assert on_plan(RULE, stack_of(changed("vpc", tags=UNKNOWN))) == [("vpc", expected)]


def test_a_value_not_known_is_a_tag() -> None:
    assert on_plan(RULE, stack_of(changed("vpc", tags={"team": UNKNOWN}))) == []


def test_resources_that_take_no_tags_are_not_judged() -> None:
    assert on_plan(RULE, stack_of({"route": resource("route", "aws:ec2/route:Route", {"tags": None})})) == []


@pytest.mark.parametrize("tags", [{"tags": {"team": "shop"}}, '{"tags": {"team": "shop"}}'])
def test_the_provider_s_default_tags_count(tags: object) -> None:
    provider = resource("aws", PROVIDER, {"defaultTags": tags})
    vpc = replace(resource("vpc", "aws:ec2/vpc:Vpc", {"tags": {}}), provider="aws")
    assert on_plan(RULE, stack_of({"aws": provider, "vpc": vpc})) == []
    bare = resource("aws", PROVIDER, {})
    assert on_plan(RULE, stack_of({"aws": bare, "vpc": vpc})) == [("vpc", FAIL)]
