"""`--against`: what a stack changes beside another git revision."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from eks_fargate.cli.against import compared_with
from eks_fargate.cli.main import run
from eks_fargate.offline.gate import Asked, StackReport, previewed
from tests.offline.repositories import Repository, repository

ROOT = Path(__file__).parents[2]
TODAY = "2026-11-21"
PROGRAM = """
    import pulumi
    import pulumi_aws as aws

    TAGS = {"team": "a"}

    vpc = aws.ec2.Vpc("main", cidr_block="10.0.0.0/16", enable_dns_hostnames=True, tags=TAGS)
    subnet = aws.ec2.Subnet("a", vpc_id=vpc.id, cidr_block="10.0.0.0/24", availability_zone_id="euw1-az1", tags=TAGS)
    address = aws.ec2.Eip("old", domain="vpc", tags=TAGS, opts=pulumi.ResourceOptions(protect=True))
    pulumi.export("password", pulumi.Output.secret("red1"))
"""


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    made = repository(tmp_path)
    made.program(PROGRAM)
    made.commit()
    return made


def change(repo: Repository, *replacements: tuple[str, str], more: str = "") -> None:
    """Change the program without a commit."""
    text = PROGRAM
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    repo.program(f"{text}    {more}\n")


def preview(repo: Repository, *options: str, stack: str = "dev") -> int:
    return run(["preview", stack, "--project", str(repo.project), "--today", TODAY, "--against", "HEAD", *options])


def part(text: str, begins: str) -> list[str]:
    """The lines of a text from the one that begins so."""
    lines = text.splitlines()
    return lines[next(index for index, line in enumerate(lines) if line.startswith(begins)) :]


def test_the_same_program_changes_nothing(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    assert preview(repo) == 0
    commit = repo.git("rev-parse", "HEAD")[:12]
    assert part(capsys.readouterr().out, "Changes") == [
        f"Changes since HEAD ({commit}): 3 unchanged",
        "Cost: 3.65 -> 3.65 USD a month (+0.00)",
    ]


def test_text_tells_the_most_dangerous_first_then_what_it_means(
    repo: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    nat = 'aws.ec2.NatGateway("nat", subnet_id=subnet.id, connectivity_type="private")'
    change(repo, ("10.0.0.0/24", "10.0.1.0/24"), ('aws.ec2.Eip("old"', 'aws.ec2.Eip("new"'), more=nat)
    repo.write(requirements__lock="pulumi==1\n")
    assert preview(repo) == 1
    assert part(capsys.readouterr().out, "Changes")[1:] == [
        "  +- ec2 Subnet a: the new one comes first",
        "       cidrBlock: 10.0.0.0/24 -> 10.0.1.0/24  (replaces)",
        "  -  ec2 Eip old",
        "  +  ec2 Eip new",
        "  +  ec2 NatGateway nat",
        "Refused:",
        (
            "  ec2 Eip old: Pulumi refuses to delete it: it is protected. Deploy it without `protect` first, if this "
            "is wanted."
        ),
        "What it means:",
        "  ec2 Eip old: The public address is given back, and cannot be had again.",
        (
            "  ec2 Subnet a: AWS refuses to delete a subnet in use: pods, nodes, NAT gateways and endpoints have to "
            "leave the old one first."
        ),
        "To know:",
        (
            "  requirements.lock differs: both programs ran with the packages that are installed now, so what other "
            "packages change is not shown"
        ),
        "New findings: 1 warning",
        "  warning  resources-are-tagged  aws:ec2/natGateway:NatGateway nat  tags",
        "      the resource has no tag besides Name",
        "      Fix: Add a tag, or give the AWS provider defaultTags.",
        "      See https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html",
        "Cost: 3.65 -> 38.69 USD a month (+35.04)",
    ]


def test_markdown_folds_the_properties(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    change(repo, ("10.0.0.0/16", "10.1.0.0/16"))
    assert preview(repo, "--format", "markdown") == 0
    commit = repo.git("rev-parse", "HEAD")[:12]
    lines = part(capsys.readouterr().out, "###")
    assert lines[: lines.index("</details>") + 1] == [
        f"### dev: changes since HEAD ({commit})",
        "",
        "2 replaced, 1 unchanged.",
        "",
        "Cost: 3.65 -> 3.65 USD a month (+0.00).",
        "",
        "**What it means**",
        "",
        (
            "- ec2 Subnet a: AWS refuses to delete a subnet in use: pods, nodes, NAT gateways and endpoints have to "
            "leave the old one first."
        ),
        (
            "- ec2 Vpc main: Everything in the VPC has to go. EKS does not move a cluster to another VPC: the cluster "
            "has to be made anew."
        ),
        "",
        "<details><summary>Every resource, property by property</summary>",
        "",
        "```text",
        "+- ec2 Subnet a: the new one comes first",
        "     vpcId: <unknown>  (replaces; comes from what is replaced: ec2 Vpc main)",
        "+- ec2 Vpc main: the new one comes first",
        "     cidrBlock: 10.0.0.0/16 -> 10.1.0.0/16  (replaces)",
        "```",
        "",
        "</details>",
    ]


def test_json_adds_the_changes_to_the_plan(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    change(repo, ("10.0.0.0/24", "10.0.1.0/24"))
    assert preview(repo, "--format", "json") == 0
    plan = json.loads(capsys.readouterr().out)
    assert plan["changes"] == [
        {
            "urn": "urn:pulumi:dev::demo::aws:ec2/subnet:Subnet::a",
            "op": "replace",
            "properties": [{"path": "cidrBlock", "old": "10.0.0.0/24", "new": "10.0.1.0/24", "replaces": True}],
            "deletesFirst": False,
            "means": [
                (
                    "AWS refuses to delete a subnet in use: pods, nodes, NAT gateways and endpoints have to leave the "
                    "old one first."
                )
            ],
        }
    ]
    assert plan["against"].pop("cost")["monthlyUsd"] == 3.65
    assert plan["against"] == {
        "revision": "HEAD",
        "commit": repo.git("rev-parse", "HEAD").strip(),
        "unchanged": 2,
        "renamed": {},
        "notes": [],
        "newFindings": [],
    }


def test_a_rename_with_an_alias_is_told_as_one(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    alias = 'aws.ec2.Eip("new", opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name="old")]), '
    change(repo, ('aws.ec2.Eip("old", ', alias), (", opts=pulumi.ResourceOptions(protect=True)", ""))
    assert preview(repo, "--format", "json") == 0
    plan = json.loads(capsys.readouterr().out)
    address = "urn:pulumi:dev::demo::aws:ec2/eip:Eip"
    assert (plan["changes"], plan["against"]["renamed"]) == ([], {f"{address}::new": f"{address}::old"})


def test_a_stack_that_the_revision_does_not_have_is_created(
    repo: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.write(Pulumi__qa__yaml="config: {aws:region: eu-west-1}\n")
    assert preview(repo, stack="qa") == 0
    lines = part(capsys.readouterr().out, "Changes")
    assert lines[0].endswith("): 3 created, 0 unchanged")
    assert lines[4:] == [
        "To know:",
        "  HEAD does not have the stack 'qa': everything is created",
        "Cost: 0.00 -> 3.65 USD a month (+3.65)",
    ]


def test_a_secret_is_said_to_change_and_not_shown(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    group = 'aws.ec2.SecurityGroup("it", vpc_id=vpc.id, tags={"key": pulumi.Output.secret("VALUE")})'
    change(repo, more=group.replace("VALUE", "red-red-red"))
    repo.commit()
    change(repo, more=group.replace("VALUE", "blue-blue-blue"))
    for format_ in ("text", "json", "markdown"):
        preview(repo, "--format", format_)
        out = capsys.readouterr().out
        assert "red-red-red" not in out
        assert "blue-blue-blue" not in out
        told = '"hidden": "secret"' if format_ == "json" else "     tags.key: changed (secret)"
        assert told in out


@pytest.mark.parametrize("format_", ["text", "json", "markdown"])
def test_an_unknown_revision_exits_2(repo: Repository, capsys: pytest.CaptureFixture[str], format_: str) -> None:
    assert preview(repo, "--against", "nosuch", "--format", format_) == 2
    assert capsys.readouterr() == (
        "",
        (
            "error: --against: 'nosuch' is no revision of the repository: give a branch, a tag or a commit that `git "
            "log` knows\n"
        ),
    )


def test_a_revision_whose_program_fails_exits_2_with_its_problems(
    repo: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.program("class Bad(Exception):\n    problems = ['a: got 1', 'b: got 2']\nraise Bad\n")
    repo.commit()
    change(repo)
    assert preview(repo) == 2
    assert capsys.readouterr() == ("", "error: at HEAD: a: got 1\nerror: at HEAD: b: got 2\n")


def test_profiles_that_change_at_once_count_against_the_quota(
    repo: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    profiles = """
    import pulumi
    import pulumi_aws as aws

    for number in range(6):
        aws.eks.FargateProfile(
            f"p{number}",
            cluster_name="demo",
            fargate_profile_name=f"p{number}--1",
            pod_execution_role_arn="arn:aws:iam::123456789012:role/pods",
            selectors=[{"namespace": f"n{number}"}],
            opts=pulumi.ResourceOptions(delete_before_replace=False),
        )
    """
    repo.program(profiles)
    repo.commit()
    repo.program(profiles.replace("--1", "--2"))
    preview(repo, "--format", "json")
    plan: dict[str, Any] = json.loads(capsys.readouterr().out)
    quota = [finding for finding in plan["findings"] if finding["rule"] == "profile-quota"]
    assert [(finding["level"], finding["message"]) for finding in quota] == [
        (
            "error",
            (
                "the change replaces 6 of 6 profiles, and for a while old and new stand side by side: 12; EKS takes 10 "
                "a cluster"
            ),
        )
    ]
    assert plan["against"]["newFindings"] == quota


def test_a_changed_setting_of_a_shipped_stack_changes_what_hangs_on_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("stacks", "components", "eks_fargate"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    repo = repository(tmp_path)
    for name in ("Pulumi.yaml", "__main__.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    repo.commit()
    settings = tmp_path / "stacks" / "Pulumi.dev.yaml"
    changed = settings.read_text().replace("- namespace: default\n", "- namespace: jobs\n").replace("single", "perZone")
    settings.write_text(changed)
    assert preview(repo, "--format", "json") == 0
    plan = json.loads(capsys.readouterr().out)
    assert [(one["op"], one["urn"].rpartition("::")[2]) for one in plan["changes"]] == [
        ("replace", "profiles-apps"),
        ("create", "network-nat-use1-az2"),
        ("create", "network-nat-use1-az2"),
        ("update", "network-private-use1-az2-nat"),
    ]
    assert [one["path"] for one in plan["changes"][0]["properties"]] == ["fargateProfileName", "selectors"]


def test_a_stack_that_cannot_be_run_is_not_compared(repo: Repository) -> None:
    asked = Asked(repo.project, datetime.date.fromisoformat(TODAY))
    broken = StackReport("dev", "Pulumi.dev.yaml", None, ())
    assert compared_with(asked, [broken], "HEAD").comparisons == {}
    assert compared_with(asked, [previewed(asked, "dev")], None).comparisons == {}
    assert list(compared_with(asked, [broken, previewed(asked, "dev")], "HEAD").comparisons) == ["dev"]
