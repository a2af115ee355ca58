"""Physical names: made up by the provider where the program gives none.

Source: https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming
"""

from __future__ import annotations

from typing import Any

from tests.engine.checks import DEFAULTS_KEY
from tests.engine.cloud import Properties
from tests.engine.types_table import facts_of

AUTONAMED = "pulumi.com/autonamed"
RELEASE = "kubernetes:helm.sh/v3:Release"
# pulumi-kubernetes and pulumi-aws append this many hexadecimal digits.
KUBERNETES_DIGITS, AWS_DIGITS = 8, 7


def named(type_: str, name: str, inputs: Properties, old: Properties, seed: bytes) -> Properties:
    """`inputs` with a physical name where they have none: the old one, or `name` and digits of `seed`."""
    if type_.startswith("kubernetes:"):
        return _named_kubernetes(type_, name, inputs, old, seed)
    facts = facts_of(type_)
    key = facts.autoname if facts is not None else ""
    if not key or inputs.get(key) is not None:
        return inputs
    kept = old.get(key) if key in old.get(DEFAULTS_KEY, ()) else None
    return {**inputs, key: kept or f"{name}-{seed.hex()[:AWS_DIGITS]}", DEFAULTS_KEY: [key]}


def is_given(type_: str, inputs: Properties) -> bool:
    """Whether the program gave the physical name itself, for which the provider deletes before it replaces."""
    if type_ == RELEASE:
        # pulumi-kubernetes never does so with a release.
        return False
    if type_.startswith("kubernetes:"):
        metadata = inputs.get("metadata") or {}
        return AUTONAMED not in (metadata.get("annotations") or {})
    facts = facts_of(type_)
    return facts is not None and bool(facts.autoname) and facts.autoname not in inputs.get(DEFAULTS_KEY, ())


def _named_kubernetes(type_: str, name: str, inputs: Properties, old: Properties, seed: bytes) -> Properties:
    made_up = f"{name}-{seed.hex()[:KUBERNETES_DIGITS]}"
    if type_ == RELEASE:
        if inputs.get("name") is not None:
            return inputs
        kept = old.get("name") if "name" in old.get(DEFAULTS_KEY, ()) else None
        return {**inputs, "name": kept or made_up, DEFAULTS_KEY: ["name"]}
    metadata: dict[str, Any] = dict(inputs.get("metadata") or {})
    if metadata.get("name") is not None:
        return inputs
    old_metadata = old.get("metadata") or {}
    kept = old_metadata.get("name") if AUTONAMED in (old_metadata.get("annotations") or {}) else None
    metadata |= {
        "name": kept or made_up,
        "annotations": {**(metadata.get("annotations") or {}), AUTONAMED: "true"},
    }
    return {**inputs, "metadata": metadata}
