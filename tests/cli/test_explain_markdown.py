"""Explained manifests as a comment on a pull request."""

from __future__ import annotations

from datetime import date

from eks_fargate.cli.explain_cluster import ClusterAsked
from eks_fargate.cli.explain_markdown import explanation_markdown
from eks_fargate.fargate.explain import Located, explain
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.profiles import Profile, Selector
from eks_fargate.fargate.rules.base import DEFAULT_LEVELS
from eks_fargate.fargate.world import World
from tests.fargate.rules.scenes import Manifest, put, web

CLUSTER = World(
    data_plane=DataPlane.FARGATE,
    kubernetes_version=(1, 35),
    today=date(2026, 11, 21),
    profiles=(Profile("apps", (Selector("shop"),)),),
    region="us-east-1",
)


def page(*manifests: Manifest) -> str:
    """The comment on manifests, each in a file of its own."""
    objects = [Located(manifest, f"{number}.yaml", 1) for number, manifest in enumerate(manifests)]
    return explanation_markdown(
        explain(objects, CLUSTER), ClusterAsked(CLUSTER, DEFAULT_LEVELS, "profiles of Pulumi.dev.yaml")
    )


def test_the_comment_has_a_verdict_a_table_sums_and_findings() -> None:
    elsewhere = put(web(), "metadata.namespace", "else")
    widget = {"apiVersion": "example.com/v1", "kind": "Widget", "metadata": {"name": "a"}}
    lines = page(web(), elsewhere, widget).splitlines()
    assert lines[:7] == [
        "## Manifests: refused or broken on Fargate",
        "",
        "1 error, for profiles of Pulumi.dev.yaml.",
        "",
        "| Workload | Lands | Size | USD a month |",
        "| --- | --- | --- | --- |",
        (
            "| `Deployment/shop/web` 2 pods | Fargate: profile apps takes it: its selector shop matches | "
            "0.25 vCPU, 512 MiB | 18.02 |"
        ),
    ]
    assert lines[7].startswith("| `Deployment/else/web` 2 pods | PENDING: no Fargate profile matches it")
    assert lines[7].endswith(" | 0.25 vCPU, 512 MiB |  |")
    assert lines[8:15] == [
        "",
        "- Workloads: 1 on Fargate, 1 Pending for ever",
        "- Fargate: 2 pods at once: 0.5 vCPU, 1 GiB",
        "- Cost: 18.02 USD a month, 0.0247 USD an hour on average: the pods alone, at prices of 2026-11-21",
        "",
        "| Level | Rule | Where | What is so, and what to do |",
        "| --- | --- | --- | --- |",
    ]
    assert lines[15].startswith(
        "| error | [matches-a-profile](https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html) | "
        "`Deployment/else/web` `spec.template.metadata.labels` 1.yaml:1 | no profile takes the pod: "
    )
    assert lines[16:] == ["", "- Not judged: 1 Widget (example.com/v1)"]


def test_names_cannot_break_out_of_the_table_or_call_people() -> None:
    allowed = {"eks-fargate/allow": "@everyone|<img src=x>`a`"}
    text = page(put(put(web(), "metadata.name", "a`|b"), "metadata.annotations", allowed))
    assert "`Deployment/shop/a'\\|b`" in text
    assert "@\u200beveryone\\|\\<img src=x\\>\\`a\\`" in text


def test_long_tables_show_their_first_rows() -> None:
    many = [put(put(web(), "metadata.name", f"web-{i}"), "metadata.namespace", "else") for i in range(101)]
    text = page(*many)
    assert text.count("\n| `Deployment/") == 100
    assert "\nAnd 1 more workloads: `eks-fargate explain` shows them all.\n" in text
    assert "\nAnd 51 more findings: `eks-fargate explain` shows them all.\n" in text
