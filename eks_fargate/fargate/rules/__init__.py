"""The rules: the modules of this folder are the registry."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Any

from eks_fargate.fargate.rules.base import Rule


@cache
def all_rules() -> tuple[Rule[Any], ...]:
    """Every rule at the top level of a module of this folder, by itself or in a tuple, sorted by group and id."""
    found: dict[int, Rule[Any]] = {}
    for module in pkgutil.iter_modules(__path__):
        for value in vars(importlib.import_module(f"{__name__}.{module.name}")).values():
            for rule in value if isinstance(value, tuple) else (value,):
                if isinstance(rule, Rule):
                    found[id(rule)] = rule
    return tuple(sorted(found.values(), key=lambda rule: (rule.group, rule.id)))
