"""What is in an answer of EC2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eks_fargate.live.account import Answer
from eks_fargate.live.failures import Failure


def listed(answer: Answer, key: str) -> Sequence[Mapping[str, Any]]:
    """The list in an answer; empty where there is none."""
    return () if isinstance(answer, Failure) else answer.get(key, ())


def name_of(one: Mapping[str, Any]) -> str | None:
    """The tag `Name` of something of EC2."""
    return next((str(tag["Value"]) for tag in one.get("Tags", []) if tag["Key"] == "Name"), None)


def route_table_of(subnet_id: str, tables: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The subnet's own route table, else the VPC's main one."""
    main = None
    for table in tables:
        for association in table.get("Associations", []):
            if association.get("SubnetId") == subnet_id:
                return table
            main = table if association.get("Main") else main
    return main
