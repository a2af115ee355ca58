"""`eks-fargate explain`: what it is told, what it writes where, and how it exits."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from eks_fargate.cli.main import run

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
DAY = ("--today", "2026-11-21")
NGINX_PROFILE = {
    "fargateProfileName": "apps",
    "selectors": [{"namespace": "eks-fargate", "labels": {"environment": "fargate"}}],
}


@pytest.fixture
def profiles(tmp_path: Path) -> str:
    path = tmp_path / "profiles.json"
    path.write_text(json.dumps(NGINX_PROFILE))
    return str(path)


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Any:
    def given(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    return given


def explain(*arguments: str | Path) -> int:
    """The exit code of the command."""
    return run(["explain", *map(str, arguments), *DAY])


def explained(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Any:
    """What the command writes as JSON."""
    explain(*arguments, "--format", "json")
    return json.loads(capsys.readouterr().out)


def test_the_label_decides_between_fargate_and_pending(
    profiles: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(profiles).parent)
    Path("examples").symlink_to(EXAMPLES)
    options = ("--data-plane", "fargate", "--region", "us-east-1")
    assert explain("examples/nginx", "--profiles", "profiles.json", *options) == 1
    out, err = capsys.readouterr()
    assert err == ""
    assert out == (
        """\
Cluster    profiles of profiles.json, us-east-1, Kubernetes 1.36, Fargate alone, 2026-11-21
Profile    apps: eks-fargate (environment=fargate)

Deployment/eks-fargate/nginx  2 pods  examples/nginx/with-label.yaml:2
  Fargate    profile apps takes it: its selector eks-fargate (environment=fargate) matches
  Size       0.25 vCPU, 512 MiB; asks for 0.25 vCPU, 256 MiB; nothing left over
  Cost       18.02 USD a month for 2, 9.01 each (0.0123 USD an hour)

Deployment/eks-fargate/nginx-without-label  2 pods  examples/nginx/without-label.yaml:2
  PENDING    no Fargate profile matches it (the nearest, apps, asks for label environment=fargate as well) and
             the cluster has no nodes, so it stays Pending
  Size       0.25 vCPU, 512 MiB; asks for 0.25 vCPU, 256 MiB; nothing left over
  Error: matches-a-profile  spec.template.metadata.labels
      no profile takes the pod: no Fargate profile matches it (the nearest, apps, asks for label
      environment=fargate as well) and the cluster has no nodes, so it stays Pending
      Fix    Give the pod label environment=fargate to match profile apps, or add a selector that it matches.
      See    https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html

Workloads  1 on Fargate, 1 Pending for ever
Fargate    2 pods at once: 0.5 vCPU, 1 GiB
Cost       18.02 USD a month, 0.0247 USD an hour on average: the pods alone, at prices of 2026-11-21
Findings   1 error
"""
    )


def test_json_has_every_key_of_a_workload(profiles: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = EXAMPLES / "nginx" / "with-label.yaml"
    found = explained(capsys, path, "--profiles", profiles, "--region", "us-east-1")
    assert found["pods"] == [
        {
            "object": "Deployment/eks-fargate/nginx",
            "file": str(path),
            "line": 2,
            "replicas": 2,
            "placement": "fargate",
            "profile": "apps",
            "reason": "profile apps takes it: its selector eks-fargate (environment=fargate) matches",
            "candidates": ["apps"],
            "size": {"vcpu": 0.25, "memoryGiB": 0.5, "ephemeralGiB": 20},
            "requested": {"vcpu": 0.25, "memoryGiB": 0.25, "ephemeralGiB": 0.0},
            "waste": {"vcpu": 0.0, "memoryGiB": 0.0},
            "monthlyUsd": {"each": 9.01, "all": 18.02},
            "hourlyUsd": 0.012342,
            "findings": [],
        }
    ]
    assert found["totals"] == {
        "pods": 2,
        "vcpu": 0.5,
        "memoryGiB": 1.0,
        "monthlyUsd": 18.02,
        "hourlyUsd": 0.024685,
        "workloads": {"fargate": 1, "nodes": 0, "pending": 0, "undetermined": 0},
        "notKnown": [],
    }
    assert (found["findings"], found["problems"], found["notJudged"]) == ([], [], {})


def test_a_stack_tells_profiles_region_version_and_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(EXAMPLES / "nginx" / "with-label.yaml", "--stack", "dev", "--project", ROOT) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Cluster    stack dev of eks-fargate, us-east-1, Kubernetes 1.35, Fargate alone, 2026-11-21"
    assert lines[1].startswith("Profile    apps--")
    assert lines[5].startswith("  Fargate    profile apps--")


def test_the_shop_lands_where_its_stack_sends_it(capsys: pytest.CaptureFixture[str]) -> None:
    found = explained(capsys, EXAMPLES / "shop", "--stack", "prod", "--project", ROOT)
    assert {pod["object"]: (pod["placement"], {one["rule"] for one in pod["findings"]}) for pod in found["pods"]} == {
        "Deployment/app-shop/cart": (
            "fargate",
            {"allowed-capabilities", "pod-security", "supported-volumes"},
        ),
        "DaemonSet/operations/node-agent": ("nodes", set()),
        "StatefulSet/databases/postgres": ("nodes", set()),
        "Deployment/app-shop/order-worker": ("fargate", {"requests-are-set"}),
        "CronJob/app-shop/sales-report": ("fargate", set()),
        "Deployment/app-shop/web": ("fargate", set()),
    }
    assert found["totals"]["monthlyUsd"] == 240.26


def test_without_profiles_the_data_plane_has_to_be_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(EXAMPLES / "nginx") == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "error: the Fargate profiles of the cluster are not told: name a stack with --stack, a file with --profiles, "
        "or a running cluster with --cluster; or, for a cluster without profiles, say what it runs pods on with "
        "--data-plane\n"
    )
    assert explain(EXAMPLES / "nginx", "--data-plane", "nodes") == 0


def test_an_assumed_data_plane_is_said(profiles: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = EXAMPLES / "nginx" / "with-label.yaml"
    (note,) = explained(capsys, path, "--profiles", profiles)["notes"]
    assert note == (
        f"{profiles} does not say what the cluster runs pods on: taken to run on Fargate alone; if the cluster has "
        "nodes too, say --data-plane mixed"
    )
    assert explained(capsys, path, "--profiles", profiles, "--data-plane", "mixed")["notes"] == []


def test_a_region_without_a_price_is_said_not_guessed(profiles: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = EXAMPLES / "nginx" / "with-label.yaml"
    assert explain(path, "--profiles", profiles, "--region", "xx-east-1") == 0
    why = (
        "the price of a Fargate vCPU-hour in xx-east-1 is not known: set "
        "overrides.prices.regions.xx-east-1.fargateVcpuHour.usd"
    )
    out = " ".join(capsys.readouterr().out.split())
    assert f"Cost not known: {why}" in out
    assert f"without 1 workload: {why}" in out


@pytest.mark.parametrize("namespace", ["", "A", "a b", "-a", "a-", "a.b", "a" * 64])
def test_a_namespace_that_kubernetes_refuses_is_refused(
    profiles: str, namespace: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explain", "-", "--profiles", profiles, f"--namespace={namespace}"]) == 2
    assert capsys.readouterr().err.endswith(
        f"error: argument --namespace: {namespace!r} is no namespace: 1 to 63 lower-case letters, digits and hyphens, "
        "no hyphen first or last\n"
    )


def test_arguments_lie_over_what_profiles_say(profiles: str, stdin: Any, capsys: pytest.CaptureFixture[str]) -> None:
    stdin("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: b}]}\n")
    found = explained(
        capsys,
        "-",
        "--profiles",
        profiles,
        "--namespace",
        "shop",
        "--data-plane",
        "mixed",
        "--rule",
        "images-are-pinned=error",
    )
    (pod,) = found["pods"]
    assert (pod["object"], pod["placement"], pod["size"], pod["monthlyUsd"]) == ("Pod/shop/a", "nodes", None, None)
    assert {one["rule"]: one["level"] for one in pod["findings"]}["images-are-pinned"] == "error"


def test_what_cannot_be_read_exits_2_and_the_rest_is_explained(
    profiles: str, stdin: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (EXAMPLES / "nginx" / "with-label.yaml").read_text()
    stdin(f"{text}---\na: [\n---\napiVersion: example.com/v1\nkind: Widget\nmetadata: {{name: a}}\n")
    assert explain("-", "--profiles", profiles) == 2
    out, err = capsys.readouterr()
    assert "  Fargate    profile apps takes it" in out
    assert "Not judged 1 Widget (example.com/v1): not a kind whose pods are known here" in out
    line = text.count("\n") + 2
    assert err == f"error: stdin:{line}: not YAML: while parsing a flow node, did not find expected node content\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--kubernetes-version", "one"], "'one' is no Kubernetes version: write it as MAJOR.MINOR, such as '1.35'"),
        (["--data-plane", "moon"], "argument --data-plane: "),
        (["--data-plane", "nodes", "--rule", "x=off"], "error: rules.x: no such rule"),
        (["--stack", "dev", "--profiles", "x"], "argument --profiles: not allowed with argument --stack"),
        (["--profiles", "/no/such"], "error: /no/such: No such file or directory"),
        (["--profiles", "-"], "error: standard input is given for manifests and for --profiles: give a file for one"),
    ],
)
def test_bad_usage_exits_2(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain("-", *arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err


def test_strict_makes_an_error_of_what_cannot_be_told(
    profiles: str, stdin: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = "volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]"
    labels = "namespace: eks-fargate, labels: {environment: fargate}"
    pod = (
        f"apiVersion: v1\nkind: Pod\nmetadata: {{name: a, {labels}}}\n"
        f"spec: {{containers: [{{name: a, image: 'b:1'}}], {spec}}}\n"
    )
    stdin(pod)
    assert explain("-", "--profiles", profiles) == 0
    assert "  Undetermined: efs-claims-only" in capsys.readouterr().out
    stdin(pod)
    assert explain("-", "--profiles", profiles, "--strict") == 1
    assert "  Error: efs-claims-only" in capsys.readouterr().out


def test_values_of_variables_and_secrets_are_never_shown(
    profiles: str, stdin: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    canary = "canary-c0ffee"
    env = f"env: [{{name: PASSWORD, value: {canary}}}, {{name: TOKEN, value: [{canary}]}}]"
    text = (
        f"apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec: {{containers: [{{name: a, image: b, {env}}}]}}\n"
        f"---\napiVersion: v1\nkind: Secret\nmetadata: {{name: b}}\n"
        f"stringData: {{{canary}: {canary}}}\ndata: {canary}\n"
    )
    for format_ in ("text", "json", "markdown"):
        stdin(text)
        explain("-", "--profiles", profiles, "--format", format_)
        out, err = capsys.readouterr()
        assert "no-secrets-in-env" in out
        assert canary not in out + err
