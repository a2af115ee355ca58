"""The customer-managed keys, found by their aliases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resources import Resource
from eks_fargate.live.account import Account
from eks_fargate.live.checks import Check, State, compared, not_checked
from eks_fargate.live.demand import Demand, text
from eks_fargate.live.failures import Failure, Kind

_AREA: Final = "keys"
_ALIAS: Final = "aws:kms/alias:Alias"
_KEY: Final = "aws:kms/key:Key"


def keys(account: Account, demand: Demand) -> list[Check]:
    """Each planned alias, the state of its key, and whether that is rotated as planned."""
    return [check for alias in demand.stack.of_type(_ALIAS) for check in _checks(alias, account, demand)]


def _checks(alias: Resource, account: Account, demand: Demand) -> Iterator[Check]:
    name = text(alias.inputs.get("name"))
    if name is None:
        yield not_checked(_AREA, alias.name, "its name is not known before deployment")
        return
    answer = account.ask("kms", "DescribeKey", KeyId=name)
    if isinstance(answer, Failure):
        if answer.kind is Kind.MISSING:
            yield Check(_AREA, name, State.PROBLEM, "Enabled", why="there is no such alias", fix="run `pulumi up`")
        else:
            yield not_checked(_AREA, name, answer)
        return
    key = answer["KeyMetadata"]
    fix = "cancel its deletion, or enable it: without it the API server cannot read what is encrypted"
    yield compared(_AREA, name, "Enabled", str(key.get("KeyState")), fix)
    planned = next(iter(demand.stack.behind(alias, "targetKeyId", _KEY)), None)
    if planned is None or not isinstance(planned.inputs.get("enableKeyRotation"), bool):
        return
    rotation = account.ask("kms", "GetKeyRotationStatus", KeyId=str(key["KeyId"]))
    if isinstance(rotation, Failure):
        yield not_checked(_AREA, f"{name}: rotation", rotation, Level.WARNING)
        return
    wanted, actual = (
        "on" if on else "off" for on in (planned.inputs["enableKeyRotation"], rotation.get("KeyRotationEnabled"))
    )
    yield compared(_AREA, f"{name}: rotation", wanted, actual, "run `pulumi up`", level=Level.WARNING)
