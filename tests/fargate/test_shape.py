"""Shapes: what does not have the shape is left out and reported, and nothing else is touched."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from eks_fargate.fargate.pods import UNKNOWN_MAPPING
from eks_fargate.fargate.shape import (
    BOOLEAN,
    INTEGER,
    MAPPING,
    POD_SPEC,
    TEXT,
    TEXTS_BY_KEY,
    Reader,
    Shape,
    in_words,
    well_shaped,
)
from eks_fargate.fargate.unknown import UNKNOWN

SHAPE: Shape = {"texts": TEXTS_BY_KEY, "ports": [{"port": INTEGER}], "on": BOOLEAN, "name": TEXT, "any": MAPPING}


def shaped(value: Any) -> tuple[Any, list[tuple[str, str]]]:
    faults: list[tuple[str, str]] = []
    return well_shaped(value, SHAPE, "spec", lambda path, message: faults.append((path, message))), faults


def test_what_has_the_shape_is_returned_itself() -> None:
    value = {"texts": {"a": "b"}, "ports": [{"port": 80}, {"port": 80.0}], "on": False, "name": "", "other": None}
    kept, faults = shaped(value)
    assert kept is value
    assert faults == []


@pytest.mark.parametrize(
    ("value", "kept", "faults"),
    [
        ({"on": "true", "name": "a"}, {"name": "a"}, [("spec.on", "is a string, where a boolean belongs")]),
        ({"name": 1}, {}, [("spec.name", "is a number, where a string belongs")]),
        (
            {"ports": [{"port": True}]},
            {"ports": [{}]},
            [("spec.ports[0].port", "is a boolean, where a whole number belongs")],
        ),
        (
            {"ports": [{"port": float("inf")}]},
            {"ports": [{}]},
            [("spec.ports[0].port", "is a number, where a whole number belongs")],
        ),
        (
            {"ports": [None, {"port": 1}]},
            {"ports": [{"port": 1}]},
            [("spec.ports[0]", "is null, where a mapping belongs")],
        ),
        ({"ports": ({"port": 1},)}, {"ports": [{"port": 1}]}, []),
        ({"any": []}, {}, [("spec.any", "is a list, where a mapping belongs")]),
        ({"texts": date(2026, 1, 1)}, {}, [("spec.texts", "is a date, where a mapping of strings belongs")]),
        (
            {"texts": {"a": False, "b": "c", "d": UNKNOWN}},
            {"texts": {"b": "c", "d": UNKNOWN}},
            [("spec.texts[a]", 'is the boolean false; Kubernetes takes text only: write "false"')],
        ),
        ({"on": None, "ports": None, "name": "a"}, {"name": "a"}, []),
        (
            {"on": UNKNOWN, "ports": [UNKNOWN], "texts": UNKNOWN},
            {"on": UNKNOWN, "ports": [UNKNOWN], "texts": UNKNOWN},
            [],
        ),
        ("text", None, [("spec", "is a string, where a mapping belongs")]),
    ],
)
def test_what_does_not_have_the_shape_is_left_out(value: Any, kept: Any, faults: list[tuple[str, str]]) -> None:
    assert shaped(value) == (kept, faults)


def test_every_fault_is_reported() -> None:
    _, faults = shaped({"on": 1, "name": 2, "ports": [3]})
    assert [path for path, _ in faults] == ["spec.on", "spec.name", "spec.ports[0]"]


def test_the_input_is_not_changed() -> None:
    value = {"on": 1, "ports": [None]}
    shaped(value)
    assert value == {"on": 1, "ports": [None]}


def test_a_whole_pod_spec_has_its_shape() -> None:
    spec = {
        "containers": [
            {"name": "a", "ports": [{"containerPort": 80}], "securityContext": {"capabilities": {"add": ["CHOWN"]}}}
        ],
        "volumes": [{"name": "v", "emptyDir": {}}],
        "affinity": {
            "nodeAffinity": {
                "requiredDuringSchedulingIgnoredDuringExecution": {
                    "nodeSelectorTerms": [{"matchExpressions": [{"key": "k", "operator": "In", "values": ["v"]}]}]
                }
            }
        },
    }
    faults: list[str] = []
    assert well_shaped(spec, POD_SPEC, "spec", lambda path, _: faults.append(path)) is spec
    assert faults == []


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "null"),
        (True, "a boolean"),
        (1, "a number"),
        (1.5, "a number"),
        ("", "a string"),
        ({}, "a mapping"),
        ([], "a list"),
        (date(2026, 1, 1), "a date"),
        (object(), "a value of type object"),
    ],
)
def test_values_are_named_by_what_yaml_calls_them(value: object, words: str) -> None:
    assert in_words(value) == words


def test_a_reader_tells_missing_from_null_and_from_unknown() -> None:
    reader = Reader()
    given = {"null": None, "unknown": UNKNOWN, "there": {"a": 1}}
    assert [reader.needed(given, key, key) for key in ("missing", "null", "unknown", "there")] == [
        None,
        None,
        UNKNOWN_MAPPING,
        {"a": 1},
    ]
    assert reader.faults == [("missing", "is missing"), ("null", "is null, where a mapping belongs")]
    assert [reader.mapping(given, key, key) for key in ("missing", "null", "unknown")] == [{}, {}, UNKNOWN_MAPPING]


def test_a_reader_counts_one_pod_where_no_number_is_given() -> None:
    reader = Reader()
    counted = [reader.count({"n": n}, "n", "n") for n in (None, 0, 3.0, UNKNOWN, -1, "2")]
    assert counted == [1, 0, 3, UNKNOWN, 1, 1]
    assert reader.faults == [
        ("n", "is negative, where a number of pods belongs"),
        ("n", "is a string, where a whole number belongs"),
    ]
