"""Profiles from what the AWS CLI prints and takes, an eksctl ClusterConfig, and stack files."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from eks_fargate.fargate.profiles import Profile, Selector
from eks_fargate.offline.profile_files import ProfilesFileError, read_profiles

DESCRIBED = {
    "fargateProfile": {
        "fargateProfileName": "apps",
        "fargateProfileArn": "arn:aws:eks:eu-west-1:111122223333:fargateprofile/shop/apps/1ab2",
        "clusterName": "shop",
        "selectors": [{"namespace": "shop", "labels": {"environment": "fargate"}}],
        "status": "ACTIVE",
    }
}
CREATED = {"fargateProfileName": "jobs", "clusterName": "shop", "selectors": [{"namespace": "jobs-*"}]}
EKSCTL = """\
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: {name: shop, region: us-east-1, version: "1.35"}
fargateProfiles:
  - name: apps
    selectors: [{namespace: shop, labels: {environment: fargate}}, {namespace: web}]
"""
SETTINGS = """\
config:
  aws:region: us-west-2
  eks-fargate:dataPlane: mixed
  eks-fargate:cluster: {version: "1.34"}
  eks-fargate:profiles:
    apps: {selectors: [{namespace: shop, labels: {on: yes}}]}
    old: {selectors: [{namespace: old}], fixedName: true}
"""


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def written(text: str | dict[str, Any], name: str = "profiles") -> str:
        path = tmp_path / name
        path.write_text(text if isinstance(text, str) else json.dumps(text))
        return str(path)

    return written


def test_what_the_aws_cli_prints_is_read(write: Any) -> None:
    found = read_profiles([write(DESCRIBED)])
    assert found.profiles == (Profile("apps", (Selector("shop", {"environment": "fargate"}),)),)
    assert found.config == {"region": "eu-west-1"}


def test_what_the_aws_cli_takes_is_read_and_several_files_and_documents_are_one_cluster(write: Any) -> None:
    both = write(json.dumps(DESCRIBED, indent=2) + "\n" + json.dumps(CREATED))
    assert [profile.name for profile in read_profiles([both]).profiles] == ["apps", "jobs"]
    apart = [write(DESCRIBED, "a"), write(json.dumps([CREATED]), "b")]
    assert [profile.name for profile in read_profiles(apart).profiles] == ["apps", "jobs"]


def test_a_profile_that_takes_no_pods_is_left_out_aloud(write: Any) -> None:
    deleting = {"fargateProfile": {**DESCRIBED["fargateProfile"], "fargateProfileName": "old", "status": "DELETING"}}
    found = read_profiles([write(json.dumps(deleting) + json.dumps(DESCRIBED))])
    assert [profile.name for profile in found.profiles] == ["apps"]
    assert found.notes == ("profile old is DELETING and is left out: it takes no pods",)


def test_an_eksctl_config_tells_profiles_region_version_and_data_plane(write: Any) -> None:
    found = read_profiles([write(EKSCTL)])
    assert found.profiles == (Profile("apps", (Selector("shop", {"environment": "fargate"}), Selector("web"))),)
    assert found.config == {"region": "us-east-1", "kubernetesVersion": "1.35", "dataPlane": "fargate"}
    with_nodes = read_profiles([write(f"{EKSCTL}managedNodeGroups: [{{name: general}}]\n")])
    assert with_nodes.config["dataPlane"] == "mixed"


def test_settings_are_read_as_pulumi_reads_them(write: Any) -> None:
    found = read_profiles([write(SETTINGS)])
    assert found.profiles == (
        Profile("apps--*", (Selector("shop", {"on": "yes"}),), "apps"),
        Profile("old", (Selector("old"),), "old"),
    )
    assert found.config == {
        "dataPlane": "mixed",
        "podSecurity": "baseline",
        "kubernetesVersion": "1.34",
        "region": "us-west-2",
    }


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "FILE: there is no Fargate profile"),
        ("a: [", "FILE:1: not YAML: while parsing a flow node, did not find expected node content"),
        (
            '{"fargateProfileNames": ["apps"]}',
            "FILE:1: this lists names only: give what `aws eks describe-fargate-profile` prints for each of them",
        ),
        (
            '{"fargateProfileName": "a", "selectors": [{}]}',
            "FILE:1: selectors[0].namespace: is missing; every selector has one",
        ),
        (
            '{"fargateProfileName": "a", "selectors": {"namespace": "x"}}',
            "FILE:1: selectors: is a mapping, where a list belongs",
        ),
        ('{"fargateProfileName": "a"}', "FILE:1: selectors: names none, where a profile has 1 to 5"),
        ('{"fargateProfileName": "a", "selectors": []}', "FILE:1: selectors: names none, where a profile has 1 to 5"),
        ('{"fargateProfileName": 1}', "FILE:1: name: it is a number, where the profile's name belongs"),
        ("config: {a: 1}", "FILE:1: this stack file sets no profiles"),
        (f"{EKSCTL}  - 1\n", "FILE:1: fargateProfiles[1]: is a number, where a profile belongs"),
        (
            json.dumps(CREATED) * 2,
            "FILE:1: name: jobs stands twice; a cluster has one profile of a name",
        ),
        (
            json.dumps(CREATED) + json.dumps({**CREATED, "fargateProfileName": "x", "clusterName": "other"}),
            "the profiles are of several clusters (other, shop): give those of one",
        ),
    ],
)
def test_what_cannot_be_used_is_named(write: Any, text: str, problem: str) -> None:
    path = write(text)
    with pytest.raises(ProfilesFileError) as caught:
        read_profiles([path])
    assert caught.value.problems == (problem.replace("FILE", path),)


def test_another_document_is_told_what_is_read_here(write: Any) -> None:
    with pytest.raises(ProfilesFileError) as caught:
        read_profiles([write("kind: Pod\n"), write("5", "b"), "/no/such"])
    assert [problem.partition(": ")[2][:25] for problem in caught.value.problems] == [
        "this is none of those rea",
        "this is a number, and is ",
        "No such file or directory",
    ]


def test_a_stack_file_through_a_pipe_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(SETTINGS.encode())))
    with pytest.raises(ProfilesFileError, match="-:1: a stack file cannot come through a pipe: name the file"):
        read_profiles(["-"])
