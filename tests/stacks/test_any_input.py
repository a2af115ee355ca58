"""Whatever stands in a stack file makes settings or sentences, never a traceback."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from eks_fargate.fargate.facts import DEFAULT_FACTS
from tests.stacks.configured import WHOLES, load

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
WORDS = st.sampled_from(
    ["", "s3", "use1-az1", "kube-system", "1.35", "*", "10.0.0.0/16", "off", "-", "\uff12", "2026-11-21"]
)
KEYS = st.sampled_from(
    ["enabled", "existing", "labels", "version", "versions", "default", "level", "1.35", "us-east-1", "", "x"]
)
VALUES = st.recursive(
    SCALARS | WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)
TABLES = st.dictionaries(
    st.sampled_from(["versions", "addons", "quotas", "zones", "lbc", "prices"]),
    st.dictionaries(
        st.sampled_from(["versions", "pods", "selectorsPerFargateProfile", "regions", "labels", "floor"]), VALUES
    ),
    max_size=2,
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a structure: what holds it, and its key or index."""
    entries = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    return [(value, key) for key, _ in entries] + [
        place for _, inner in entries if isinstance(inner, (dict, list)) for place in places(inner)
    ]


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_any_input_makes_settings_or_problems(data: st.DataObject) -> None:
    config = copy.deepcopy(data.draw(st.sampled_from(list(WHOLES.values()))))
    config |= {"tags": {"team": "shop"}, "logging": {"enabled": True}, "overrides": data.draw(TABLES)}
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(places(config)))
        if isinstance(holder, dict) and data.draw(st.booleans()):
            holder[data.draw(KEYS)] = data.draw(VALUES)
        else:
            holder[key] = data.draw(VALUES)
    loaded = load({str(key): value for key, value in config.items()})
    assert (loaded.settings is None) is bool(loaded.problems)
    assert not [problem for problem in loaded.problems if "internal error" in problem]


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_any_override_makes_settings_or_problems(data: st.DataObject) -> None:
    config = copy.deepcopy(data.draw(st.sampled_from(list(WHOLES.values()))))
    table = data.draw(st.sampled_from(["addons", "lbc", "prices", "quotas", "versions", "zones"]))
    over = copy.deepcopy(dict(DEFAULT_FACTS.table(table)))
    for _ in range(data.draw(st.integers(1, 2))):
        holder, key = data.draw(st.sampled_from(places(over)))
        if isinstance(holder, dict) and data.draw(st.booleans()):
            # A row more, of the form of another.
            holder[data.draw(KEYS | WORDS)] = data.draw(st.sampled_from(list(holder.values())))
        else:
            holder[key] = data.draw(WORDS if isinstance(holder[key], str) else VALUES)
    loaded = load(config | {"overrides": {table: over}})
    assert (loaded.settings is None) is bool(loaded.problems)
    assert not [sentence for sentence in (*loaded.problems, *loaded.warnings) if "internal error" in sentence]
