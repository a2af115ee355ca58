from __future__ import annotations

from typing import Any

import pytest

from eks_fargate.fargate.label_selectors import matches, of_labels, of_selector
from eks_fargate.fargate.pods import UNKNOWN_MAPPING
from eks_fargate.fargate.unknown import UNKNOWN

LABELS = {"app": "web", "tier": UNKNOWN}


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ({"key": "app", "operator": "In", "values": ["web", "api"]}, True),
        ({"key": "app", "operator": "In", "values": ["api"]}, False),
        ({"key": "app", "operator": "In", "values": ["api", UNKNOWN]}, UNKNOWN),
        ({"key": "app", "operator": "In", "values": UNKNOWN}, UNKNOWN),
        ({"key": "tier", "operator": "In", "values": ["front"]}, UNKNOWN),
        ({"key": "none", "operator": "In", "values": ["x"]}, False),
        ({"key": "app", "operator": "NotIn", "values": ["web"]}, False),
        ({"key": "app", "operator": "NotIn", "values": ["api"]}, True),
        ({"key": "none", "operator": "NotIn", "values": ["x"]}, True),
        ({"key": "none", "operator": "NotIn", "values": UNKNOWN}, True),
        ({"key": "app", "operator": "Exists"}, True),
        ({"key": "none", "operator": "Exists"}, False),
        ({"key": "app", "operator": "DoesNotExist"}, False),
        ({"key": "none", "operator": "DoesNotExist"}, True),
        ({"key": UNKNOWN, "operator": "Exists"}, UNKNOWN),
        ({"key": "app", "operator": UNKNOWN}, UNKNOWN),
        (UNKNOWN, UNKNOWN),
    ],
)
def test_an_expression_holds_fails_or_cannot_be_told(expression: Any, answer: object) -> None:
    assert matches(of_selector({"matchExpressions": [expression]}), LABELS) is answer


def test_one_part_that_fails_decides_whatever_is_unknown() -> None:
    assert matches(of_labels({"tier": "front", "app": "api"}), LABELS) is False
    assert matches(of_labels({"tier": "front", "app": "web"}), LABELS) is UNKNOWN


def test_an_empty_selector_asks_nothing_and_an_unknown_one_anything() -> None:
    assert matches(of_selector({}), LABELS) is True
    assert matches(of_selector(UNKNOWN), LABELS) is UNKNOWN
    assert matches(of_selector({"matchLabels": UNKNOWN, "matchExpressions": UNKNOWN}), LABELS) is UNKNOWN
    assert matches(of_labels(UNKNOWN), LABELS) is UNKNOWN


def test_labels_of_which_nothing_is_known_may_be_any() -> None:
    for operator in ("In", "NotIn", "Exists", "DoesNotExist"):
        asked = of_selector({"matchExpressions": [{"key": "app", "operator": operator, "values": ["web"]}]})
        assert matches(asked, UNKNOWN_MAPPING) is UNKNOWN
