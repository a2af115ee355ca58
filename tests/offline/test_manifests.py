"""Objects in files, folders and standard input, with file and line."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from eks_fargate.offline.manifests import Manifests, read_manifests

POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: NAME}\n"


def read(*paths: str | Path, stdin: bytes = b"") -> Manifests:
    """What is read at these paths."""
    return read_manifests([str(path) for path in paths], io.BytesIO(stdin))


def told(found: Manifests) -> list[tuple[str, str, int]]:
    """Name, file and line of the objects."""
    return [(one.manifest["metadata"]["name"], one.file, one.line) for one in found.objects]


def pod(name: str) -> str:
    """A Pod."""
    return POD.replace("NAME", name)


def test_documents_and_lists_are_taken_apart_with_their_lines() -> None:
    listed = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: b}\n"
    found = read("-", stdin=f"{pod('a')}---\n{listed}---\n{pod('c')}".encode())
    assert told(found) == [("a", "stdin", 1), ("b", "stdin", 8), ("c", "stdin", 12)]
    assert found.problems == []


def test_a_list_of_one_kind_is_what_kubectl_prints() -> None:
    items = {"apiVersion": "v1", "kind": "PodList", "items": [{"metadata": {"name": "a"}}]}
    found = read("-", stdin=json.dumps(items).encode())
    assert told(found) == [("a", "stdin", 1)]
    assert found.objects[0].manifest["kind"] == "Pod"


def test_folders_are_read_whole_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.yaml", "a/z.yml", "a/w.json", ".hidden/x.yaml", ".x.yaml", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(pod(Path(name).stem))
    found = read(tmp_path)
    assert told(found) == [
        ("b", f"{tmp_path}/b.yaml", 1),
        ("w", f"{tmp_path}/a/w.json", 1),
        ("z", f"{tmp_path}/a/z.yml", 1),
    ]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(pod("a"))
    assert len(read(tmp_path / "a.yaml", tmp_path, f"{tmp_path}/./a.yaml").objects) == 1


def test_a_kustomization_in_a_folder_is_left_out_aloud(tmp_path: Path) -> None:
    (tmp_path / "kustomization.yaml").write_text("resources: [a.yaml]\n")
    (tmp_path / "a.yaml").write_text(pod("a"))
    found = read(tmp_path)
    assert [name for name, _, _ in told(found)] == ["a"]
    assert found.problems == []
    note = (
        f"{tmp_path}/kustomization.yaml is left out, and the files beside it are explained as they are: to see what it "
        f"makes of them, explain what `kustomize build {tmp_path}` prints"
    )
    assert found.notes == [note]


def test_what_cannot_be_read_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "binary.yaml").write_bytes(b"a: 1\nb: \xff\n")
    (tmp_path / "broken.yaml").write_text(f"{pod('a')}---\na: [\n---\nname: values\n---\n- 1\n---\n{pod('b')}")
    (tmp_path / "empty").mkdir()
    found = read(tmp_path / "none.yaml", tmp_path / "empty", tmp_path)
    assert [name for name, _, _ in told(found)] == ["a", "b"]
    assert found.problems == [
        f"{tmp_path}/none.yaml: No such file or directory",
        f"{tmp_path}/empty: no file in this folder ends in .json, .yaml or .yml",
        f"{tmp_path}/binary.yaml:2: no text in UTF-8 (byte 8)",
        f"{tmp_path}/broken.yaml:5: not YAML: while parsing a flow node, did not find expected node content",
        f"{tmp_path}/broken.yaml:7: not a Kubernetes object: apiVersion is missing",
        f"{tmp_path}/broken.yaml:7: not a Kubernetes object: kind is missing",
        f"{tmp_path}/broken.yaml:9: this is a list, not a Kubernetes object",
    ]


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    (tmp_path / "b.yaml").write_text(pod("a"))
    found = read(tmp_path)
    assert found.problems == [f"{tmp_path / 'a.yaml'}: this is no file but a pipe, a socket or a device"]
    assert [one.file for one in found.objects] == [str(tmp_path / "b.yaml")]


def test_a_link_to_a_folder_is_left_out_aloud(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(pod("a"))
    (tmp_path / "circle").symlink_to(tmp_path)
    found = read(tmp_path)
    assert found.notes == [f"{tmp_path / 'circle'} is left out: it is a link to a folder, and those may go in circles"]
    assert (found.problems, len(found.objects)) == ([], 1)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every folder")
def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0)
    (tmp_path / "a.yaml").write_text(pod("a"))
    assert read(tmp_path).problems == [f"{tmp_path}/locked: Permission denied"]


def test_utf_16_and_byte_order_marks_are_read() -> None:
    assert told(read("-", stdin=pod("a").encode("utf-16"))) == [("a", "stdin", 1)]
    assert told(read("-", stdin=pod("a").encode("utf-8-sig"))) == [("a", "stdin", 1)]


def test_an_empty_input_is_a_problem() -> None:
    assert read("-", stdin=b"---\n# nothing\n").problems == ["stdin: there is no Kubernetes object to explain"]


def test_progress_ends_at_the_last_document() -> None:
    seen: list[tuple[int, int]] = []
    text = f"{pod('a')}---\n{pod('b')}"
    read_manifests(["-"], io.BytesIO(text.encode()), lambda done, total: seen.append((done, total)))
    assert seen == [(1, 7), (5, 7)]
