"""Input built to break a reader: there is an answer, or a problem with file and line, and never a traceback."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from eks_fargate.cli.arguments import Format
from eks_fargate.cli.explain import formatted
from eks_fargate.cli.explain_cluster import ClusterAsked
from eks_fargate.fargate.explain import Explanation, explain
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.profiles import Profile, Selector
from eks_fargate.fargate.rules.base import DEFAULT_LEVELS
from eks_fargate.fargate.world import World
from eks_fargate.offline.manifests import read_manifests

EXAMPLES = Path(__file__).parents[1] / "examples"
CLUSTER = World(
    data_plane=DataPlane.FARGATE,
    kubernetes_version=(1, 35),
    today=date(2026, 11, 21),
    profiles=(Profile("apps", (Selector("*"),)),),
    region="us-east-1",
    pod_security="restricted",
)
MANIFESTS = [
    manifest
    for path in sorted(EXAMPLES.glob("shop/*.yaml"))
    for manifest in yaml.safe_load_all(path.read_text(encoding="utf-8"))
]


def answered(text: bytes) -> Explanation:
    """The explanation of a text, written in every format; a rule that breaks on it fails the test."""
    read = read_manifests(["-"], io.BytesIO(text))
    found = explain(read.objects, CLUSTER)
    for format_ in Format:
        formatted(found, ClusterAsked(CLUSTER, DEFAULT_LEVELS, "a test"), format_).encode()
    broken = [one.message for one in found.all_findings() if one.message.startswith("internal error")]
    assert broken == []
    return found


WRONG = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(
        ["-1", "1e400", "0x10", "9" * 90, "-5Gi", "\ud800", "\x1b[2J", "a/b/c", "${X}", "* * * * *", "@hourly", 10**60]
    )
    | st.sampled_from(["[]", "{}", "[null]", "[[]]", '{"": null}', '{"name": {"name": []}}']).map(json.loads)
)


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """A manifest of the shop, of which up to three values anywhere are wrong, missing or doubled."""
    manifest = json.loads(json.dumps(draw(st.sampled_from(MANIFESTS))))
    for _ in range(draw(st.integers(1, 3))):
        at: Any = manifest
        parent: Any = None
        key: Any = None
        for _ in range(draw(st.integers(1, 9))):
            if not isinstance(at, (dict, list)) or not at:
                break
            parent, key = at, draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
            at = parent[key]
        if parent is None:
            continue
        change = draw(st.sampled_from(["replace", "delete", "wrap", "add"]))
        if change == "replace":
            parent[key] = draw(WRONG)
        elif change == "delete":
            del parent[key]
        elif change == "wrap":
            parent[key] = [at]
        elif isinstance(parent, dict):
            parent[draw(st.text(max_size=4))] = draw(WRONG)
    return manifest


@settings(max_examples=300, deadline=None)
@given(mutated())
def test_a_mutated_manifest_is_answered(manifest: Any) -> None:
    answered(json.dumps(manifest).encode())


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(EXAMPLES.glob("shop/*.yaml"))), st.data())
def test_a_damaged_file_is_answered(path: Path, data: st.DataObject) -> None:
    text = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text) - 1))
        text[at : at + data.draw(st.integers(0, 3))] = data.draw(
            st.sampled_from(
                [b"", b"\n", b"---\n", b"&a ", b"*a", b": ", b"- ", b"{", b"]", b'"', b"\xff", b"\x00", b"!!"]
            )
        )
    answered(bytes(text))


@pytest.mark.parametrize("value", ["null", "{}", "[]", "1", "''", "yes", "[null]", "{a: null}"])
def test_any_value_may_stand_in_any_field_of_a_workload(value: str) -> None:
    for field in ("metadata", "spec", "spec.template", "spec.template.spec", "spec.template.spec.containers"):
        keys = field.split(".")
        body = "".join(f"{'  ' * depth}{key}:\n" for depth, key in enumerate(keys[:-1]))
        indent = "  " * (len(keys) - 1)
        answered(f"apiVersion: apps/v1\nkind: Deployment\n{body}{indent}{keys[-1]}: {value}\n".encode())


def test_huge_scalars_are_cut_where_they_are_shown() -> None:
    name = "x" * 10_000_000
    text = f"apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\nspec: {{containers: [{{name: a, image: b}}]}}\n"
    found = explain(read_manifests(["-"], io.BytesIO(text.encode())).objects, CLUSTER)
    shown = formatted(found, ClusterAsked(CLUSTER, DEFAULT_LEVELS, "a test"), Format.TEXT)
    assert len(shown) < 10_000


def test_aliases_repeat_what_they_name() -> None:
    text = (
        "apiVersion: v1\nkind: List\nitems:\n"
        "- &a {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [&c {name: a, image: 'b:1'}, *c]}}\n"
        "- *a\n"
    )
    found = answered(text.encode())
    assert [pod.placed.pod.ref for pod in found.pods] == ["Pod/default/a"]
    assert [note.partition(":")[0] for note in found.notes] == ["Pod a stands at stdin"]
