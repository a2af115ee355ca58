"""The physical name of a Fargate profile: known before deployment, and new whenever the profile must be replaced."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from eks_fargate.fargate.profiles import Selector


def physical_name(name: str, selectors: Sequence[Selector], subnets: Sequence[str], role: str, *, fixed: bool) -> str:
    """`NAME--HASH8`, the hash over the facts that force a replacement; `NAME` itself where `fixed`.

    Every property of a profile but its tags is fixed at creation, so a change makes a new profile. A new name lets
    the new one stand before the old one goes. subnets: each by its CIDR and zone, or its id. role: name or ARN.
    Order does not matter. Source: https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateFargateProfile.html
    """
    if fixed:
        return name
    facts: dict[str, Any] = {
        "selectors": sorted([s.namespace, sorted(s.labels.items())] for s in selectors),
        "subnets": sorted(subnets),
        "role": role,
    }
    digest = hashlib.sha256(json.dumps(facts).encode()).hexdigest()
    return f"{name}--{digest[:8]}"
