"""A stack's file with other settings: where each path leads, and that nothing else changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eks_fargate.offline.changed_stack import write_changed_stack
from eks_fargate.offline.errors import ProjectError
from eks_fargate.offline.project import UNKNOWN_SECRET, load
from tests.offline.conftest import WriteProject

DEV = """
encryptionsalt: v1
config:
  aws:region: eu-west-1
  demo:cluster: {version: "1.35", logTypes: [api, audit]}
  token: {secure: AAA}
"""


def changed(folder: Path, changes: dict[str, Any]) -> dict[str, Any]:
    """The configuration of the changed stack, structured values read back."""
    elsewhere = folder / "changed"
    elsewhere.mkdir()
    write_changed_stack(folder, "dev", changes, elsewhere)
    config = load(folder, "dev", elsewhere).config
    structured = {key: text for key, text in config.items() if text[0] in "{[" and text != UNKNOWN_SECRET}
    return {**config, **{key: json.loads(text) for key, text in structured.items()}}


BEFORE = {
    "aws:region": "eu-west-1",
    "demo:cluster": {"version": "1.35", "logTypes": ["api", "audit"]},
    "demo:token": UNKNOWN_SECRET,
}


@pytest.mark.parametrize(
    ("path", "value", "after"),
    [
        ("aws:region", "us-east-1", {"aws:region": "us-east-1"}),
        ("token", "open", {"demo:token": "open"}),
        ("demo:token", "open", {"demo:token": "open"}),
        ("cluster.version", "1.30", {"demo:cluster": {"version": "1.30", "logTypes": ["api", "audit"]}}),
        ("cluster.logTypes[1]", "scheduler", {"demo:cluster": {"version": "1.35", "logTypes": ["api", "scheduler"]}}),
        ("cluster.logTypes[2]", "a", {"demo:cluster": {"version": "1.35", "logTypes": ["api", "audit", "a"]}}),
        ("new.deep.er", True, {"demo:new": {"deep": {"er": True}}}),
        ("new.list[0].er", None, {"demo:new": {"list": [{"er": None}]}}),
        ('labels["a.b/c"].d', "é", {"demo:labels": {"a.b/c": {"d": "é"}}}),
        ('labels["say \\"x\\""]', 1.5, {"demo:labels": {'say "x"': 1.5}}),
        ("eks:rules.x", "off", {"eks:rules": {"x": "off"}}),
    ],
)
def test_a_path_changes_its_own_place_alone(
    write_project: WriteProject, path: str, value: Any, after: dict[str, Any]
) -> None:
    assert changed(write_project(dev=DEV), {path: value}) == BEFORE | after


def test_changes_are_laid_over_one_another_in_order(write_project: WriteProject) -> None:
    changes = {"network": {"nat": "single"}, "network.cidr": "10.0.0.0/16", "network.nat": "none"}
    assert changed(write_project(dev=DEV), changes)["demo:network"] == {"nat": "none", "cidr": "10.0.0.0/16"}


def test_a_stack_without_configuration_takes_changes(write_project: WriteProject) -> None:
    assert changed(write_project(dev=""), {"a": "x"}) == {"demo:a": "x"}


def test_the_stack_itself_stays_as_it_is(write_project: WriteProject) -> None:
    folder = write_project(dev=DEV)
    before = (folder / "Pulumi.dev.yaml").read_text(encoding="utf-8")
    changed(folder, {"cluster.version": "1.36"})
    assert (folder / "Pulumi.dev.yaml").read_text(encoding="utf-8") == before


def test_every_path_that_leads_nowhere_is_named(write_project: WriteProject) -> None:
    changes = {
        "cluster.version.minor": 1,
        "cluster[0]": 1,
        "cluster.logTypes[3]": 1,
        "cluster..version": 1,
        "": 1,
        "[0]": 1,
        "cluster.version": "1.36",
    }
    with pytest.raises(ValueError, match="change") as raised:
        changed(write_project(dev=DEV), changes)
    assert str(raised.value).splitlines() == [
        "change 'cluster.version.minor': what should hold 'minor' is no mapping",
        "change 'cluster[0]': what should hold [0] is no list",
        "change 'cluster.logTypes[3]': what should hold [3] has 2 entries",
        "change 'cluster..version': it is no path: write key.field, key[0] or key[\"a.b\"]",
        "change '': it is no path: write key.field, key[0] or key[\"a.b\"]",
        "change '[0]': it is no path: write key.field, key[0] or key[\"a.b\"]",
    ]


def test_a_stack_that_is_not_there_is_refused(write_project: WriteProject) -> None:
    folder = write_project()
    with pytest.raises(ProjectError, match=r"unknown stack 'tset': .*; stacks that exist: dev"):
        write_changed_stack(folder, "tset", {"a": 1}, folder)
