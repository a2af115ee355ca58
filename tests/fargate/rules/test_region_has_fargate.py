from __future__ import annotations

from dataclasses import replace

from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.rules.base import Fail, Undetermined
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.compliant import CLUSTER, on_cluster

RULE = "region-has-fargate"


def test_a_region_with_fargate_passes() -> None:
    assert on_cluster(RULE, CLUSTER) == []
    assert on_cluster(RULE, replace(CLUSTER, region="cn-northwest-1")) == []


def test_govcloud_fails() -> None:
    assert on_cluster(RULE, replace(CLUSTER, region="us-gov-west-1")) == [
        Fail(
            "aws:region",
            "EKS has no Fargate in us-gov-west-1 (partition aws-us-gov)",
            "Use dataPlane: nodes there, or another region.",
        )
    ]


def test_a_cluster_of_nodes_may_run_anywhere() -> None:
    assert on_cluster(RULE, replace(CLUSTER, region="us-gov-west-1", data_plane=DataPlane.NODES)) == []


def test_a_region_that_is_not_known_is_undetermined() -> None:
    (unlisted,) = on_cluster(RULE, replace(CLUSTER, region="us-middle-1"))
    (later,) = on_cluster(RULE, replace(CLUSTER, region=UNKNOWN))
    assert isinstance(unlisted, Undetermined)
    assert unlisted.message == "us-middle-1 is not among the known regions"
    assert isinstance(later, Undetermined)
