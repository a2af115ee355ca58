"""Values to the wire and back."""

from __future__ import annotations

from typing import Any

from google.protobuf import struct_pb2
from hypothesis import given
from hypothesis import strategies as st

from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.plan import child_path
from eks_fargate.offline.project import UNKNOWN_SECRET
from eks_fargate.offline.wire import Reference, read, write

SIGNATURE = "4dabf18193072939515e22adb298388d"
KEYS = st.text("ab.c-", min_size=1, max_size=4)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text("xyz", max_size=3) | st.just(UNKNOWN),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


def paths_of(value: Any, path: str) -> list[str]:
    if isinstance(value, dict):
        return [path, *(p for key, part in value.items() for p in paths_of(part, child_path(path, key)))]
    if isinstance(value, list):
        return [path, *(p for index, part in enumerate(value) for p in paths_of(part, child_path(path, index)))]
    return [path]


@given(st.dictionaries(KEYS, VALUES, max_size=3), st.data())
def test_what_is_written_is_read_back_with_its_secrets(plain: dict[str, Any], data: st.DataObject) -> None:
    paths = [path for key, value in plain.items() for path in paths_of(value, child_path("", key))]
    secrets = data.draw(st.sets(st.sampled_from(paths))) if paths else set()
    values = read(write(plain, tuple(secrets)))
    assert values.plain == plain
    assert set(values.secret_paths) == secrets


def test_a_resource_is_read_as_its_urn() -> None:
    values = read(write({"a": [Reference("urn:x", "i-1")]}))
    assert values.plain == {"a": ["urn:x"]}


def test_output_values_give_their_origins_and_their_secrecy() -> None:
    struct = struct_pb2.Struct()
    output = {SIGNATURE: "d0e6a833031e9bbcd3f4e8bde6ca49a4"}
    struct.update(
        {
            "known": {**output, "value": "x", "dependencies": ["urn:b", "urn:a"]},
            "deep": {"list": [{**output, "secret": True, "dependencies": ["urn:c"]}]},
        }
    )
    values = read(struct)
    assert values.plain == {"known": "x", "deep": {"list": [UNKNOWN]}}
    assert values.dependencies == {"known": ("urn:a", "urn:b"), "deep": ("urn:c",)}
    assert values.secret_paths == ("deep.list[0]",)


def test_any_text_that_holds_an_unknown_secret_is_one() -> None:
    values = read(write({"a": f"user:{UNKNOWN_SECRET}@host"}))
    assert (values.plain, values.secret_paths) == ({"a": UNKNOWN}, ("a",))


def test_an_asset_is_read_as_what_it_is_made_of() -> None:
    struct = struct_pb2.Struct()
    struct.update({"file": {SIGNATURE: "c44067f5952c0a294b673a41bacd8c17", "path": "a.txt"}})
    assert read(struct).plain == {"file": {"path": "a.txt"}}
