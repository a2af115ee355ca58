"""`eks-fargate explain --cluster`: profiles and pods of a cluster that runs."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from eks_fargate.cli import explain_live
from eks_fargate.cli.errors import BadInputError
from eks_fargate.cli.main import run
from eks_fargate.live import account as live_account
from eks_fargate.live.account import Account
from tests.live.conftest import aws, server
from tests.live.documented import Documented

__all__ = ["aws", "server"]


@pytest.fixture
def cluster(aws: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A cluster with one profile for app-*; what EKS answers of its node groups, to be changed."""
    answers: dict[str, Any] = {"nodegroups": []}

    def account(region: str, endpoint_url: str | None) -> Account:
        made = Account(region, endpoint_url)
        documented = Documented(made)
        documented.answers("eks", "DescribeCluster", {"cluster": {"name": "demo", "version": "1.34"}})
        documented.answers("eks", "ListNodegroups", answers)
        documented.answers("eks", "ListFargateProfiles", {"fargateProfileNames": ["apps"]})
        documented.answers("eks", "DescribeFargateProfile", {"fargateProfile": {"selectors": [{"namespace": "app-*"}]}})
        return made

    monkeypatch.setattr(live_account, "Account", account)
    return answers


@pytest.fixture
def manifest(tmp_path: Path) -> str:
    path = tmp_path / "web.json"
    metadata = {"name": "web", "namespace": "app-shop"}
    spec = {"containers": [{"name": "web", "image": "web:1.0"}]}
    path.write_text(json.dumps({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}))
    return str(path)


@pytest.mark.parametrize(
    ("nodes", "note"),
    [
        (
            [],
            "it has no managed nodes; taken to run on Fargate alone: if it has nodes of its own, say",
        ),
        (["general"], "it has managed nodes besides its profiles"),
    ],
)
def test_manifests_are_placed_by_the_clusters_profiles(
    cluster: dict[str, Any], manifest: str, nodes: list[str], note: str, capsys: pytest.CaptureFixture[str]
) -> None:
    cluster["nodegroups"] = nodes
    run(["explain", manifest, "--cluster", "demo", "--region", "us-east-1", "--format", "json"])
    explained = json.loads(capsys.readouterr().out)
    assert (explained["pods"][0]["placement"], explained["pods"][0]["profile"]) == ("fargate", "apps")
    run(["explain", manifest, "--cluster", "demo", "--region", "us-east-1"])
    assert f"cluster demo: {note}" in " ".join(capsys.readouterr().out.split())


def test_a_cluster_without_a_region_exits_2(manifest: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", manifest, "--cluster", "demo"]) == 2
    expected = "error: --cluster: in which region is not told: give --region, such as --region us-east-1\n"
    assert capsys.readouterr() == ("", expected)


def test_nothing_to_explain_exits_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain"]) == 2
    expected = "error: nothing to explain: give files or folders, - for standard input, or --cluster NAME\n"
    assert capsys.readouterr() == ("", expected)


def test_a_cluster_whose_api_is_not_told_is_an_error_where_its_pods_are_asked_for(cluster: dict[str, Any]) -> None:
    arguments = argparse.Namespace(cluster="demo", region="us-east-1", endpoint_url=None)
    expected = r"^--cluster demo: the Kubernetes API failed \(the cluster has no endpoint yet\)$"
    with pytest.raises(BadInputError, match=expected):
        explain_live.objects_of_live_cluster(arguments)
