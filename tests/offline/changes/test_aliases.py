"""Which resource of an earlier plan a resource is."""

from __future__ import annotations

from typing import Any

from eks_fargate.fargate.resources import Resource
from eks_fargate.offline.changes.aliases import former_urns
from tests.offline.planned_resources import VPC, resource, urn

NETWORK = "demo:index:Network"


def child(parent: Resource, type_: str, name: str, **options: Any) -> Resource:
    types = parent.urn.split("::")[2]
    return Resource(f"urn:pulumi:dev::demo::{types}${type_}::{name}", type_, name, parent.urn, {}, options=options)


def test_the_same_urn_is_the_same_resource_whatever_its_aliases_say() -> None:
    before = [resource(VPC, "main"), resource(VPC, "old")]
    after = [resource(VPC, "main", options={"aliases": [{"spec": {"name": "old"}}]})]
    assert former_urns(before, after) == {urn(VPC, "main"): urn(VPC, "main")}


def test_a_new_resource_has_no_former_urn() -> None:
    assert former_urns([], [resource(VPC, "main")]) == {}


def test_an_alias_may_be_a_whole_urn_a_name_or_a_type() -> None:
    before = [resource(VPC, "old")]
    for alias in (
        {"aliases": [{"urn": urn(VPC, "old")}]},
        {"aliases": [{"spec": {"name": "old"}}]},
        {"aliasURNs": [urn(VPC, "old")]},
    ):
        assert former_urns(before, [resource(VPC, "new", options=alias)]) == {urn(VPC, "new"): urn(VPC, "old")}
    retyped = resource("aws:ec2/other:Other", "old", options={"aliases": [{"spec": {"type": VPC}}]})
    assert former_urns(before, [retyped]) == {retyped.urn: urn(VPC, "old")}


def test_a_resource_that_is_still_there_is_no_former_one() -> None:
    before = [resource(VPC, "old")]
    after = [resource(VPC, "old"), resource(VPC, "new", options={"aliases": [{"spec": {"name": "old"}}]})]
    assert former_urns(before, after) == {urn(VPC, "old"): urn(VPC, "old")}


def test_two_resources_do_not_share_a_former_one() -> None:
    aliases = {"aliases": [{"spec": {"name": "old"}}]}
    after = [resource(VPC, name, options=aliases) for name in ("a", "b")]
    assert former_urns([resource(VPC, "old")], after) == {urn(VPC, "a"): urn(VPC, "old")}


def test_children_follow_the_alias_of_their_parent() -> None:
    old, new = (resource(type_, "network", custom=False) for type_ in (NETWORK, "demo:index:Net"))
    new = resource(new.type, "network", custom=False, options={"aliases": [{"spec": {"type": NETWORK}}]})
    before, after = child(old, VPC, "main"), child(new, VPC, "main")
    assert former_urns([old, before], [new, after]) == {new.urn: old.urn, after.urn: before.urn}


def test_a_child_named_after_its_parent_follows_its_name() -> None:
    old = resource(NETWORK, "old", custom=False)
    new = resource(NETWORK, "new", custom=False, options={"aliases": [{"spec": {"name": "old"}}]})
    before, after = child(old, VPC, "old-vpc"), child(new, VPC, "new-vpc")
    assert former_urns([old, before], [new, after])[after.urn] == before.urn


def test_a_resource_may_have_come_from_no_parent_or_from_another() -> None:
    parent, other = resource(NETWORK, "network", custom=False), resource("demo:index:Other", "other", custom=False)
    orphan, there = resource(VPC, "main"), child(other, VPC, "main")
    adopted = child(parent, VPC, "main", aliases=[{"spec": {"noParent": True}}])
    assert former_urns([parent, orphan], [parent, adopted])[adopted.urn] == orphan.urn
    moved = child(parent, VPC, "main", aliases=[{"spec": {"parentUrn": other.urn}}])
    assert former_urns([parent, other, there], [parent, other, moved])[moved.urn] == there.urn
