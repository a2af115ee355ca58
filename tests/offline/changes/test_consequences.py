"""What a change means, and what is refused of it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from eks_fargate.fargate.resources import Resource
from eks_fargate.offline.changes.change import Change
from eks_fargate.offline.changes.consequences import meanings, refusals
from eks_fargate.offline.changes.diff import changes
from tests.offline.planned_resources import (
    CLUSTER_MAIN,
    PROFILE_APPS,
    SUBNET_A,
    VPC_MAIN,
    changed,
    plan,
    resource,
)

KUBELETS = "Fargate pods keep the kubelet that they started with: restart them once the cluster is upgraded."


def only(before: Sequence[Resource], after: Sequence[Resource]) -> Change:
    (change,) = changes(plan(*before), plan(*after))
    return change


def upgraded(to: str) -> Change:
    return only([CLUSTER_MAIN], [changed(CLUSTER_MAIN, {"version": to})])


def test_a_profile_that_is_replaced_moves_its_pods() -> None:
    new = changed(PROFILE_APPS, {"fargateProfileName": "apps--2"})
    assert meanings(only([PROFILE_APPS], [new])) == [
        (
            "The pods move: once the new profile is active the old one goes and EKS deletes its pods, which start "
            "again under the profile that matches them then."
        )
    ]


def test_a_profile_that_goes_first_takes_its_pods_down() -> None:
    old = changed(PROFILE_APPS, {}, options={})
    new = changed(old, {"selectors": [{"namespace": "batch"}]})
    assert meanings(only([old], [new])) == [
        (
            "The pods go down: the old profile goes first and EKS deletes its pods, which stay Pending until the new "
            "profile is active."
        )
    ]


def test_a_replaced_cluster_takes_everything_along() -> None:
    (told,) = meanings(only([CLUSTER_MAIN], [changed(CLUSTER_MAIN, {"name": "other"})]))
    assert told.startswith("Everything in the cluster goes: every object, every pod, every profile.")


def test_a_subnet_in_use_is_not_deleted() -> None:
    assert meanings(only([SUBNET_A], [])) == [
        "AWS refuses to delete a subnet in use: pods, nodes, NAT gateways and endpoints have to leave it first."
    ]


def test_an_update_in_place_of_a_tag_means_nothing_more() -> None:
    assert meanings(only([VPC_MAIN], [changed(VPC_MAIN, {"tags": {"a": "b"}})])) == []


def test_a_type_that_is_not_in_the_table_is_said_to_be_none() -> None:
    queue = resource("aws:sqs/queue:Queue", "jobs", inputs={"fifoQueue": False})
    assert meanings(only([queue], [changed(queue, {"fifoQueue": True})])) == [
        "Whether the provider replaces it is not known here: aws:sqs/queue:Queue is not in the table."
    ]


def test_what_is_retained_on_delete_stays() -> None:
    kept = resource("aws:sqs/queue:Queue", "jobs", options={"retainOnDelete": True})
    assert meanings(only([kept], [])) == ["It stays where it is: Pulumi only forgets it (retainOnDelete)."]


@pytest.mark.parametrize(
    ("to", "refused", "means"),
    [
        ("1.36", [], [KUBELETS]),
        ("1.37", ["EKS upgrades one minor version at a time: from 1.35 go to 1.36 first."], [KUBELETS]),
        (
            "1.34",
            [
                (
                    "EKS refuses to go back from 1.35 to 1.34, except as a rollback of an upgrade of this cluster "
                    "within seven days of it."
                )
            ],
            [],
        ),
        ("1.33", ["EKS refuses to go back from 1.35 to 1.33: it rolls back one minor version at most."], []),
        ("latest", [], []),
    ],
)
def test_versions_go_up_one_at_a_time(to: str, refused: list[str], means: list[str]) -> None:
    assert refusals(upgraded(to)) == refused
    assert meanings(upgraded(to)) == means


def test_a_protected_resource_is_neither_deleted_nor_replaced() -> None:
    protected = changed(VPC_MAIN, {}, options={"protect": True})
    moved = changed(protected, {"cidrBlock": "10.1.0.0/16"})
    words = "it: it is protected. Deploy it without `protect` first, if this is wanted."
    assert refusals(only([protected], [])) == [f"Pulumi refuses to delete {words}"]
    assert refusals(only([protected], [moved])) == [f"Pulumi refuses to replace {words}"]
    assert refusals(only([protected], [changed(moved, {}, options={})])) == []
    assert refusals(only([VPC_MAIN], [])) == []


def test_a_cluster_with_deletion_protection_is_neither_deleted_nor_replaced() -> None:
    protected = changed(CLUSTER_MAIN, {"deletionProtection": True})
    words = "it: its deletion protection is on. Turn that off first, if this is wanted."
    assert refusals(only([protected], [])) == [f"EKS refuses to delete {words}"]
    assert refusals(only([protected], [changed(protected, {"name": "other"})])) == [f"EKS refuses to replace {words}"]


def test_a_new_subnet_cannot_have_the_range_of_the_old_one_beside_it() -> None:
    zoned = changed(SUBNET_A, {"availabilityZoneId": "euw1-az1"})
    other = changed(zoned, {"availabilityZoneId": "euw1-az2"})
    assert refusals(only([zoned], [other])) == [
        (
            "AWS refuses the new subnet: it is made before the old one goes, and both have the range 10.0.0.0/24. Give "
            "it another range, or another name to Pulumi in two steps."
        )
    ]
    assert refusals(only([zoned], [changed(other, {"cidrBlock": "10.0.1.0/24"})])) == []
    assert refusals(only([zoned], [changed(other, {}, options={"deleteBeforeReplace": True})])) == []
