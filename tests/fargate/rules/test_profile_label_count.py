from __future__ import annotations

from dataclasses import replace

from eks_fargate.fargate.facts import Facts
from eks_fargate.fargate.profiles import Selector
from eks_fargate.fargate.rules.base import Fail
from tests.fargate.rules.compliant import CLUSTER, on_cluster, with_selectors

RULE = "profile-label-count"


def labels(count: int) -> dict[str, str]:
    return {f"label-{number}": "yes" for number in range(count)}


def test_five_labels_pass() -> None:
    assert on_cluster(RULE, CLUSTER) == []
    assert on_cluster(RULE, with_selectors(Selector("shop", labels(5)))) == []


def test_a_sixth_label_fails() -> None:
    assert on_cluster(RULE, with_selectors(Selector("shop"), Selector("shop", labels(6)))) == [
        Fail(
            "profiles.apps.selectors[1].labels",
            "the selector has 6 labels; EKS takes 5 a selector",
            "Keep the 5 that tell these pods from others. If AWS has raised the quota L-23414FF3 for the account, set "
            "overrides.quotas.labelPairsPerSelector.default.",
        )
    ]


def test_a_raised_quota_counts() -> None:
    raised = Facts({"quotas": {"labelPairsPerSelector": {"default": 10}}})
    assert on_cluster(RULE, replace(with_selectors(Selector("shop", labels(10))), facts=raised)) == []
