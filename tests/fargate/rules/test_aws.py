from __future__ import annotations

from dataclasses import replace

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.rules import all_rules
from eks_fargate.fargate.rules.aws import ClusterRule, PlannedRule, judge_cluster, judge_stack
from eks_fargate.fargate.rules.base import Levels
from tests.fargate.rules.compliant import CLUSTER, plan, profile, resource, stack_of


def test_a_compliant_cluster_and_stack_have_no_findings() -> None:
    assert judge_cluster(CLUSTER, "Pulumi.dev.yaml") == []
    assert judge_stack(stack_of(plan())) == []


def test_group_b_is_whole() -> None:
    ids = {rule.id for rule in all_rules() if isinstance(rule, (ClusterRule, PlannedRule)) and rule.group == "B"}
    assert ids == {
        "cluster-version",
        "coredns-has-a-profile",
        "execution-role-separate",
        "execution-role-trust",
        "profile-has-selectors",
        "profile-label-count",
        "profile-name",
        "profile-quota",
        "profile-selectors-distinct",
        "profile-subnets-private",
        "profiles-one-at-a-time",
        "region-has-fargate",
        "vpc-dns-enabled",
        "zone-is-supported",
    }


def test_findings_on_a_cluster_are_sorted_errors_first() -> None:
    found = judge_cluster(replace(CLUSTER, version="1.33", zone_ids=("use1-az3",)), "Pulumi.dev.yaml")
    assert [(one.rule, one.level, one.object) for one in found] == [
        ("zone-is-supported", Level.ERROR, "Pulumi.dev.yaml"),
        ("cluster-version", Level.WARNING, "Pulumi.dev.yaml"),
    ]


def test_findings_on_a_stack_name_the_resource() -> None:
    resources = {**plan(), "vpc": resource("vpc", "aws:ec2/vpc:Vpc", {}), "profile-b": profile("profile-b")}
    assert [(one.rule, one.object) for one in judge_stack(stack_of(resources))] == [
        ("profiles-one-at-a-time", "profile-b"),
        ("vpc-dns-enabled", "vpc"),
    ]


def test_a_rule_that_is_off_finds_nothing() -> None:
    resources = {**plan(), "profile-b": profile("profile-b")}
    assert judge_stack(stack_of(resources), Levels({"profiles-one-at-a-time": None})) == []
    assert judge_cluster(replace(CLUSTER, version="1.33"), "x", Levels({"cluster-version": None})) == []
